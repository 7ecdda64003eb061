"""Assessors offer times for their own interviews, before they seal."""

from django.db import transaction

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.candidates import services as candidates
from second_opinion.candidates.models import Meeting
from second_opinion.candidates.services import Times
from second_opinion.opinions import policies, selectors
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.services.until_opening import locked_row


@transaction.atomic
def offer_interview(*, actor: Person, opinion: Opinion, times: Times) -> Meeting:
    """Offer the candidate times for an interview with this assessor; the candidate is mailed."""
    require(policies.may_meet(actor, locked_row(opinion)))
    return candidates.offer_interview(actor=actor, candidacy=opinion.candidacy, times=times)


@transaction.atomic
def call_off_interview(*, actor: Person, opinion: Opinion) -> None:
    """Take back one's own times, also a chosen one; where there are none, nothing happens."""
    require(policies.may_meet(actor, locked_row(opinion)))
    talk = selectors.interview_of(actor, opinion.candidacy)
    if talk is not None:
        candidates.call_off_meeting(actor=actor, meeting=talk.meeting)
