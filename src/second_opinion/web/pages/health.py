"""For the machine that watches: is the process up, and can it serve?"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    return _plain("alive")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return _plain("not ready: the database does not answer", status=503)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return _plain("not ready: run `second-opinion migrate`", status=503)
    return _plain("ready")


def _plain(text: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(text + "\n", content_type="text/plain; charset=utf-8", status=status)
