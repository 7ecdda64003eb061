"""What the database chooses by must be what the next steps say in words."""

from datetime import UTC, date, datetime

import pytest

from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState, NextAction
from second_opinion.cli.demo.past import as_of
from second_opinion.reports import selectors
from second_opinion.reports.selectors import Wanted
from second_opinion.reports.states import Due, WaitsFor
from tests import factories
from tests.journey.world import FIRST_AWAITED, STAGES, World

pytestmark = pytest.mark.django_db

WAITS_FOR = {
    NextAction.SUBMIT_ORDER: WaitsFor.CLIENT,
    NextAction.APPROVE_PROFILE: WaitsFor.CLIENT,
    NextAction.DECIDE: WaitsFor.CLIENT,
    NextAction.SEAL_OPINIONS: WaitsFor.ASSESSORS,
}


@pytest.mark.parametrize("stage", STAGES)
def test_the_database_and_the_words_say_alike_whom_a_case_waits_for(stage):
    world = World(stage)

    for person in (world.cast.coordinator, world.cast.orderer, world.cast.decider):
        rows = selectors.rows_of(list(selectors.desk_of(person, Wanted())), person=person)
        for row in rows:
            action = row.next_step.action if row.next_step else None
            said = WAITS_FOR.get(action, WaitsFor.COORDINATOR) if action else None
            assert _found(person) - {WaitsFor.ME} == ({said} if said else set())


def test_a_case_that_asks_a_decider_waits_for_that_decider_and_the_client(cast):
    case = factories.make_case(cast, deciders=[cast.decider])
    factories.write_profile(cast, case)

    assert _found(cast.decider) == {WaitsFor.ME, WaitsFor.CLIENT}
    assert _found(cast.coordinator) == {WaitsFor.CLIENT}
    factories.approve(cast, case)
    assert _found(cast.decider) == {WaitsFor.COORDINATOR}
    assert _found(cast.coordinator) == {WaitsFor.ME, WaitsFor.COORDINATOR}


def test_the_client_cannot_learn_from_a_choice_how_far_the_sealing_has_come():
    for stage in (FIRST_AWAITED, CaseState.IN_ASSESSMENT, "all sealed"):
        world = World(stage)

        assert _found(world.cast.orderer) == {WaitsFor.ASSESSORS}


def test_a_case_is_late_when_its_day_is_over_where_its_provider_is(cast):
    cast.provider.time_zone = "Asia/Tokyo"
    cast.provider.save()
    factories.make_case(cast, due_on=date(2026, 3, 9))

    late = {}
    for hour in (14, 15):  # in Tokyo 23 o'clock, and midnight
        with as_of(datetime(2026, 3, 9, hour, 30, tzinfo=UTC)):
            late[hour] = selectors.desk_of(cast.orderer, Wanted(due=Due.LATE)).count()

    assert late == {14: 0, 15: 1}


@pytest.mark.parametrize(
    ("words", "role", "candidate"),
    [
        ("ÖBERG", "Head of finance", "Samuel Öberg"),
        ("oberg finan", "Head of finance", "Samuel Öberg"),
        ("Äppelvik", "Chef för äppelviks lager", "Kim Ek"),
        ("ISIK", "Head", "Deniz Işık"),
        ("istanbul", "Sales, İstanbul", "Kim Ek"),
        ("İSTANBUL", "Sales, istanbul", "Kim Ek"),
        ("sorensen", "Head", "Åse Sørensen"),
        ("STRASSE", "Head", "Kim Straße"),
        ("client", "Head", "Kim Ek"),
        ("ref-77", "Head", "Kim Ek"),
    ],
)
def test_a_case_is_found_by_words_in_any_case_and_without_accents(words, role, candidate, cast):
    case = factories.make_case(cast, role=role, candidates=[candidate], reference="REF-77")
    factories.make_case(cast, role="Zoo", candidates=["Quite Other"])

    found = set(selectors.desk_of(cast.coordinator, Wanted(words=words)))

    assert case in found
    assert len(found) == (2 if words == "client" else 1)


def test_every_word_must_be_there_and_signs_are_only_signs(cast):
    factories.make_case(cast, role="Head of 100% finance")

    for words, many in (("head 100%", 1), ("head zoo", 0), ("%", 1), ("_", 0), ("'; --", 0)):
        assert selectors.desk_of(cast.coordinator, Wanted(words=words)).count() == many, words


def test_nobody_finds_a_case_that_they_do_not_see():
    world = World(CaseState.DRAFT)
    assert Case.objects.count() == 1

    finders = {
        who
        for who, person in world.people.items()
        if selectors.desk_of(person, Wanted(words="karlsson")).exists()
    }

    assert finders == {"orderer", "other orderer"}


def _found(person):
    return {whom for whom in WaitsFor if selectors.desk_of(person, Wanted(waits_for=whom)).exists()}
