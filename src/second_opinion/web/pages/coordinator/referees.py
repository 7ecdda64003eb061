"""Whom a candidate has named, for the coordinators: questions to a person, and how far each is."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.candidates import policies, selectors
from second_opinion.candidates.errors import CandidateError, NotAskedError
from second_opinion.candidates.states import MailKind
from second_opinion.cases.models import Candidacy
from second_opinion.instruments import services as instruments
from second_opinion.instruments.errors import InstrumentError
from second_opinion.instruments.selectors import noticed_in, references_of
from second_opinion.web.mails import Preview, referee_preview
from second_opinion.web.pages.coordinator.candidate import candidacy_of
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def referees(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    candidacy = candidacy_of(request, pseudonym)
    if request.method != "POST":
        return _show(request, candidacy)
    try:
        _review(request, candidacy)
    except (CandidateError, InstrumentError, NotAllowedError) as error:
        return _show(request, candidacy, sentence=str(error))
    return redirect("referees", pseudonym)


def _review(request: SignedInRequest, candidacy: Candidacy) -> None:
    sent = request.POST
    counts = sent.get("counts")
    for one in selectors.referees_of(candidacy, noticed=noticed_in(candidacy)):
        if str(one.referee.pseudonym) != sent.get("referee"):
            continue
        if counts not in {"yes", "no"}:
            raise NotAskedError(_("Say whether this reference is asked for and counts."))
        instruments.review_reference(
            actor=request.user,
            referee=one.referee,
            words=sent.get("words", ""),
            counts=counts == "yes",
            kinds=one.questions,
        )
        return
    raise NotAskedError(_("There is no such referee any more."))


def _show(request: SignedInRequest, candidacy: Candidacy, *, sentence: str = "") -> HttpResponse:
    answered = {one.reference.referee_id: one.reference for one in references_of([candidacy])}
    named = selectors.referees_of(candidacy, noticed=noticed_in(candidacy))
    context = {
        "candidacy": candidacy,
        "case": candidacy.case,
        "named": [(one, answered.get(one.referee.pk)) for one in named],
        "mails": _mails(candidacy),
        "can_attend": bool(policies.may_attend(request.user, candidacy)),
        "sent": request.POST,
        "sentence": sentence,
    }
    return render(request, "coordinator/referees.html", context, status=422 if sentence else 200)


def _mails(candidacy: Candidacy) -> list[Preview]:
    return [
        referee_preview(one.referee, MailKind.REFERENCE)
        for one in selectors.referees_of(candidacy)
        if one.open_questions
    ]
