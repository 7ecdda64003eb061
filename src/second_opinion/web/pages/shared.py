"""A shared report, for who holds the link and reads the mailbox it was sent to. Read only.

Following the link changes nothing, since mail scanners follow links too: the page asks first, and
the button posts. A code is mailed each time before the report opens, and opens it for an hour.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.reports import selectors, services
from second_opinion.reports.errors import CodeError
from second_opinion.reports.models import Share
from second_opinion.reports.rendering import page_context, pdf_of
from second_opinion.reports.rendering.stored import document_of
from second_opinion.reports.writing import ReportDocument
from second_opinion.web.files import file_answer
from second_opinion.web.pages.candidate.door import unlisted
from second_opinion.web.requests import SharedRequest

HELD = "share"  # whose link was followed
OPENED = "share_opened"  # the share and the moment its code was entered
STAYS_OPEN = timedelta(hours=1)

View = Callable[..., HttpResponse]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shared_link(request: HttpRequest, token: str) -> HttpResponse:
    """A live link leads on; any other is answered alike, whether it ever existed."""
    limited: HttpResponse | None = consume_or_429(request, action="personal_link", limit_get=True)
    if limited is not None:
        return limited
    share = selectors.share_of_token(token)
    if share is None:
        return _ended(request, status=404)
    if request.method != "POST":
        return unlisted(render(request, "shared/door.html"))
    request.session.cycle_key()
    request.session[HELD] = str(share.pseudonym)
    return unlisted(redirect("shared_code"))


def for_reader(view: View) -> View:
    """Let in who holds a live link, to its report and nothing else."""

    @login_not_required
    @never_cache
    @wraps(view)
    def inside(request: SharedRequest) -> HttpResponse:
        held = request.session.get(HELD)
        share = selectors.live_share(held) if held else None
        if share is None:
            return _ended(request, status=403)
        request.share = share
        return unlisted(view(request))

    return inside


@require_http_methods(["GET", "HEAD", "POST"])
@for_reader
def shared_code(request: SharedRequest) -> HttpResponse:
    """Ask for a code, or enter it; asking is a POST, and so is opening."""
    limited: HttpResponse | None = consume_or_429(request, action="personal_link")
    if limited is not None:
        return limited
    sentence = ""
    is_entered = request.POST.get("act") == "enter"
    if request.method == "POST":
        try:
            if is_entered:
                services.open_share(share=request.share, code=request.POST.get("code", ""))
                request.session[OPENED] = [str(request.share.pseudonym), timezone.now().isoformat()]
                return redirect("shared_report")
            services.ask_for_share_code(share=request.share)
        except CodeError as error:
            sentence = str(error)
    context = {"is_sent": request.method == "POST", "sentence": sentence}
    return render(request, "shared/code.html", context, status=422 if sentence else 200)


@require_safe
@for_reader
def shared_report(request: SharedRequest) -> HttpResponse:
    if not _is_open(request):
        return redirect("shared_code")
    context = {"share": request.share, "version": request.share.version}
    return render(request, "shared/report.html", context | page_context(_document(request.share)))


@require_safe
@for_reader
def shared_pdf(request: SharedRequest) -> HttpResponse:
    if not _is_open(request):
        return redirect("shared_code")
    return file_answer(pdf_of(_document(request.share)), request.share.version, "pdf")


def _is_open(request: SharedRequest) -> bool:
    pseudonym, at = request.session.get(OPENED) or ("", "")
    if pseudonym != str(request.share.pseudonym):
        return False
    return timezone.now() < datetime.fromisoformat(at) + STAYS_OPEN


def _document(share: Share) -> ReportDocument:
    version = share.version
    return document_of(version, language=get_language() or version.case.language)


def _ended(request: HttpRequest, *, status: int) -> HttpResponse:
    return unlisted(render(request, "shared/ended.html", status=status))
