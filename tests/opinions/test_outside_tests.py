"""Outside tests: who enters them, what is refused and what is warned of."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.cases.states import CaseState
from second_opinion.instruments.errors import ResultError
from second_opinion.instruments.selectors import results_of, test_in, versions_of
from second_opinion.instruments.writing.outside import warnings_on
from second_opinion.opinions import services
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.rendering.stored import figures_of_version
from tests import factories

test_in.__test__ = False
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def candidacy(cast):
    return factories.make_case(cast, state=CaseState.IN_ASSESSMENT).candidacies.get()


def enter(actor, candidacy, **what):
    test = factories.outside_test(**what)
    return services.enter_test(actor=actor, candidacy=candidacy, test=test)


def test_it_is_kept_with_the_error_that_its_reliability_leaves(cast, candidacy):
    enter(cast.coordinator, candidacy)

    (kept,) = results_of([candidacy])
    (reading,) = kept.entry.readings
    assert (reading.value, reading.standard_error) == pytest.approx((4.0, 0.4))
    assert "reliability 0.84" in kept.entry.source
    assert test_in(kept) == factories.outside_test()


def test_who_gave_it_enters_it_and_nobody_else_at_the_provider_or_client(cast, candidacy):
    free = factories.make_person(Role.ASSESSOR, organisation=cast.provider)
    factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)
    factories.engage(cast, candidacy, cast.decider, OpinionKind.FIRST)
    mine = enter(cast.assessor, candidacy)
    theirs = enter(cast.coordinator, candidacy)

    for person in (free, cast.orderer, cast.decider, cast.stranger):
        with pytest.raises(NotAllowedError):
            enter(person, candidacy)
    services.correct_test(
        actor=cast.assessor, result=mine, test=factories.outside_test(score=55), reason="A slip."
    )
    with pytest.raises(NotAllowedError, match="Only who entered"):
        services.take_test_back(actor=cast.assessor, result=theirs, reason="No.")
    services.take_test_back(actor=cast.coordinator, result=theirs, reason="Another person's.")

    (left,) = results_of([candidacy])
    assert left.entry.about["score"] == "55"
    assert len(versions_of(theirs)) == 2


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"instrument": "MBTI Step II"}, "sorts people into types"),
        ({"reliability": 1.2}, "reliability"),
        ({"tester": " "}, "who gave"),
        ({"validity": 0.3}, "comes from"),
        ({"taken_on": date(2999, 1, 1)}, "a day to come"),
    ],
)
def test_what_nothing_can_rest_on_is_refused_with_the_reason(cast, candidacy, what, sentence):
    with pytest.raises(ResultError, match=sentence):
        enter(cast.coordinator, candidacy, **what)

    assert results_of([candidacy]) == []


def test_what_is_old_or_uncertified_is_warned_of():
    today = date(2026, 11, 29)
    fresh = {"taken_on": date(2025, 6, 1), "certificate": "Level B", "norm_year": 2020}

    assert warnings_on(factories.outside_test(**fresh), today=today) == []
    old = factories.outside_test(
        **fresh | {"taken_on": date(2025, 5, 28), "measures": "personality"}, norm_n=80
    )
    assert [sentence.split(":")[0] for sentence in warnings_on(old, today=today)] == [
        "It was taken more than 18 months ago",
        "The norm group is small.",
    ]
    lapsed = factories.outside_test(**fresh, certified_until=date(2025, 1, 1))
    assert "ran out on 1 January 2025" in warnings_on(lapsed, today=today)[0]
    assert "No certificate" in warnings_on(factories.outside_test(), today=today)[0]


def test_a_case_of_tests_alone_gets_its_report(cast):
    """As far as the journey goes: an assessor answers for the tests and rates nothing else."""
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    candidacy = case.candidacies.get()
    for entry in factories.CRITERIA:
        enter(cast.coordinator, candidacy, criterion=entry.name)
    opinion = factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)
    services.record_opinion(
        actor=cast.assessor,
        opinion=opinion,
        ratings=[
            factories.not_observed(entry.name, "Measured by a test alone.")
            for entry in factories.CRITERIA
        ],
        conclusion="The tests were given as their manuals say.",
    )
    services.seal_opinion(actor=cast.assessor, opinion=opinion)
    services.open_case(actor=cast.coordinator, case=case)

    version = factories.sign_report(cast, case)

    (candidate,) = figures_of_version(version)["figures"]["candidates"]
    assert [one["readings"] for one in candidate["criteria"]] == [1, 1]
    assert timezone.now() - version.written_at < timedelta(minutes=5)
