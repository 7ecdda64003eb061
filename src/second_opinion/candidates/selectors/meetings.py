"""Times that are offered, and the one that was chosen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

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

    chosen : None while nothing is chosen, or none suits
    last_chosen : the same, and where none suits any more what was chosen before
    is_unsuited : the candidate has said that none of the times suits
    """

    meeting: Meeting
    offers: tuple[Offer, ...]
    chosen: Offer | None
    last_chosen: Offer | None
    is_unsuited: bool
    sequence: int
    changed_at: datetime | None

    @property
    def can_be_chosen(self) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.offers if offer.time.starts_at > timezone.now())


def talks_of(candidacy: Candidacy) -> list[Talk]:
    """For the candidate and the coordinators."""
    return [_talk(meeting) for meeting in candidacy.meetings.all()]


def talk_about(candidacy: Candidacy, purpose: Purpose) -> Talk | None:
    meeting = candidacy.meetings.filter(purpose=purpose).first()
    return _talk(meeting) if meeting else None


def _talk(meeting: Meeting) -> Talk:
    choices = list(meeting.choices.all())
    newest = choices[-1] if choices else None
    times = meeting.times.select_related("candidacy__case", "author")
    offers = tuple(
        Offer(time, words_of(time), newest is not None and newest.time_id == time.pk)
        for time in times
    )
    offered_since = newest is not None and any(time.at > newest.at for time in times)
    return Talk(
        meeting=meeting,
        offers=offers,
        chosen=next((offer for offer in offers if offer.is_chosen), None),
        last_chosen=_last_chosen(choices, offers),
        is_unsuited=newest is not None and newest.time_id is None and not offered_since,
        sequence=max(len(choices) - 1, 0),
        changed_at=newest.at if newest else None,
    )


def _last_chosen(choices: list[MeetingChoice], offers: tuple[Offer, ...]) -> Offer | None:
    times = [choice.time_id for choice in choices if choice.time_id is not None]
    return next((offer for offer in offers if times and offer.time.pk == times[-1]), None)
