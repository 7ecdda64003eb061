"""Times that are offered, and the one that was chosen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.candidates.models import Meeting, MeetingChoice, MeetingTime
from second_opinion.candidates.selectors.words import words_of
from second_opinion.candidates.states import Purpose
from second_opinion.cases.models import Candidacy


@dataclass(frozen=True, slots=True)
class Offer:
    time: MeetingTime
    place: str
    is_chosen: bool

    @property
    def ends_at(self) -> datetime:
        return self.time.starts_at + timedelta(minutes=self.time.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A meeting with its offers. `sequence` counts the choices, from 0: calendars want it.

    offers : those that stand; what was offered before it was called off is void
    chosen : None while nothing is chosen, or none suits, or it was called off
    last_chosen : the same, and where there is none any more what was chosen before
    is_unsuited : the candidate has said that none of the times suits
    is_called_off : and nothing was offered since
    """

    meeting: Meeting
    offers: tuple[Offer, ...]
    chosen: Offer | None
    last_chosen: Offer | None
    is_unsuited: bool
    is_called_off: bool
    sequence: int
    changed_at: datetime | None

    @property
    def can_be_chosen(self) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.offers if offer.time.starts_at > timezone.now())

    @property
    def is_over(self) -> bool:
        return self.chosen is not None and self.chosen.ends_at <= timezone.now()


def talks_of(candidacy: Candidacy) -> list[Talk]:
    """For the candidate and the coordinators."""
    return _talks(candidacy.meetings.all())


def talk_about(
    candidacy: Candidacy, purpose: Purpose, *, held_by: Person | None = None
) -> Talk | None:
    """The coordinators' own meeting, or an assessor's."""
    meetings = candidacy.meetings.filter(purpose=purpose, held_by=held_by)
    return next(iter(_talks(meetings)), None)


def interviews_with(person: Person, candidacy: Candidacy) -> list[Talk]:
    """For an assessor: their own, and one that the coordinators arrange; no other assessor's."""
    own = Q(held_by=person) | Q(held_by__isnull=True)
    return _talks(candidacy.meetings.filter(own, purpose=Purpose.INTERVIEW))


def talk_of(meeting: Meeting) -> Talk:
    choices = list(meeting.choices.all())
    newest = choices[-1] if choices else None
    rows = meeting.times.select_related("candidacy__case", "author")
    every = tuple(
        Offer(row, words_of(row), newest is not None and newest.time_id == row.pk) for row in rows
    )
    called_off_at = max((choice.at for choice in choices if choice.author_id), default=None)
    offers = tuple(
        offer for offer in every if called_off_at is None or offer.time.at > called_off_at
    )
    is_open = newest is None or any(offer.time.at > newest.at for offer in offers)
    is_without = newest is not None and newest.time_id is None and not is_open
    return Talk(
        meeting=meeting,
        offers=offers,
        chosen=next((offer for offer in offers if offer.is_chosen), None),
        last_chosen=_last_chosen(choices, every),
        is_unsuited=is_without and newest is not None and newest.author_id is None,
        is_called_off=is_without and newest is not None and newest.author_id is not None,
        sequence=max(len(choices) - 1, 0),
        changed_at=newest.at if newest else None,
    )


def _talks(meetings: QuerySet[Meeting]) -> list[Talk]:
    return [
        talk_of(meeting)
        for meeting in meetings.select_related("held_by").prefetch_related("choices")
    ]


def _last_chosen(choices: list[MeetingChoice], offers: tuple[Offer, ...]) -> Offer | None:
    times = [choice.time_id for choice in choices if choice.time_id is not None]
    return next((offer for offer in offers if times and offer.time.pk == times[-1]), None)
