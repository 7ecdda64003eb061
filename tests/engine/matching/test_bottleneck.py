import numpy as np
import pytest
from hypothesis import given, settings

from second_opinion.engine.matching import (
    AssignmentProblem,
    InfeasibleError,
    LinearFlowSolver,
    bottleneck_of,
    fairest_assignment,
)
from tests.engine.matching.problems import every_assignment, one_each, small_problems, whole


def test_three_cases_with_two_assessors_are_refused_by_name_and_others_left_out_of_it():
    score = np.full((5, 4), 0.5)
    score[:3, 2:] = np.nan  # the first three can have the first two only

    with pytest.raises(InfeasibleError, match=r"3 cases have 3 places.* 2 assessors") as refused:
        fairest_assignment(one_each(score), solver=LinearFlowSolver())

    found = refused.value.bottleneck
    assert (found.cases, found.assessors) == ((0, 1, 2), (0, 1))
    assert (found.needed, found.available, found.is_gap) == (3, 2, False)


def test_a_case_alone_may_need_more_than_it_can_have():
    problem = AssignmentProblem.of_matrix(
        np.array([[0.5, np.nan], [0.5, 0.5]]), required=whole(2, 1), cap=whole(9, 9)
    )

    found = bottleneck_of(problem)

    assert (found.cases, found.assessors, found.needed, found.available) == ((0,), (0,), 2, 1)


def test_a_shortage_of_what_the_client_lacks_is_told_from_one_of_assessors():
    case, assessor = np.divmod(np.arange(6), 3)
    problem = AssignmentProblem(
        case=case,
        assessor=assessor,
        score=np.full(6, 0.5),
        covers_gap=assessor == 2,
        has_gap=np.array([True, True]),
        required=whole(1, 1),
        cap=whole(1, 1, 1),
    )

    found = bottleneck_of(problem)

    assert found.is_gap
    assert (found.cases, found.assessors, found.needed, found.available) == ((0, 1), (2,), 2, 1)


@settings(max_examples=60, deadline=None)
@given(small_problems(most_required=2, gaps=True))
def test_there_is_a_bottleneck_when_nothing_can_be_done_and_none_of_its_cases_is_idle(problem):
    found = bottleneck_of(problem)

    assert (found is None) == any(True for _ in every_assignment(problem))
    if found is not None and found.is_gap:
        assert found.available < found.needed
        for case in found.cases:
            kept = np.isin(np.arange(problem.n_cases), found.cases)
            kept[case] = False
            assert not kept.any() or bottleneck_of(problem.of_cases(kept)) is None


@settings(max_examples=40, deadline=None)
@given(small_problems(most_required=2))
def test_hall_s_condition_is_broken_by_the_cases_and_kept_without_any_one(problem):
    found = bottleneck_of(problem)

    if found is not None:
        assert found.available < found.needed
        for case in found.cases:
            kept = np.isin(np.arange(problem.n_cases), found.cases)
            kept[case] = False
            assert not kept.any() or bottleneck_of(problem.of_cases(kept)) is None
