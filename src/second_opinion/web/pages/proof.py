"""What a stranger needs to check the log without us: key, daily head, proof of growth, program."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.audit.analysis.heads import consistency_of, head_at
from second_opinion.audit.analysis.signatures import public_key
from second_opinion.audit.analysis.verification import standalone_program
from second_opinion.audit.selectors import log_size_before


@never_cache
@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    size = _size()
    context = {"size": size, "head": head_at(size) if size else None, "key": _key()}
    return render(request, "proof/proof.html", context)


@never_cache
@require_safe
def key(_request: HttpRequest) -> HttpResponse:
    return JsonResponse({"schema": "second-opinion/key/1", "algorithm": "Ed25519", "key": _key()})


@never_cache
@require_safe
def head(_request: HttpRequest) -> HttpResponse:
    """The head that the log had when this day began: a later one would tell who works when."""
    size = _size()
    if not size:
        return JsonResponse({"problem": _("No day of the log is over yet.")}, status=404)
    return JsonResponse({"schema": "second-opinion/head/1"} | head_at(size))


@never_cache
@require_safe
def consistency(_request: HttpRequest, size: int) -> HttpResponse:
    """That the log of this morning begins with a shorter one, of which somebody has the head."""
    until = _size()
    if not 1 <= size <= until:
        return JsonResponse(
            {"problem": _("The published log has %(size)s events.") % {"size": until}}, status=404
        )
    return JsonResponse(consistency_of(size, until))


@never_cache
@require_safe
def checker(_request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(standalone_program(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="second_opinion_verify.py"'
    return answer


def _size() -> int:
    now = timezone.now()
    return log_size_before(now.replace(hour=0, minute=0, second=0, microsecond=0))


def _key() -> str:
    return public_key(secret=bytes.fromhex(settings.SECOND_OPINION_SIGNING_SECRET))
