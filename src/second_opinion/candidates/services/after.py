"""After the opening: the candidate's reply, the talk about the result, and how it was."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, record_event
from second_opinion.candidates import policies, selectors
from second_opinion.candidates.errors import NotAskedError
from second_opinion.candidates.models import Experience, FeedbackNote, Reply
from second_opinion.candidates.services.rows import call_coordinator, keep, locked_row, tidied
from second_opinion.candidates.states import FeedbackOutcome, ReplyKind
from second_opinion.cases.models import Candidacy
from second_opinion.cases.services import withdraw_candidacy
from second_opinion.cases.states import IS_OPENED, CaseState
from second_opinion.library.experience import HIGHEST, ITEMS, LOWEST

KNOWS_DECISION = frozenset({CaseState.DECIDED, CaseState.CLOSED})


@transaction.atomic
def withdraw(*, candidacy: Candidacy) -> Candidacy:
    """The candidate leaves the case, and the coordinator is told; twice changes nothing."""
    was_withdrawn = candidacy.is_withdrawn
    fresh = withdraw_candidacy(actor=None, candidacy=candidacy)
    if not was_withdrawn:
        call_coordinator(fresh)
    return fresh


@transaction.atomic
def reply(
    *, candidacy: Candidacy, kind: ReplyKind, words: str, released_at: datetime | None
) -> Reply:
    """Keep a reply beside the report, within its two working days; nothing earlier is changed.

    released_at : when the candidate could first read the report
    """
    candidacy = locked_row(candidacy)
    require(policies.may_reply(candidacy, released_at=released_at))
    words = tidied(words, what=_("your reply"))
    newest = candidacy.reply_rows.select_related("candidacy__case").last()
    if newest is not None and newest.kind == kind and selectors.same_words(newest, words):
        return newest
    row = keep(Reply(candidacy=candidacy, kind=kind), words)
    record_event(
        actor=candidacy,
        verb="report.replied",
        subject=row,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym, "kind": kind.value},
    )
    call_coordinator(candidacy)
    return row


@transaction.atomic
def decline_feedback(*, candidacy: Candidacy) -> FeedbackNote:
    """The candidate wants no talk about the result; twice is once."""
    candidacy = locked_row(candidacy)
    require(policies.may_ask(candidacy))
    if candidacy.case.state not in IS_OPENED:
        raise NotAskedError(_("There is no result to talk about yet."))
    return _note(candidacy, FeedbackOutcome.DECLINED, actor=None)


@transaction.atomic
def note_feedback(*, actor: Person, candidacy: Candidacy, outcome: FeedbackOutcome) -> FeedbackNote:
    """A coordinator notes that the talk was held, or that the candidate wanted none."""
    candidacy = locked_row(candidacy)
    require(policies.may_attend(actor, candidacy))
    if candidacy.case.state not in IS_OPENED:
        raise NotAskedError(_("There is no result to talk about yet."))
    return _note(candidacy, outcome, actor=actor)


@transaction.atomic
def tell_experience(
    *, candidacy: Candidacy, answers: Mapping[str, int], words: str = ""
) -> Experience:
    """Keep the ten answers, once. Whether the decision was known then is kept beside them.

    answers : by the item's key, from LOWEST to HIGHEST; an item may be left out
    """
    candidacy = locked_row(candidacy)
    require(policies.may_tell_experience(candidacy))
    keys = {item.key for item in ITEMS}
    if set(answers) - keys or not all(LOWEST <= given <= HIGHEST for given in answers.values()):
        raise NotAskedError(_("One of the answers is none of those that were asked for."))
    if not answers and not words.strip():
        raise NotAskedError(_("Answer at least one question. Nothing was saved."))
    said = tidied(words, what=_("what you want to say")) if words.strip() else ""
    row = Experience(candidacy=candidacy, knew_decision=candidacy.case.state in KNOWS_DECISION)
    keep(row, canonical_json({"answers": dict(answers), "words": said}).decode())
    record_event(
        actor=candidacy,
        verb="experience.told",
        subject=row,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym, "knew_decision": row.knew_decision},
    )
    return row


def _note(candidacy: Candidacy, outcome: FeedbackOutcome, *, actor: Person | None) -> FeedbackNote:
    earlier = candidacy.feedback_notes.filter(outcome=outcome).first()
    if earlier is not None:
        return earlier
    row = FeedbackNote.objects.create(candidacy=candidacy, outcome=outcome, noted_by=actor)
    record_event(
        actor=actor or candidacy,
        verb="feedback.noted",
        subject=row,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym, "outcome": outcome.value},
    )
    return row
