"""Writing the notice: generated from the order, changed, looked at as the candidate will, sent."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.models import Person
from second_opinion.candidates import policies, selectors, services
from second_opinion.candidates.analysis.readability import NEWSPAPER, readability_of
from second_opinion.candidates.errors import CandidateError
from second_opinion.candidates.models import Notice
from second_opinion.candidates.selectors import Section
from second_opinion.candidates.states import MailKind
from second_opinion.candidates.writing.notice import INTERVIEW, NoticeFacts, write_sections
from second_opinion.cases.models import Candidacy
from second_opinion.cases.selectors import (
    criteria_of,
    how_chosen_of,
    is_without_interview,
    minutes_allowed_of,
    planned_dates_of,
    report_order_of,
    role_preview_of,
    why_of,
)
from second_opinion.cases.states import ReportOrder
from second_opinion.instruments.selectors import can_be_counted_in
from second_opinion.instruments.writing.giving import to_answer
from second_opinion.opinions.selectors import engagements_visible_to
from second_opinion.opinions.states import OpinionKind
from second_opinion.web.mails import candidate_preview
from second_opinion.web.pages.coordinator.candidate import candidacy_of
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Saving keeps a version and shows it; sending is a press of its own, below what is shown."""
    found = candidacy_of(request, pseudonym)
    if request.method != "POST":
        return _show(request, found, sections=_sections(request.user, found))
    written = _written(request, found)
    try:
        _do(request, found, written)
    except (CandidateError, NotAllowedError) as error:
        return _show(request, found, sections=written, sentence=str(error))
    if request.POST.get("act") == "send":
        return redirect("candidacy", pseudonym)
    return redirect("write_notice", pseudonym)


def _do(request: SignedInRequest, found: Candidacy, written: Sequence[Section]) -> None:
    act = request.POST.get("act")
    if act == "send":
        services.send_notice(
            actor=request.user,
            candidacy=found,
            employer_domain=request.POST.get("employer_domain", ""),
            is_employer_agreed=request.POST.get("is_employer_agreed") == "yes",
        )
        return
    sections = _generated(request.user, found) if act == "anew" else written
    services.write_notice(
        actor=request.user, candidacy=found, sections=sections, language=found.language
    )


def _show(
    request: SignedInRequest, found: Candidacy, *, sections: Sequence[Section], sentence: str = ""
) -> HttpResponse:
    newest = selectors.newest_notice(found)
    saved = selectors.sections_of(newest) if newest else ()
    context = {
        "candidacy": found,
        "case": found.case,
        "sections": saved,
        "fields": sections,
        "newest": newest,
        "is_sent": _is_sent(found, newest),
        "readability": readability_of("\n".join(section.text for section in saved)),
        "newspaper": NEWSPAPER,
        "is_signed": bool(_why(found)),
        "names_nobody": not _assessors(request.user, found),
        "can_inform": bool(policies.may_inform(request.user, found)),
        "sentence": sentence,
        "sent": request.POST,
        "mails": [candidate_preview(found, MailKind.NOTICE)] if found.email else [],
    }
    return render(request, "coordinator/notice.html", context, status=422 if sentence else 200)


def _is_sent(found: Candidacy, newest: Notice | None) -> bool:
    sent = selectors.notice_of(found)
    return newest is not None and sent is not None and sent.pk == newest.pk


def _sections(person: Person, found: Candidacy) -> tuple[Section, ...]:
    """What was kept last in the candidate's language, or what the order says."""
    newest = selectors.newest_notice(found)
    if newest is not None and newest.language == found.language:
        return selectors.sections_of(newest)
    return _generated(person, found)


def _generated(person: Person, found: Candidacy) -> tuple[Section, ...]:
    case = found.case
    facts = NoticeFacts(
        candidacy=found,
        criteria=list(criteria_of(case)),
        words=_why(found),
        assessors=_assessors(person, found),
        interview_minutes=0 if is_without_interview(case) else INTERVIEW,
        most_minutes=minutes_allowed_of(case),
        preview=role_preview_of(case),
        how_chosen=how_chosen_of(case),
        dates=planned_dates_of(case),
        reads_first=report_order_of(case) == ReportOrder.CANDIDATE_FIRST,
        questionnaires=to_answer(found),
        asks_to_count=can_be_counted_in(case),
    )
    return write_sections(facts, language=found.language)


def _written(request: SignedInRequest, found: Candidacy) -> tuple[Section, ...]:
    """What was sent under each heading; a field that was not sent stays as it was.

    What the orderer has signed is nobody else's to change.
    """
    signed = {"words": _why(found)} if _why(found) else {}
    return tuple(
        replace(section, text=signed.get(section.key, request.POST.get(section.key, section.text)))
        for section in _sections(request.user, found)
    )


def _why(found: Candidacy) -> str:
    """In the orderer's own words; empty while they have not signed any."""
    why = why_of(found.case)
    return why.words if why else ""


def _assessors(person: Person, found: Candidacy) -> list[str]:
    """Without the client's own, who do not meet the candidate for this."""
    return [
        each.assessor
        for each in engagements_visible_to(person, case=found.case)
        if each.candidate == found.name and each.kind != OpinionKind.FIRST
    ]
