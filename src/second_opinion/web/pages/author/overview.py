"""The whole of a report's writing: how far it has come, what changed, and who signs."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.cases.models import Case
from second_opinion.cases.states import LetterKind
from second_opinion.reports import policies, selectors, services
from second_opinion.web.mails import letter_previews
from second_opinion.web.pages.author.as_it_stands import too_long_in
from second_opinion.web.pages.author.progress import states_of
from second_opinion.web.pages.author.written_case import written_case
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.pages.reports import home_of
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def writing(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The whole of it: how far, what changed, who signs. POST names the author."""
    case = written_case(request, pseudonym)
    if request.method == "POST":
        return _name_author(request, case)
    saves = selectors.saves_of(case)
    written = selectors.written_for(case)
    newest = case.report_versions.order_by("number").last()
    since = request.GET.get("since", "")
    before = next((one for one in saves if str(one.number) == since), None)
    possible = selectors.possible_authors(case)
    context = {
        "case": case,
        "home": home_of(request.user, case, author=request.user.pk),
        "states": states_of(case, written),
        "saves": saves,
        "too_long": too_long_in(case),
        "newest": newest,
        "since": before,
        "changed": selectors.changes_between(
            () if len(saves) < 2 and before is None else selectors.written_in(before or saves[1]),
            written,
        )
        if saves
        else [],
        "changed_since_signed": None
        if newest is None
        else selectors.changes_between(selectors.written_in_version(newest), written),
        "author": selectors.named_author(case),
        "possible_authors": possible,
        "mails": letter_previews(LetterKind.AUTHOR, case, possible, author=request.user),
        "signed": selectors.reports_of(case, person=request.user),
        "may_name": bool(policies.may_name_author(request.user, case)),
        "may_sign": policies.may_sign_report(request.user, case),
    }
    return render(request, "writing/overview.html", context)


def _name_author(request: SignedInRequest, case: Case) -> HttpResponse:
    chosen = request.POST.get("author", "")
    author = next(
        (one for one in selectors.possible_authors(case) if str(one.pseudonym) == chosen), None
    )
    try:
        services.name_author(actor=request.user, case=case, author=author)
    except REFUSED as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is noted who writes and signs this report."))
    return redirect("writing", case.pseudonym)
