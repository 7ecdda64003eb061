"""Times: offered by a coordinator, chosen by the candidate, and chosen anew while ahead."""

from collections.abc import Sequence
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

MOST_TIMES = 10
SHORTEST, LONGEST = 5, 480  # minutes


@transaction.atomic
def offer_times(
    *,
    actor: Person,
    candidacy: Candidacy,
    purpose: Purpose,
    starts: Sequence[datetime],
    minutes: int,
    place: str,
) -> Meeting:
    """Offer times for a meeting; more times later are for the same meeting."""
    candidacy = locked_row(candidacy)
    require(policies.may_attend(actor, candidacy))
    place = tidied(place, what=_("where you meet, or the address of the video call"))
    _check_times(starts, minutes)
    meeting, _is_new = Meeting.objects.get_or_create(candidacy=candidacy, purpose=purpose)
    offered = {offer.time.starts_at: offer for offer in _offers(candidacy, purpose)}
    new = [
        start
        for start in sorted(set(starts))
        if start not in offered or offered[start].place != place
    ]
    for start in new:
        keep(
            MeetingTime(
                candidacy=candidacy, meeting=meeting, starts_at=start, minutes=minutes, author=actor
            ),
            place,
        )
    if new:
        record_event(
            actor=actor,
            verb="meeting.offered",
            subject=meeting,
            details={"candidacy": candidacy.pseudonym, "times": len(new), "purpose": purpose.value},
        )
        tell_candidate(candidacy, author=actor)
    return meeting


@transaction.atomic
def choose_time(*, candidacy: Candidacy, meeting: Meeting, time: MeetingTime | None) -> Meeting:
    """Choose one of the times, another in its place, or say that none suits; twice is once."""
    candidacy = locked_row(candidacy)
    require(policies.may_ask(candidacy))
    newest = meeting.choices.last()
    if newest is not None and newest.time_id == (time.pk if time else None):
        return meeting
    if newest is not None and newest.time and newest.time.starts_at <= timezone.now():
        raise NotAskedError(_("The meeting has begun, or is over. Its time stays as it is."))
    if time is not None and (time.meeting_id != meeting.pk or time.starts_at <= timezone.now()):
        raise NotAskedError(_("That time can no longer be chosen. Choose another."))
    MeetingChoice.objects.create(meeting=meeting, time=time)
    record_event(
        actor=candidacy,
        verb="meeting.chosen" if time else "meeting.unsuited",
        subject=meeting,
        details={"candidacy": candidacy.pseudonym},
    )
    call_coordinator(candidacy)
    return meeting


def _offers(candidacy: Candidacy, purpose: Purpose) -> tuple[selectors.Offer, ...]:
    talk = selectors.talk_about(candidacy, purpose)
    return talk.offers if talk else ()


def _check_times(starts: Sequence[datetime], minutes: int) -> None:
    if not starts:
        raise NotAskedError(_("Offer at least one time. Nothing was sent."))
    if len(starts) > MOST_TIMES:
        raise NotAskedError(
            _("Offer at most %(most)s times at once. Nothing was sent.") % {"most": MOST_TIMES}
        )
    if any(start <= timezone.now() for start in starts):
        raise NotAskedError(_("One of the times has passed already. Nothing was sent."))
    if not SHORTEST <= minutes <= LONGEST:
        raise NotAskedError(
            _("A meeting takes %(shortest)s to %(longest)s minutes. Nothing was sent.")
            % {"shortest": SHORTEST, "longest": LONGEST}
        )
