"""Times: offered by a coordinator or an assessor, chosen by the candidate, changed, called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import record_event
from second_opinion.candidates import policies, selectors
from second_opinion.candidates.errors import NotAskedError
from second_opinion.candidates.models import Meeting, MeetingChoice, MeetingTime
from second_opinion.candidates.services.rows import (
    call_coordinator,
    keep,
    locked_row,
    tell_candidate,
    tidied,
)
from second_opinion.candidates.states import Purpose
from second_opinion.cases.models import Candidacy
from second_opinion.cases.services import write_letter
from second_opinion.cases.states import LetterKind

MOST_TIMES = 10
SHORTEST, LONGEST = 5, 480  # minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What is offered: when each meeting would begin, how long it takes in minutes, and where."""

    starts: Sequence[datetime]
    minutes: int
    place: str


@transaction.atomic
def offer_times(*, actor: Person, candidacy: Candidacy, purpose: Purpose, times: Times) -> Meeting:
    """A coordinator offers times for a meeting; more times later are for the same meeting."""
    candidacy = locked_row(candidacy)
    require(policies.may_attend(actor, candidacy))
    return _offer(actor, candidacy, purpose, times, held_by=None)


@transaction.atomic
def offer_interview(*, actor: Person, candidacy: Candidacy, times: Times) -> Meeting:
    """An assessor offers times for their own interview; called by the room that knows assessors."""
    return _offer(actor, locked_row(candidacy), Purpose.INTERVIEW, times, held_by=actor)


@transaction.atomic
def choose_time(*, candidacy: Candidacy, meeting: Meeting, time: MeetingTime | None) -> Meeting:
    """Choose one of the times, another in its place, or say that none suits; twice is once."""
    candidacy = locked_row(candidacy)
    require(policies.may_ask(candidacy))
    meeting = Meeting.objects.get(pk=meeting.pk)  # as it stands now
    newest = meeting.choices.last()
    if newest is not None and not newest.author_id and newest.time == time:
        return meeting
    if _has_begun(newest):
        raise NotAskedError(_("The meeting has begun, or is over. Its time stays as it is."))
    offers = selectors.talk_of(meeting).can_be_chosen
    if time is not None and time.pk not in {offer.time.pk for offer in offers}:
        raise NotAskedError(_("That time can no longer be chosen. Choose another."))
    MeetingChoice.objects.create(meeting=meeting, time=time)
    record_event(
        actor=candidacy,
        verb="meeting.chosen" if time else "meeting.unsuited",
        subject=meeting,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym},
    )
    call_coordinator(candidacy)
    _tell_holder(meeting, candidacy, author=None)
    return meeting


@transaction.atomic
def call_off_meeting(*, actor: Person, meeting: Meeting) -> Meeting:
    """Take back all times of a meeting, also a chosen one; the candidate and its holder are told.

    Its holder may do so, and the coordinators. New times may follow.
    """
    candidacy = locked_row(meeting.candidacy)
    if actor.pk != meeting.held_by_id:
        require(policies.may_attend(actor, candidacy))
    meeting = Meeting.objects.get(pk=meeting.pk)  # as it stands now
    if _has_begun(meeting.choices.last()):
        raise NotAskedError(_("The meeting has begun, or is over. Its time stays as it is."))
    if not selectors.talk_of(meeting).can_be_chosen:
        return meeting
    MeetingChoice.objects.create(meeting=meeting, time=None, author=actor)
    record_event(
        actor=actor,
        verb="meeting.called_off",
        subject=meeting,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym},
    )
    tell_candidate(candidacy, author=actor)
    _tell_holder(meeting, candidacy, author=actor)
    return meeting


def _offer(
    actor: Person,
    candidacy: Candidacy,
    purpose: Purpose,
    times: Times,
    *,
    held_by: Person | None,
) -> Meeting:
    place = tidied(times.place, what=_("where you meet, or the address of the video call"))
    _check_times(times)
    meeting, _is_new = Meeting.objects.get_or_create(
        candidacy=candidacy, purpose=purpose, held_by=held_by
    )
    offered = {offer.time.starts_at: offer for offer in selectors.talk_of(meeting).can_be_chosen}
    new = [
        start
        for start in sorted(set(times.starts))
        if start not in offered or offered[start].place != place
    ]
    for start in new:
        row = MeetingTime(
            candidacy=candidacy,
            meeting=meeting,
            starts_at=start,
            minutes=times.minutes,
            author=actor,
        )
        keep(row, place)
    if new:
        record_event(
            actor=actor,
            verb="meeting.offered",
            subject=meeting,
            case=candidacy.case,
            details={"candidacy": candidacy.pseudonym, "times": len(new), "purpose": purpose.value},
        )
        tell_candidate(candidacy, author=actor)
    return meeting


def _tell_holder(meeting: Meeting, candidacy: Candidacy, *, author: Person | None) -> None:
    """An assessor whose interview it is; the coordinators have their own mails."""
    if meeting.held_by is not None:
        write_letter(
            case=candidacy.case,
            kind=LetterKind.MEETING,
            reader=meeting.held_by,
            about=meeting,
            author=author,
        )


def _has_begun(choice: MeetingChoice | None) -> bool:
    time = choice.time if choice else None
    return time is not None and time.starts_at <= timezone.now()


def _check_times(times: Times) -> None:
    if not times.starts:
        raise NotAskedError(_("Offer at least one time. Nothing was sent."))
    if len(times.starts) > MOST_TIMES:
        raise NotAskedError(
            _("Offer at most %(most)s times at once. Nothing was sent.") % {"most": MOST_TIMES}
        )
    if any(start <= timezone.now() for start in times.starts):
        raise NotAskedError(_("One of the times has passed already. Nothing was sent."))
    if not SHORTEST <= times.minutes <= LONGEST:
        raise NotAskedError(
            _("A meeting takes %(shortest)s to %(longest)s minutes. Nothing was sent.")
            % {"shortest": SHORTEST, "longest": LONGEST}
        )
