import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_opinion.engine.decision import (
    Measure,
    expected_value_of_perfect_information,
    plan_assessment,
)
from second_opinion.engine.decision.plan import plan_as_chosen
from second_opinion.engine.errors import ArgumentError


def measure(method, criterion, error, minutes, price=0.0):
    return Measure(
        method=method, criterion=criterion, error_variance=error, minutes=minutes, price=price
    )


@st.composite
def problems(draw):
    n_criteria = draw(st.integers(1, 3))
    measures = [
        measure(
            draw(st.sampled_from(["interview", "test", "sample"])),
            draw(st.integers(0, n_criteria - 1)),
            draw(st.floats(0.1, 5)),
            draw(st.integers(0, 60)),
            draw(st.integers(0, 100)),
        )
        for _ in range(draw(st.integers(1, 7)))
    ]
    return {
        "weights": draw(st.lists(st.floats(0.1, 1), min_size=n_criteria, max_size=n_criteria)),
        "variances": draw(st.lists(st.floats(0.1, 2), min_size=n_criteria, max_size=n_criteria)),
        "measures": measures,
        "minutes": draw(st.integers(0, 150)),
        "price": draw(st.integers(0, 300)),
    }


def planned(problem, **options):
    limits = {key: problem[key] for key in ("minutes", "price")}
    return plan_assessment(
        problem["weights"], problem["variances"], problem["measures"], **limits, **options
    )


def variance_of(problem, places):
    weights = np.array(problem["weights"]) / sum(problem["weights"])
    precision = 1 / np.array(problem["variances"])
    for place in places:
        chosen = problem["measures"][place]
        precision[chosen.criterion] += 1 / chosen.error_variance
    return float(weights**2 @ (1 / precision))


@settings(max_examples=60)
@given(problems())
def test_where_measures_are_few_no_choice_is_better(problem):
    plan = planned(problem, sources=0)
    everything = range(len(problem["measures"]))

    within = [
        places
        for size in range(len(everything) + 1)
        for places in itertools.combinations(everything, size)
        if sum(problem["measures"][place].minutes for place in places) <= problem["minutes"]
        and sum(problem["measures"][place].price for place in places) <= problem["price"]
    ]

    assert plan.is_exact
    assert plan.variance == pytest.approx(variance_of(problem, plan.measures))
    assert plan.variance == pytest.approx(min(variance_of(problem, each) for each in within))
    assert plan.measures in within


@settings(max_examples=60)
@given(problems(), st.integers(0, 2))
def test_greedy_keeps_the_limits_and_its_bound_holds(problem, sources):
    greedy = planned(problem, sources=sources, exact_up_to=0)
    exact = planned(problem, sources=0)

    assert not greedy.is_exact
    assert greedy.minutes <= problem["minutes"]
    assert greedy.price <= problem["price"]
    assert greedy.least_variance <= exact.variance + 1e-9
    assert exact.variance <= greedy.variance + 1e-9


@settings(max_examples=40)
@given(problems())
def test_more_time_never_makes_less_certain(problem):
    longer = problem | {"minutes": problem["minutes"] + 30}

    assert planned(longer, sources=0).variance <= planned(problem, sources=0).variance + 1e-12


def two_criteria():
    return [
        measure("interview", 0, 1.0, 30),
        measure("sample", 0, 0.5, 60),
        measure("interview", 1, 1.0, 30),
        measure("references", 1, 4.0, 0, price=3_000),
    ]


def test_two_sources_come_before_certainty():
    # without the rule, the 60 minutes go to the sample
    free = plan_assessment([0.8, 0.2], [1, 1], two_criteria(), minutes=60, price=5_000, sources=0)
    ruled = plan_assessment([0.8, 0.2], [1, 1], two_criteria(), minutes=60, price=5_000, sources=2)

    assert free.measures == (1, 3)
    assert ruled.measures == (0, 2, 3)
    assert ruled.short_of_sources == (0,)


def test_the_same_method_twice_is_one_source():
    plan = plan_assessment(
        [1], [1], [measure("interview", 0, 1, 30), measure("interview", 0, 1, 30)], minutes=60
    )

    assert plan.measures == (0, 1)
    assert plan.short_of_sources == (0,)


def test_the_risk_is_that_of_deciding_on_what_is_left():
    plan = plan_assessment(
        [1], [1], [measure("interview", 0, 1, 30)], minutes=30, mean=0.4, threshold=0.1, slope=5
    )
    at = {"threshold": 0.1, "slope": 5}

    assert plan.risk_before == pytest.approx(expected_value_of_perfect_information(0.4, 1, **at))
    assert plan.risk == pytest.approx(expected_value_of_perfect_information(0.4, 0.5, **at))
    assert plan.steps[0].risk_fall_per_minute == pytest.approx((plan.risk_before - plan.risk) / 30)


def test_each_minute_is_worth_less_than_the_one_before():
    plan = plan_assessment(
        [1], [1], [measure(f"m{place}", 0, 1.0, 10) for place in range(5)], minutes=40
    )

    falls = [step.risk_fall_per_minute for step in plan.steps]
    assert falls == sorted(falls, reverse=True)
    assert 0 < plan.next_minute < falls[-1]


def test_what_takes_no_time_is_worth_any_minute():
    plan = plan_assessment([0, 1], [1, 1], two_criteria(), minutes=0, sources=0)

    assert plan.measures == (3,)
    assert plan.steps[0].risk_fall_per_minute == np.inf


def test_nothing_that_can_be_done_leaves_things_as_they_are():
    plan = plan_assessment([1], [1], [], minutes=60)

    assert plan.measures == ()
    assert plan.variance == plan.variance_before
    assert plan.next_minute == 0
    assert plan.short_of_sources == (0,)


def test_many_measures_are_planned_near_the_bound():
    rng = np.random.default_rng(7)
    offered = [
        measure(method, criterion, float(rng.uniform(0.3, 3)), float(rng.integers(5, 40)))
        for criterion in range(12)
        for method in ("interview", "test", "sample")
    ]

    plan = plan_assessment(np.full(12, 1.0), np.full(12, 1.0), offered, minutes=240)

    assert not plan.is_exact
    reached = plan.variance_before - plan.variance
    possible = plan.variance_before - plan.least_variance
    assert reached >= 0.8 * possible
    assert plan.minutes <= 240


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: measure("a", 0, 0, 1), "error_variance"),
        (lambda: measure("a", 0, np.nan, 1), "error_variance"),
        (lambda: measure("a", 0, 1, -1), "minutes"),
        (lambda: measure("a", 0, 1, 1, price=-1), "price"),
        (lambda: measure("a", -1, 1, 1), "criterion"),
        (lambda: plan_assessment([1], [1], [measure("a", 1, 1, 1)], minutes=1), "criterion 1"),
        (lambda: plan_assessment([1], [1, 2], [], minutes=1), "weights"),
        (lambda: plan_assessment([0], [1], [], minutes=1), "weights"),
        (lambda: plan_assessment([1], [-1], [], minutes=1), "variances"),
        (lambda: plan_assessment([1], [1], [], minutes=-1), "minutes"),
        (lambda: plan_assessment([1], [1], [], minutes=1, sources=-1), "sources"),
        (lambda: plan_assessment([1], [1], [], minutes=1, mean=np.inf), "mean"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, named):
    with pytest.raises(ArgumentError, match=named):
        call()


@settings(max_examples=30)
@given(problems())
def test_a_choice_is_valued_as_the_plan_that_holds_it(problem):
    plan = planned(problem)

    chosen = plan_as_chosen(
        problem["weights"], problem["variances"], problem["measures"], plan.measures
    )

    assert chosen.measures == plan.measures
    assert chosen.variance == pytest.approx(plan.variance)
    assert chosen.short_of_sources == plan.short_of_sources
    assert chosen.steps == plan.steps


@settings(max_examples=30)
@given(problems())
def test_what_a_measure_would_change_is_what_it_changes(problem):
    measures, places = problem["measures"], range(len(problem["measures"]))
    of = [problem["weights"], problem["variances"], measures]

    plan = planned(problem)

    for place in places:
        other = plan_as_chosen(*of, set(plan.measures) ^ {place})
        assert plan.toggled[place] == pytest.approx(other.risk)


def test_a_choice_names_only_measures_that_there_are():
    with pytest.raises(ArgumentError, match="chosen has 1"):
        plan_as_chosen([1], [1], [measure("interview", 0, 1, 10)], [1])
