"""Small assignment problems, and the slow answer that no one can doubt."""

import itertools

import numpy as np
from hypothesis import strategies as st

from second_opinion.engine.matching import AssignmentProblem

# Published nowhere: the three by three of our own issue, small enough to check by hand.
THREE_BY_THREE = np.array([[0.9, 0.8, 0.9], [0.1, 0.0, 0.3], [0.2, 0.25, 0.6]])


def whole(*numbers):
    return np.array(numbers, dtype=np.int64)


def one_each(score, **more):
    n_cases, n_assessors = score.shape
    return AssignmentProblem.of_matrix(
        score, required=np.ones(n_cases, np.int64), cap=np.ones(n_assessors, np.int64), **more
    )


@st.composite
def small_problems(draw, most_required=1, gaps=False):
    """Two to four cases, two to four assessors, some pairs missing; scores in hundredths."""
    n_cases, n_assessors = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    size = n_cases * n_assessors
    meets = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    score = np.array(draw(st.lists(st.integers(0, 100), min_size=size, max_size=size))) / 100
    covers = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    has_gap = np.array(draw(st.lists(st.booleans(), min_size=n_cases, max_size=n_cases))) & gaps
    case, assessor = np.divmod(np.flatnonzero(meets), n_assessors)
    numbers = st.lists(st.integers(1, most_required), min_size=n_cases, max_size=n_cases)
    caps = st.lists(st.integers(0, 3), min_size=n_assessors, max_size=n_assessors)
    return AssignmentProblem(
        case=case,
        assessor=assessor,
        score=score[meets],
        covers_gap=covers[meets],
        has_gap=has_gap,
        required=whole(*draw(numbers)),
        cap=whole(*draw(caps)),
    )


def every_assignment(problem):
    """All that the rules allow, by trying every set of assessors for every case."""
    choices = []
    for case in range(problem.n_cases):
        pairs = np.flatnonzero(problem.case == case).tolist()
        sets = itertools.combinations(pairs, int(problem.required[case]))
        choices.append(
            [
                each
                for each in sets
                if not problem.has_gap[case] or problem.covers_gap[list(each)].any()
            ]
        )
    for chosen in itertools.product(*choices):
        pairs = np.array([pair for each in chosen for pair in each], dtype=np.int64)
        used = np.bincount(problem.assessor[pairs], minlength=problem.n_assessors)
        if (used <= problem.cap).all():
            yield pairs


def keeps_every_rule(problem, pairs):
    per_case = np.bincount(problem.case[pairs], minlength=problem.n_cases)
    used = np.bincount(problem.assessor[pairs], minlength=problem.n_assessors)
    covering = np.bincount(
        problem.case[pairs], weights=problem.covers_gap[pairs], minlength=problem.n_cases
    )
    return (
        (per_case == problem.required).all()
        and (used <= problem.cap).all()
        and (covering >= problem.has_gap).all()
    )
