"""Assessors offer times for their own interviews, and see no other assessor's."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import selectors as candidates
from second_opinion.candidates import services as candidate_services
from second_opinion.candidates.services import Times
from second_opinion.cases.services import enter_contact, withdraw_candidacy
from second_opinion.cases.states import CaseState
from second_opinion.opinions import services
from second_opinion.opinions.selectors import interview_of
from second_opinion.opinions.states import OpinionKind
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def opinion(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    candidacy = enter_contact(
        actor=cast.coordinator, candidacy=case.candidacies.get(), email="kim@example.com"
    )
    return factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)


def offer(opinion, actor=None):
    starts = [timezone.now() + timedelta(days=day) for day in (2, 3)]
    services.offer_interview(
        actor=actor or opinion.assessor,
        opinion=opinion,
        times=Times(starts=starts, minutes=60, place="Room 2"),
    )
    return interview_of(opinion.assessor, opinion.candidacy)


def choose(opinion, talk):
    candidate_services.choose_time(
        candidacy=opinion.candidacy, meeting=talk.meeting, time=talk.offers[0].time
    )


def test_the_candidate_chooses_and_the_assessor_is_told_without_a_name(opinion):
    choose(opinion, offer(opinion))
    deliver_due()

    assert interview_of(opinion.assessor, opinion.candidacy).chosen.place == "Room 2"
    (told,) = [message for message in mail.outbox if message.to == [opinion.assessor.email]]
    assert "/assessments/" in told.body
    assert opinion.candidacy.name not in told.body + told.subject


def test_each_assessor_has_a_meeting_of_their_own(cast, opinion):
    other = factories.make_person(Role.ASSESSOR, organisation=cast.provider, name="Ove Other")
    factories.engage(cast, opinion.candidacy, other, OpinionKind.THIRD)
    offer(opinion)

    assert candidates.interviews_with(other, opinion.candidacy) == []
    assert len(candidates.talks_of(opinion.candidacy)) == 1  # the coordinator's and candidate's
    with pytest.raises(NotAllowedError, match="another assessor"):
        offer(opinion, actor=other)


def test_who_called_it_off_tells_the_other_side(cast, opinion):
    talk = offer(opinion)
    choose(opinion, talk)
    services.call_off_interview(actor=opinion.assessor, opinion=opinion)

    assert interview_of(opinion.assessor, opinion.candidacy).is_called_off
    newest = candidates.mails_to(opinion.candidacy)[0].mailing
    assert newest.author == opinion.assessor

    choose(opinion, offer(opinion))
    deliver_due()
    mail.outbox.clear()
    candidate_services.call_off_meeting(actor=cast.coordinator, meeting=talk.meeting)
    deliver_due()
    assert {address for message in mail.outbox for address in message.to} == {
        opinion.assessor.email,
        "kim@example.com",
    }


def test_nobody_is_met_before_they_are_told_nor_after_they_left(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    opinion = factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)
    with pytest.raises(NotAllowedError, match="has not yet said"):
        offer(opinion)

    withdraw_candidacy(actor=None, candidacy=opinion.candidacy)
    with pytest.raises(NotAllowedError, match="has withdrawn"):
        offer(opinion)


def test_the_clients_own_assessors_offer_nothing(cast, opinion):
    first = factories.engage(cast, opinion.candidacy, cast.decider, OpinionKind.FIRST)

    with pytest.raises(NotAllowedError, match="without us"):
        offer(first)
