"""A candidate's card: what they were told, what was mailed, what they wait for. No assessment."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.models import Person
from second_opinion.candidates import policies, selectors, services
from second_opinion.candidates.errors import CandidateError
from second_opinion.candidates.states import FeedbackOutcome, HowAcknowledged, Purpose
from second_opinion.cases.models import Candidacy
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import IS_OPENED
from second_opinion.opinions.selectors import result_states_of
from second_opinion.panels.selectors.proposals import standings_in
from second_opinion.web.mails import candidate_preview
from second_opinion.web.meetings import times_from
from second_opinion.web.pages.candidate.material import file_answer
from second_opinion.web.requests import SignedInRequest

Sent = Mapping[str, str]
Act = Callable[[Person, Candidacy, Sent], object]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def candidacy(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """What is pressed on the card comes back to it; what was refused keeps what was written."""
    found = candidacy_of(request, pseudonym)
    if request.method != "POST":
        return _show(request, found)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        act(request.user, found, request.POST)
    except (CandidateError, NotAllowedError) as error:
        return _show(request, found, sentence=str(error))
    return redirect("candidacy", pseudonym)


def candidacy_of(request: SignedInRequest, pseudonym: UUID) -> Candidacy:
    found = selectors.candidacy_run_by(request.user, pseudonym)
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def material(request: SignedInRequest, pseudonym: UUID, piece: UUID) -> HttpResponse:
    """A file that the candidate added."""
    found = selectors.material_for(candidacy_of(request, pseudonym), piece)
    return file_answer(selectors.stored_file(found))


def _show(request: SignedInRequest, found: Candidacy, *, sentence: str = "") -> HttpResponse:
    return render(
        request,
        "coordinator/candidate.html",
        card_of(request.user, found) | {"sentence": sentence, "sent": request.POST},
        status=422 if sentence else 200,
    )


def card_of(person: Person, found: Candidacy) -> dict[str, Any]:
    newest = selectors.newest_notice(found)
    acknowledgement = selectors.acknowledgement_of(found)
    return {
        "candidacy": found,
        "case": found.case,
        "newest": newest,
        "sent_notice": selectors.notice_of(found),
        "acknowledgement": acknowledgement,
        "reason": selectors.reason_of(acknowledgement) if acknowledgement else "",
        "mails": selectors.mails_to(found),
        "news": [candidate_preview(found)] if found.email else [],
        "can_inform": bool(policies.may_inform(person, found)),
        "can_attend": bool(policies.may_attend(person, found)),
        "questions": selectors.questions_of(found),
        "adjustments": selectors.adjustments_of(found),
        "talks": selectors.talks_of(found),
        "pieces": selectors.material_of(found),
        "replies": selectors.replies_of(found),
        "has_challenged": any(
            step.candidacy_id == found.pk
            for one in standings_in(found.case)
            for step in one.open_challenges
        ),
        "purposes": Purpose,
        "result_states": result_states_of(found),
        "zone": found.case.provider.time_zone,
        "is_opened": found.case.state in IS_OPENED,
        "is_feedback_settled": selectors.feedback_settled(found),
        "feedback_notes": found.feedback_notes.all(),
        "hows": [how for how in HowAcknowledged if how != HowAcknowledged.PAGE],
    }


def _contact(person: Person, found: Candidacy, sent: Sent) -> None:
    try:
        enter_contact(
            actor=person,
            candidacy=found,
            email=sent.get("email", ""),
            language=sent.get("language", ""),
        )
    except ValidationError as error:
        raise CandidateError(
            _("That is not a complete mail address. Write it as anna@example.com.")
        ) from error


def _acknowledged(person: Person, found: Candidacy, sent: Sent) -> None:
    how = sent.get("how", "")
    if how not in HowAcknowledged.values:
        raise CandidateError(_("Choose how the candidate said that they have read it."))
    services.note_acknowledgement(
        actor=person,
        candidacy=found,
        how=HowAcknowledged(how),
        reason=sent.get("reason", ""),
    )


def _returned(person: Person, found: Candidacy, sent: Sent) -> None:
    number = sent.get("mailing", "")
    mailing = next(
        (line.mailing for line in selectors.mails_to(found) if str(line.mailing.pk) == number), None
    )
    if mailing is None:
        raise CandidateError(_("There is no such mail to this candidate."))
    services.mark_returned(actor=person, mailing=mailing)


def _close_links(person: Person, found: Candidacy, _sent: Sent) -> None:
    services.close_links(actor=person, candidacy=found)


def _answer(person: Person, found: Candidacy, sent: Sent) -> None:
    wanted = sent.get("question", "")
    for one in selectors.questions_of(found):
        if str(one.question.pseudonym) == wanted:
            services.answer(actor=person, question=one.question, words=sent.get("words", ""))
            return
    raise CandidateError(_("There is no such question from this candidate."))


def _correct(person: Person, found: Candidacy, sent: Sent) -> None:
    wanted = sent.get("reply", "")
    if sent.get("is_accepted") not in {"yes", "no"}:
        raise CandidateError(_("Say whether the correction is accepted or not."))
    for one in selectors.replies_of(found):
        if str(one.reply.pseudonym) == wanted:
            services.answer_correction(
                actor=person,
                reply=one.reply,
                is_accepted=sent.get("is_accepted") == "yes",
                reason=sent.get("reason", ""),
                stated=sent.get("stated", ""),
                correct=sent.get("correct", ""),
            )
            return
    raise CandidateError(_("There is no such reply from this candidate."))


def _arrange(person: Person, found: Candidacy, sent: Sent) -> None:
    wanted = sent.get("adjustment", "")
    for one in selectors.adjustments_of(found):
        if str(one.adjustment.pseudonym) == wanted:
            services.arrange(
                actor=person,
                adjustment=one.adjustment,
                is_granted=sent.get("is_granted") == "yes",
                how=sent.get("how", ""),
            )
            return
    raise CandidateError(_("There is no such request from this candidate."))


def _offer(person: Person, found: Candidacy, sent: Sent) -> None:
    purpose = sent.get("purpose", "")
    if purpose not in Purpose.values:
        raise CandidateError(_("Choose what the meeting is for."))
    services.offer_times(
        actor=person,
        candidacy=found,
        purpose=Purpose(purpose),
        times=times_from(sent, case=found.case),
    )


def _call_off(person: Person, found: Candidacy, sent: Sent) -> None:
    wanted = sent.get("meeting", "")
    for talk in selectors.talks_of(found):
        if str(talk.meeting.pseudonym) == wanted:
            services.call_off_meeting(actor=person, meeting=talk.meeting)
            return
    raise CandidateError(_("There is no such meeting with this candidate."))


def _feedback(person: Person, found: Candidacy, sent: Sent) -> None:
    outcome = sent.get("outcome", "")
    if outcome not in FeedbackOutcome.values:
        raise CandidateError(_("Say whether the talk was held, or declined."))
    services.note_feedback(actor=person, candidacy=found, outcome=FeedbackOutcome(outcome))


ACTS: dict[str, Act] = {
    "contact": _contact,
    "acknowledged": _acknowledged,
    "returned": _returned,
    "answer": _answer,
    "arrange": _arrange,
    "correct": _correct,
    "offer": _offer,
    "call_off": _call_off,
    "feedback": _feedback,
    "close_links": _close_links,
}
