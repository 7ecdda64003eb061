import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching import (
    AssignmentProblem,
    InfeasibleError,
    LinearFlowSolver,
    best_total_assignment,
    fairest_assignment,
    summed_scores,
)
from tests.engine.matching.problems import (
    THREE_BY_THREE,
    every_assignment,
    keeps_every_rule,
    one_each,
    small_problems,
    whole,
)

SOLVER = LinearFlowSolver()


def test_three_by_three_the_best_total_leaves_the_worst_case_with_little():
    found = best_total_assignment(one_each(THREE_BY_THREE), solver=SOLVER)

    assert found.total == pytest.approx(1.50)


def test_three_by_three_fairness_lifts_the_worst_case_for_a_twentieth_of_the_total():
    found = fairest_assignment(one_each(THREE_BY_THREE), solver=SOLVER)

    assert (found.total, found.worst) == (pytest.approx(1.45), pytest.approx(0.25))
    assert found.is_fairest


@settings(max_examples=40, deadline=None)
@given(small_problems())
def test_with_one_assessor_a_case_no_assignment_is_fairer_nor_of_those_better(problem):
    every = list(every_assignment(problem))
    if not every:
        with pytest.raises(InfeasibleError):
            fairest_assignment(problem, solver=SOLVER)
        return

    found = fairest_assignment(problem, solver=SOLVER)

    def merit(pairs):
        return round(summed_scores(problem, pairs).min(), 9), round(problem.score[pairs].sum(), 6)

    assert (round(found.worst, 9), round(found.total, 6)) == max(map(merit, every))
    assert found.is_fairest
    assert keeps_every_rule(problem, found.pairs)


@settings(max_examples=40, deadline=None)
@given(small_problems(most_required=2, gaps=True))
def test_with_several_the_rules_hold_and_the_bound_is_true(problem):
    every = list(every_assignment(problem))
    if not every:
        with pytest.raises(InfeasibleError):
            fairest_assignment(problem, solver=SOLVER)
        return

    found = fairest_assignment(problem, solver=SOLVER)
    best = best_total_assignment(problem, solver=SOLVER)

    fairest = max(summed_scores(problem, pairs).min() for pairs in every)
    assert keeps_every_rule(problem, found.pairs)
    assert keeps_every_rule(problem, best.pairs)
    assert best.worst - 1e-9 <= found.worst <= fairest + 1e-9 <= found.worst_bound + 2e-9
    assert best.total == pytest.approx(max(problem.score[pairs].sum() for pairs in every), abs=1e-5)


@settings(max_examples=20, deadline=None)
@given(small_problems(gaps=True), st.randoms(use_true_random=False))
def test_the_order_of_pairs_and_people_changes_nothing(problem, random):
    cases, assessors, pairs = (
        np.array(random.sample(range(size), size), dtype=np.int64)
        for size in (problem.n_cases, problem.n_assessors, len(problem.case))
    )
    other = dataclasses.replace(
        problem,
        case=np.argsort(cases)[problem.case][pairs],
        assessor=np.argsort(assessors)[problem.assessor][pairs],
        score=problem.score[pairs],
        covers_gap=problem.covers_gap[pairs],
        required=problem.required[cases],
        has_gap=problem.has_gap[cases],
        cap=problem.cap[assessors],
        load=problem.load[assessors],
    )

    def merit(asked):
        try:
            found = fairest_assignment(asked, solver=SOLVER)
        except InfeasibleError as error:
            return len(error.bottleneck.cases) > 0
        return round(found.worst, 9), round(found.total, 4), round(found.worst_bound, 9)

    assert merit(problem) == merit(other)


def test_a_case_whose_client_lacks_something_gets_one_who_covers_it_even_at_a_price():
    problem = AssignmentProblem(
        case=whole(0, 0, 0),
        assessor=whole(0, 1, 2),
        score=np.array([0.9, 0.8, 0.1]),
        covers_gap=np.array([False, False, True]),
        has_gap=np.array([True]),
        required=whole(2),
        cap=whole(1, 1, 1),
    )

    found = fairest_assignment(problem, solver=SOLVER)

    assert problem.assessor[found.pairs].tolist() == [0, 2]


def test_load_spreads_when_it_costs_more_than_it_gives():
    score = np.array([[0.8, 0.75], [0.8, 0.75]])
    problem = AssignmentProblem.of_matrix(score, required=whole(1, 1), cap=whole(2, 2))

    alone = best_total_assignment(problem, solver=SOLVER)
    spread = best_total_assignment(dataclasses.replace(problem, load_cost=0.1), solver=SOLVER)
    loaded = dataclasses.replace(problem, load_cost=0.1, load=whole(3, 0))

    assert problem.assessor[alone.pairs].tolist() == [0, 0]
    assert sorted(problem.assessor[spread.pairs].tolist()) == [0, 1]
    moved = best_total_assignment(loaded, solver=SOLVER)
    assert problem.assessor[moved.pairs].tolist() == [1, 1]


def test_no_case_is_refused_in_a_sentence():
    with pytest.raises(ArgumentError, match="no case"):
        fairest_assignment(one_each(np.zeros((0, 2))), solver=SOLVER)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"score": np.array([0.5, 1.5])}, "from 0 to 1"),
        ({"score": np.array([0.5])}, "score has shape"),
        ({"assessor": whole(0, 2)}, "assessor must be numbered 0 to 1"),
        ({"assessor": whole(0, 0)}, "paired twice"),
        ({"required": whole(0)}, "one assessor or more"),
        ({"cap": whole(1, -1)}, "below 0"),
        ({"load_cost": 2.0}, "load_cost"),
    ],
)
def test_an_impossible_problem_is_refused(changed, sentence):
    possible = {
        "case": whole(0, 0),
        "assessor": whole(0, 1),
        "score": np.array([0.5, 0.5]),
        "required": whole(1),
        "cap": whole(1, 1),
    }

    with pytest.raises(ArgumentError, match=sentence):
        AssignmentProblem(**(possible | changed))
