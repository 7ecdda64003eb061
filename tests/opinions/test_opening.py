"""When a case opens, who opens it, and what breaks if somebody tries to open it otherwise."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.models import Event
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import due_at
from second_opinion.cases.services import withdraw_candidacy
from second_opinion.cases.states import CaseState
from second_opinion.cli.demo.past import as_of
from second_opinion.opinions import policies, selectors, services
from second_opinion.opinions.errors import NotAllSealedError, ReasonMissingError
from second_opinion.opinions.models import Opening, Opinion
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.selectors import case_file_of
from tests import factories

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def case(cast):
    return factories.make_case(cast, state=CaseState.IN_ASSESSMENT)


@pytest.fixture
def half_sealed(cast, case):
    """Two second opinions are engaged, and one is sealed."""
    other = factories.make_person(factories.Role.ASSESSOR, organisation=cast.provider, name="Late")
    candidacy = case.candidacies.get()
    factories.seal(factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND))
    factories.rate(factories.engage(cast, candidacy, other, OpinionKind.SECOND))
    return case


@pytest.fixture
def alone(cast, case):
    """The coordinator gives the second opinion as well: `alone` is their opinion."""
    factories.accounts.give_role(
        actor=None,
        person=cast.coordinator,
        organisation=cast.provider,
        role=factories.Role.ASSESSOR,
    )
    return factories.engage(cast, case.candidacies.get(), cast.coordinator, OpinionKind.SECOND)


def test_an_opening_is_one_event_and_one_row(cast, case):
    factories.open_case(cast, case)

    opening = Opening.objects.get(case=case)
    assert (opening.actor, opening.is_at_deadline, opening.reason) == (cast.coordinator, False, "")
    assert Event.objects.get(verb="case.opened").details == {
        "at_deadline": False,
        "by_itself": False,
    }


def test_until_the_last_second_of_the_due_date_everything_must_be_sealed(cast, half_sealed):
    with (
        as_of(due_at(half_sealed) - SECOND),
        pytest.raises(NotAllSealedError, match="After its deadline, 10 December 2099 at 24:00"),
    ):
        services.open_case(actor=cast.coordinator, case=half_sealed, reason="Because.")

    assert not Opening.objects.exists()


def test_from_then_on_it_opens_for_a_reason_that_stays(cast, half_sealed):
    with as_of(due_at(half_sealed)):
        with pytest.raises(ReasonMissingError, match="Say why"):
            services.open_case(actor=cast.coordinator, case=half_sealed, reason="  ")
        services.open_case(actor=cast.coordinator, case=half_sealed, reason=" Late is ill. ")

    opening = Opening.objects.get(case=half_sealed)
    assert half_sealed.state == CaseState.OPENED
    assert (opening.is_at_deadline, opening.reason) == (True, "Late is ill.")
    assert half_sealed.transitions.last().reason == "Late is ill."
    assert Event.objects.get(verb="case.opened").details["at_deadline"] is True


@pytest.fixture
def opened_late(cast, half_sealed):
    with as_of(due_at(half_sealed)):
        services.open_case(actor=cast.coordinator, case=half_sealed, reason="Late is ill.")
    return Case.objects.get(pk=half_sealed.pk)


def test_what_was_not_sealed_is_shut_out_and_read_by_its_author_alone(cast, opened_late):
    late = Opinion.objects.get(assessor__name="Late")

    assert [opinion.assessor.name for opinion in selectors.shut_out_of(opened_late)] == ["Late"]
    assert [one.assessor for one in case_file_of(opened_late).opinions] == ["Anna Assessor"]
    for reader in (cast.coordinator, cast.assessor):
        seen = selectors.opinions_visible_to(reader, case=opened_late)
        assert [opinion.assessor.name for opinion in seen] == ["Anna Assessor"]
    assert late in selectors.opinions_visible_to(late.assessor, case=opened_late)


def test_what_was_shut_out_is_neither_written_nor_sealed_any_more(opened_late):
    late = Opinion.objects.get(assessor__name="Late")

    with pytest.raises(NotAllowedError, match="while the case is in assessment"):
        services.seal_opinion(actor=late.assessor, opinion=late)
    with pytest.raises(IntegrityError, match="none is sealed any more"), transaction.atomic():
        Opinion.objects.filter(pk=late.pk).update(**factories.sealed_by_hand())
    with pytest.raises(IntegrityError, match="no opinion is added"), transaction.atomic():
        Opinion.objects.create(
            candidacy=late.candidacy, assessor=opened_late.coordinator, kind="second"
        )


def test_the_clients_own_opinion_alone_is_no_second_opinion(cast, case):
    candidacy = case.candidacies.get()
    factories.seal(factories.engage(cast, candidacy, cast.decider, OpinionKind.FIRST))
    factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)

    with as_of(due_at(case)), pytest.raises(NotAllSealedError, match="no second opinion to open"):
        services.open_case(actor=cast.coordinator, case=case, reason="Because.")


@pytest.mark.parametrize("who", ["orderer", "decider", "assessor", "stranger"])
def test_the_deadline_gives_nobody_else_the_right_to_open(cast, half_sealed, who):
    with as_of(due_at(half_sealed)), pytest.raises(NotAllowedError):
        services.open_case(actor=getattr(cast, who), case=half_sealed, reason="Because.")


def test_where_the_coordinator_assesses_the_last_seal_opens_the_case(cast, case, alone):
    first = factories.engage(cast, case.candidacies.get(), cast.decider, OpinionKind.FIRST)
    factories.seal(first)
    assert Case.objects.get(pk=case.pk).state == CaseState.IN_ASSESSMENT

    factories.seal(alone)

    opening = Opening.objects.get(case=case)
    assert Case.objects.get(pk=case.pk).state == CaseState.OPENED
    assert opening.actor is None
    opened = Event.objects.get(verb="case.opened")
    assert (opened.actor, opened.details["by_itself"]) == (None, True)


def test_who_assesses_does_not_choose_when_the_case_opens(cast, case, alone):
    other = factories.make_person(factories.Role.ASSESSOR, organisation=cast.provider)
    factories.engage(cast, case.candidacies.get(), other, OpinionKind.SECOND)
    factories.seal(alone)

    with as_of(due_at(case)), pytest.raises(NotAllowedError, match="opens by itself"):
        services.open_case(actor=cast.coordinator, case=case, reason="Because.")


def test_where_the_last_awaited_candidate_withdrew_an_assessing_coordinator_may_open(cast):
    case = factories.make_case(cast, candidates=["Kim", "Lo"], state=CaseState.IN_ASSESSMENT)
    factories.accounts.give_role(
        actor=None,
        person=cast.coordinator,
        organisation=cast.provider,
        role=factories.Role.ASSESSOR,
    )
    kim, lo = case.candidacies.all()
    factories.seal(factories.engage(cast, kim, cast.coordinator, OpinionKind.SECOND))
    factories.engage(cast, lo, cast.coordinator, OpinionKind.SECOND)
    withdraw_candidacy(actor=None, candidacy=lo)

    services.open_case(actor=cast.coordinator, case=case)

    assert case_file_of(case).candidates == ("Kim",)


def test_the_policy_says_what_is_waited_for(cast, half_sealed):
    assert policies.may_open(cast.coordinator, half_sealed)
    assert "all opinions are sealed" in policies.is_ready_to_open(half_sealed).reason
    with as_of(due_at(half_sealed)):
        assert policies.is_ready_to_open(half_sealed)


TRIES = {
    "without saying that it is the deadline": {},
    "at a deadline that is ahead": {"is_at_deadline": True, "reason": "Because."},
}


@pytest.mark.parametrize("fields", TRIES.values(), ids=TRIES)
def test_the_database_itself_refuses_an_opening_that_comes_too_early(cast, half_sealed, fields):
    with pytest.raises(IntegrityError, match="all opinions are sealed"), transaction.atomic():
        Opening.objects.create(case=half_sealed, actor=cast.coordinator, **fields)


def test_the_database_itself_refuses_an_opening_at_the_deadline_without_a_reason(cast, half_sealed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create(
            case=half_sealed,
            actor=cast.coordinator,
            is_at_deadline=True,
            opened_at=due_at(half_sealed),
        )


@pytest.mark.parametrize("state", [CaseState.ORDERED, CaseState.PROFILE_LOCKED])
def test_the_database_itself_refuses_an_opening_before_the_assessment(cast, state):
    case = factories.make_case(cast, state=state)
    case.candidacies.get().opinions.create(
        assessor=cast.assessor, kind="second", **factories.sealed_by_hand()
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create(case=case, actor=cast.coordinator)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Opening.objects.update(reason="Another."),
        lambda: Opening.objects.update(opened_at=timezone.now()),
        lambda: Opening.objects.all()._raw_delete("default"),
    ],
    ids=["reason", "time", "delete"],
)
def test_the_database_itself_keeps_the_opening(opened_late, change):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()
