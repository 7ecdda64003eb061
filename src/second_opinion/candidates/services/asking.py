"""Questions and adjustments: asked by the candidate, answered by a coordinator."""

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, record_event
from second_opinion.candidates import policies, selectors
from second_opinion.candidates.errors import NotAskedError
from second_opinion.candidates.models import Adjustment, Answer, Arrangement, Question
from second_opinion.candidates.services.rows import (
    call_coordinator,
    keep,
    locked_row,
    tell_candidate,
    tidied,
)
from second_opinion.cases.models import Candidacy


@transaction.atomic
def ask(*, candidacy: Candidacy, words: str) -> Question:
    """Put a question to the coordinator; the same words twice in a row are one question."""
    candidacy = locked_row(candidacy)
    require(policies.may_ask(candidacy))
    words = tidied(words, what=_("your question"))
    newest = candidacy.question_rows.select_related("candidacy__case").last()
    if newest is not None and selectors.same_words(newest, words):
        return newest
    question = keep(Question(candidacy=candidacy), words)
    record_event(
        actor=candidacy,
        verb="question.asked",
        subject=question,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym},
    )
    call_coordinator(candidacy)
    return question


@transaction.atomic
def answer(*, actor: Person, question: Question, words: str) -> Answer:
    candidacy = locked_row(question.candidacy)
    require(policies.may_attend(actor, candidacy))
    words = tidied(words, what=_("your answer"))
    given = Answer.objects.filter(question=question).select_related("candidacy__case").first()
    if given is not None:
        if selectors.same_words(given, words):
            return given
        raise NotAskedError(
            _("This question has been answered already: the candidate may have read it.")
        )
    row = keep(Answer(candidacy=candidacy, question=question, author=actor), words)
    record_event(
        actor=actor,
        verb="question.answered",
        subject=question,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym},
    )
    tell_candidate(candidacy, author=actor)
    return row


@transaction.atomic
def ask_adjustment(*, candidacy: Candidacy, wish: str, why: str = "") -> Adjustment:
    """Ask for an adjustment. Why is asked for by nobody; who says it, says it to the coordinator.

    Nothing of it, not even that it was asked for, is for the client.
    """
    candidacy = locked_row(candidacy)
    require(policies.may_take_part(candidacy))
    said = {"wish": tidied(wish, what=_("what you need")), "why": why.strip()}
    if said["why"]:
        said["why"] = tidied(why, what=_("why"))
    words = canonical_json(said).decode()
    newest = candidacy.adjustment_rows.select_related("candidacy__case").last()
    if newest is not None and selectors.same_words(newest, words):
        return newest
    adjustment = keep(Adjustment(candidacy=candidacy), words)
    record_event(
        actor=candidacy,
        verb="adjustment.asked",
        subject=adjustment,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym},
    )
    call_coordinator(candidacy)
    return adjustment


@transaction.atomic
def arrange(*, actor: Person, adjustment: Adjustment, is_granted: bool, how: str) -> Arrangement:
    """Say how an adjustment is carried out, or why not; the newest word counts.

    The candidate reads it, and the assessors where it is granted: it must not say why.
    """
    candidacy = locked_row(adjustment.candidacy)
    require(policies.may_attend(actor, candidacy))
    words = tidied(how, what=_("how it is carried out"))
    newest = adjustment.arrangements.select_related("candidacy__case").last()
    is_same = newest is not None and newest.is_granted is is_granted
    if newest is not None and is_same and selectors.same_words(newest, words):
        return newest
    row = keep(
        Arrangement(
            candidacy=candidacy, adjustment=adjustment, is_granted=is_granted, author=actor
        ),
        words,
    )
    record_event(
        actor=actor,
        verb="adjustment.arranged",
        subject=adjustment,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym, "granted": is_granted},
    )
    tell_candidate(candidacy, author=actor)
    return row
