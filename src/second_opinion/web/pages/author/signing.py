"""The report as it would be signed now, and signing it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.cases.models import Case
from second_opinion.reports import policies, selectors, services
from second_opinion.reports.rendering import page_context
from second_opinion.web.pages.author.as_it_stands import analysed, as_it_stands, too_long_in
from second_opinion.web.pages.author.progress import states_of
from second_opinion.web.pages.author.written_case import written_case
from second_opinion.web.pages.coordinator.asking import Question, ask_first
from second_opinion.web.pages.reports import home_of
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_safe
def report_preview(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The report as it would be signed now."""
    case = written_case(request, pseudonym)
    case_file = selectors.case_file_of(case)
    document = as_it_stands(case_file, analysed(case, case_file), get_language())
    context = {"case": case, "home": home_of(request.user, case, author=request.user.pk)}
    return render(request, "writing/preview.html", context | page_context(document))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_report(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Signing freezes all that the report is made from; the page says first what is missing."""
    case = written_case(request, pseudonym)
    return ask_first(
        request,
        case,
        lambda _reason: services.sign_report(actor=request.user, case=case),
        may=lambda: policies.may_sign_report(request.user, case),
        question=_about_signing,
        said=_("The report is signed. Only its author and the coordinators see it yet."),
        onward="writing",
    )


def _about_signing(case: Case) -> Question:
    states = states_of(case, selectors.written_for(case))
    missing = [
        _("On %(candidate)s the report says that this is missing: %(missing)s.")
        % {"candidate": one.candidacy, "missing": ", ".join(one.missing)}
        for one in states
        if one.missing and one.language == case.language
    ]
    return Question(
        title=_("Sign the report: %(reference)s") % {"reference": case.reference},
        lead=_("You answer for what is written. Signing fixes it, with a hash in the log."),
        consequences=(
            _("It becomes a version that nobody can change; what is written later is a new one."),
            *missing,
            *too_long_in(case),
            _("Nobody but the author and the coordinators reads it until it is given out."),
        ),
        button=_("Sign the report"),
    )
