"""With whom a report is shared: for who ordered it and for the coordinators."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.policies import require
from second_opinion.accounts.selectors import mail_domains_of
from second_opinion.reports import policies, selectors, services
from second_opinion.reports.errors import ReportError
from second_opinion.reports.models import ReportVersion
from second_opinion.web import refusals
from second_opinion.web.mails import share_preview
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Share the version with an address, end a share, and see each opening."""
    version = selectors.report_for(request.user, pseudonym)
    if version is None:
        refusals.refuse_report(request.user, pseudonym)
    require(policies.may_share(request.user, version))
    if request.method != "POST":
        return _show(request, version)
    try:
        if request.POST.get("act") == "end":
            _end(request, version)
        else:
            _share(request, version)
    except (ReportError, NotAllowedError) as error:
        return _show(request, version, sentence=str(error))
    return redirect("shares", pseudonym)


def _share(request: SignedInRequest, version: ReportVersion) -> None:
    days = request.POST.get("days", "")
    share = services.share_report(
        actor=request.user,
        version=version,
        email=request.POST.get("email", ""),
        days=int(days) if days.isascii() and days.isdecimal() else 0,
    )
    messages.success(
        request, _("%(address)s gets a mail with the link.") % {"address": share.email}
    )


def _end(request: SignedInRequest, version: ReportVersion) -> None:
    listed = selectors.shares_visible_to(request.user, case=version.case)
    share = next(
        (one for one in listed if str(one.pseudonym) == request.POST.get("share", "")), None
    )
    if share is None:
        raise Http404
    services.end_share(actor=request.user, share=share)
    messages.success(request, _("%(address)s can read it no longer.") % {"address": share.email})


def _show(request: SignedInRequest, version: ReportVersion, *, sentence: str = "") -> HttpResponse:
    context = {
        "version": version,
        "case": version.case,
        "shares": selectors.shares_visible_to(request.user, case=version.case),
        "domains": sorted(mail_domains_of(version.case.client)),
        "days": services.DAYS,
        "sent": request.POST,
        "mails": [share_preview(request.user.language)],
        "sentence": sentence,
    }
    return render(request, "shared/shares.html", context, status=422 if sentence else 200)
