"""Names the statements that take long, with the page they belong to and without their values."""

import logging
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from second_opinion.web.middleware.request_ids import Answer

LONGEST = 500  # characters of a statement that are written

log = logging.getLogger(__name__)


def slow_statements_named(get_response: Answer) -> Answer:
    limit = settings.SECOND_OPINION_SLOW_STATEMENT_MS / 1000

    def answer(request: HttpRequest) -> HttpResponse:
        with connection.execute_wrapper(_timed(request, limit)):
            return get_response(request)

    return answer


def _timed(request: HttpRequest, limit: float) -> Callable[..., object]:
    def run(execute: Callable[..., object], sql: str, *rest: object) -> object:
        began = perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            took = perf_counter() - began
            if took >= limit:
                page = request.resolver_match.view_name if request.resolver_match else "-"
                log.warning("%s: %.0f ms for %s", page, took * 1000, sql[:LONGEST])

    return run
