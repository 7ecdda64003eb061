"""Reading a sealed opinion before the opening: never alone, never unseen, never for long."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.services import give_role, take_role
from second_opinion.audit.models import Event
from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState
from second_opinion.cli.demo.past import as_of
from second_opinion.opinions import selectors, services
from second_opinion.opinions.errors import EarlyReadingError, EngagementError
from second_opinion.opinions.models import EarlyAnswer, EarlyLook, EarlyReading
from second_opinion.opinions.states import EarlyGround, OpinionKind
from second_opinion.reports.rendering.stored import document_for_candidate, document_of
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "Zirkon 4711"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def colleague(cast):
    return factories.make_person(
        factories.Role.COORDINATOR, organisation=cast.provider, name="Cai Colleague"
    )


@pytest.fixture
def opinion(cast):
    """Sealed, in a case that waits for another opinion."""
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    candidacy = case.candidacies.get()
    other = factories.make_person(factories.Role.ASSESSOR, organisation=cast.provider, name="Late")
    sealed = factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)
    factories.engage(cast, candidacy, other, OpinionKind.SECOND)
    factories.seal(sealed, evidence=(WORDS,))
    return selectors.opinions_visible_to(cast.assessor, case=case).get()


def asked(actor, opinion):
    return services.ask_early_reading(
        actor=actor,
        opinion=opinion,
        ground=EarlyGround.COMPLAINT,
        words="The candidate says it was copied.",
    )


def fresh(reading):
    return EarlyReading.objects.get(pk=reading.pk)


def test_it_takes_a_second_person(cast, colleague, opinion):
    reading = asked(cast.coordinator, opinion)
    for refused in (services.grant_early_reading, services.read_early):
        with pytest.raises(NotAllowedError):
            refused(actor=cast.coordinator, reading=reading)

    services.grant_early_reading(actor=colleague, reading=reading)
    content = services.read_early(actor=cast.coordinator, reading=fresh(reading))

    assert content.ratings[0].evidence == (WORDS,)


def test_who_agreed_does_not_read(cast, colleague, opinion):
    reading = asked(cast.coordinator, opinion)
    services.grant_early_reading(actor=colleague, reading=reading)

    with pytest.raises(NotAllowedError):
        services.read_early(actor=colleague, reading=fresh(reading))


def test_what_was_refused_is_read_by_nobody_and_told_to_no_party(cast, colleague, opinion):
    reading = asked(cast.coordinator, opinion)
    services.refuse_early_reading(actor=colleague, reading=reading)

    with pytest.raises(NotAllowedError):
        services.read_early(actor=cast.coordinator, reading=fresh(reading))
    with pytest.raises(NotAllowedError):
        services.grant_early_reading(actor=colleague, reading=fresh(reading))
    assert selectors.marks_in(opinion.candidacy.case) == []


def test_it_is_over_after_four_hours(cast, colleague, opinion):
    reading = asked(cast.coordinator, opinion)
    answer = services.grant_early_reading(actor=colleague, reading=reading)

    with as_of(answer.ends_at), pytest.raises(NotAllowedError, match="time for reading"):
        services.read_early(actor=cast.coordinator, reading=fresh(reading))
    with pytest.raises(DatabaseError), transaction.atomic():
        EarlyLook.objects.create(reading=reading, at=answer.ends_at + timedelta(seconds=1))


def test_who_is_alone_reads_and_everybody_is_told_before(cast, opinion):
    enter_contact(actor=cast.coordinator, candidacy=opinion.candidacy, email="kim@example.com")
    deliver_due()
    mail.outbox.clear()

    reading = asked(cast.coordinator, opinion)

    deliver_due()
    told = {address for message in mail.outbox for address in message.to}
    assert {"kim@example.com", cast.orderer.email, cast.assessor.email} <= told
    assert not any(WORDS in message.body or "Kim" in message.body for message in mail.outbox)
    assert services.read_early(actor=cast.coordinator, reading=fresh(reading)).ratings


def test_nobody_becomes_alone_by_taking_the_role_of_the_other(cast, colleague, opinion):
    take_role(
        actor=cast.coordinator,
        person=colleague,
        organisation=cast.provider,
        role=factories.Role.COORDINATOR,
    )

    reading = asked(cast.coordinator, opinion)

    with pytest.raises(NotAllowedError, match="It takes two"):
        services.grant_early_reading(actor=cast.coordinator, reading=reading)


def test_nobody_is_made_coordinator_in_order_to_agree(cast, colleague, opinion):
    reading = asked(cast.coordinator, opinion)
    friend = factories.make_person(
        factories.Role.COORDINATOR, organisation=cast.provider, name="Friend"
    )

    with pytest.raises(NotAllowedError, match="only since"):
        services.grant_early_reading(actor=friend, reading=reading)


def test_nobody_who_assesses_reads_and_nobody_who_has_read_assesses(cast, colleague, opinion):
    case = opinion.candidacy.case
    give_role(
        actor=None,
        person=colleague,
        organisation=cast.provider,
        role=factories.Role.ASSESSOR,
    )
    reading = asked(colleague, opinion)
    services.grant_early_reading(actor=cast.coordinator, reading=reading)
    services.read_early(actor=colleague, reading=fresh(reading))

    with pytest.raises(EngagementError, match="formed apart"):
        factories.engage(cast, opinion.candidacy, colleague, OpinionKind.THIRD)
    with pytest.raises(DatabaseError), transaction.atomic():
        opinion.candidacy.opinions.create(assessor=colleague, kind=OpinionKind.THIRD)
    assert selectors.has_read_early(colleague, case)


def test_an_engaged_coordinator_cannot_ask(cast, colleague, opinion):
    give_role(
        actor=None, person=colleague, organisation=cast.provider, role=factories.Role.ASSESSOR
    )
    factories.engage(cast, opinion.candidacy, colleague, OpinionKind.SECOND)

    with pytest.raises(NotAllowedError, match="assess in this case yourself"):
        asked(colleague, opinion)


def test_the_database_itself_refuses_agreeing_alone_and_a_look_without_agreement(
    cast, colleague, opinion
):
    reading = asked(cast.coordinator, opinion)
    in_an_hour = timezone.now() + timedelta(hours=1)

    with pytest.raises(DatabaseError), transaction.atomic():
        EarlyAnswer.objects.create(
            reading=reading, by=cast.coordinator, is_granted=True, ends_at=in_an_hour
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        EarlyLook.objects.create(reading=reading)


def test_each_look_is_a_mark_that_stays(cast, colleague, opinion):
    reading = asked(cast.coordinator, opinion)
    services.grant_early_reading(actor=colleague, reading=reading)
    for _ in range(2):
        services.read_early(actor=cast.coordinator, reading=fresh(reading))

    (mark,) = selectors.marks_in(opinion.candidacy.case)

    assert (mark.asked_by, mark.granted_by) == ("Cilla Coordinator", "Cai Colleague")
    assert len(mark.looked_at) == 2
    verbs = Event.objects.filter(subject=reading.pseudonym).values_list("verb", flat=True)
    assert list(verbs) == [
        "early_reading.asked",
        "early_reading.granted",
        "early_reading.read",
        "early_reading.read",
    ]
    for rows in (EarlyLook.objects.all(), EarlyReading.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_a_draft_is_never_asked_for(cast, opinion):
    draft = opinion.candidacy.opinions.get(sealed_at=None)

    with pytest.raises(NotAllowedError, match="Only what is sealed"):
        asked(cast.coordinator, draft)


def test_a_reason_is_wanted(cast, opinion):
    with pytest.raises(EarlyReadingError, match="Say in a sentence"):
        services.ask_early_reading(
            actor=cast.coordinator, opinion=opinion, ground=EarlyGround.LAW, words=" "
        )


def test_both_reports_say_so(cast, colleague, opinion):
    reading = asked(cast.coordinator, opinion)
    services.grant_early_reading(actor=colleague, reading=reading)
    services.read_early(actor=cast.coordinator, reading=fresh(reading))
    case = opinion.candidacy.case
    late = opinion.candidacy.opinions.get(sealed_at=None)
    factories.seal(late)
    services.open_case(actor=cast.coordinator, case=case)
    version = factories.sign_report(cast, case)

    for document in (
        document_of(version, language="en"),
        document_for_candidate(version, opinion.candidacy, language="en"),
    ):
        assert "Cilla Coordinator asked, and Cai Colleague agreed" in str(document)
