"""After the opening: the reply to the report, the talk about it, and how it was to take part."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from second_opinion.candidates.models import Correction, Experience, Reply
from second_opinion.candidates.selectors.meetings import talk_about
from second_opinion.candidates.selectors.words import words_of
from second_opinion.candidates.states import Purpose, ReplyKind
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import WORKING_DAYS_TO_REPLY
from second_opinion.library.working_days import working_day_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The answer to a correction: stated is what stood, correct how it is; both stay to be read."""

    is_accepted: bool
    reason: str
    stated: str
    correct: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A reply to the report; a correction of fact is answered, at the latest before the client."""

    reply: Reply
    kind: ReplyKind
    words: str
    at: datetime
    answer: Corrected | None = None

    @property
    def awaits_answer(self) -> bool:
        return self.kind == ReplyKind.FACTS and self.answer is None


def reply_closes_at(candidacy: Candidacy, released_at: datetime) -> datetime:
    """At 24:00 of the second working day after the report was shown, where the provider is."""
    return replies_close_at(candidacy.case, released_at)


def replies_close_at(case: Case, released_at: datetime) -> datetime:
    zone = ZoneInfo(case.provider.time_zone)
    shown_on = released_at.astimezone(zone).date()
    last_day = working_day_after(shown_on, number=WORKING_DAYS_TO_REPLY)
    return datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=zone)


def is_reply_open(candidacy: Candidacy, released_at: datetime | None) -> bool:
    return released_at is not None and timezone.now() < reply_closes_at(candidacy, released_at)


def has_replied(candidacy: Candidacy, released_at: datetime | None) -> bool:
    """Since the report was shown: a further version can be replied to anew."""
    return released_at is not None and candidacy.reply_rows.filter(at__gte=released_at).exists()


def replies_of(candidacy: Candidacy) -> list[Said]:
    """In the order they were said; for the candidate, the coordinators, and beside the report."""
    rows = Reply.objects.filter(candidacy=candidacy).select_related("candidacy__case")
    answers = {
        row.reply_id: _corrected(row)
        for row in Correction.objects.filter(candidacy=candidacy).select_related("candidacy__case")
    }
    return [
        Said(
            reply=row,
            kind=ReplyKind(row.kind),
            words=words_of(row),
            at=row.at,
            answer=answers.get(row.pk),
        )
        for row in rows
    ]


def _corrected(row: Correction) -> Corrected:
    return Corrected(is_accepted=row.is_accepted, at=row.at, **json.loads(words_of(row)))


def feedback_settled(candidacy: Candidacy) -> bool:
    """The talk about the result is booked, was held, or is not wanted; so the case may close."""
    if candidacy.feedback_notes.exists():
        return True
    talk = talk_about(candidacy, Purpose.FEEDBACK)
    return talk is not None and talk.chosen is not None


def is_feedback_over(candidacy: Candidacy) -> bool:
    """The talk was held, its time has passed, or it is not wanted."""
    if candidacy.feedback_notes.exists():
        return True
    talk = talk_about(candidacy, Purpose.FEEDBACK)
    return talk is not None and talk.chosen is not None and talk.chosen.ends_at <= timezone.now()


def has_told_experience(candidacy: Candidacy) -> bool:
    return Experience.objects.filter(candidacy=candidacy).exists()


def experience_of(candidacy: Candidacy) -> Mapping[str, object] | None:
    """The candidate's own answers, for the candidate."""
    row = Experience.objects.filter(candidacy=candidacy).select_related("candidacy__case").first()
    if row is None:
        return None
    answers: dict[str, object] = json.loads(words_of(row))
    return answers
