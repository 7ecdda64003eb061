import math

import numpy as np
import pytest

from second_opinion.engine.combination import VarianceComponents, compare_opinions
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Ratings, Scale

COMPONENTS = VarianceComponents(
    candidate=0.3, candidate_by_criterion=0.1, severity=0.05, halo=0.25, residual=0.2
)
WEIGHTS = np.array([0.5, 0.3, 0.2])


def opinions(first, second):
    rows = [
        ("Bo", assessor, f"k{index}", score)
        for assessor, scores in (("Ada", first), ("Eva", second))
        for index, score in enumerate(scores)
        if score is not None
    ]
    candidates, assessors, criteria, scores = zip(*rows, strict=True)
    return Ratings.from_names(
        candidates=candidates,
        assessors=assessors,
        criteria=criteria,
        scores=scores,
        scales=Scale(1, 5),
        all_criteria=("k0", "k1", "k2"),
    )


def compare(first, second):
    return compare_opinions(
        opinions(first, second),
        candidate=0,
        first=0,
        second=1,
        weights=WEIGHTS,
        components=COMPONENTS,
    )


def test_the_difference_is_second_minus_first():
    found = compare([2, 3, 4], [4, 3, 3])

    assert found.difference.tolist() == [2, 0, -1]
    assert found.whole_difference == pytest.approx(0.5 * 2 - 0.2)


def test_only_a_difference_beyond_the_chance_range_is_surprising():
    """Two ratings of one truth differ with variance 2 (.05 + .25 + .2) = 1: beyond 1.96."""
    found = compare([2, 2, 4], [4, 3, 3])

    assert found.chance_range == pytest.approx(1.96)
    assert found.surprising.tolist() == [True, False, False]


def test_chance_differences_are_called_surprising_once_in_twenty():
    rng = np.random.default_rng(3)
    n = 20_000
    judged = rng.normal(0, math.sqrt(0.05 + 0.25), (n, 2, 1))
    noise = rng.normal(0, math.sqrt(0.2), (n, 2, 3))
    difference = np.diff((judged + noise) @ WEIGHTS, axis=1)
    range_of_chance = compare([3, 3, 3], [3, 3, 3]).whole_chance_range

    beyond = (np.abs(difference) > range_of_chance).mean()

    assert beyond == pytest.approx(0.05, abs=3 * math.sqrt(0.05 * 0.95 / n))


def test_what_only_one_rated_is_left_out_and_the_weights_are_shared_anew():
    found = compare([2, None, 4], [3, 3, 4])

    assert math.isnan(found.difference[1])
    assert not found.surprising[1]
    assert found.whole_difference == pytest.approx(0.5 / 0.7)


def test_opinions_that_share_no_criterion_have_no_whole_to_compare():
    found = compare([2, None, None], [None, 3, 4])

    assert math.isnan(found.whole_difference)
    assert not found.whole_surprising


def test_an_assessor_is_not_compared_with_herself():
    with pytest.raises(ArgumentError, match="two different assessors"):
        compare_opinions(
            opinions([3, 3, 3], [3, 3, 3]),
            candidate=0,
            first=1,
            second=1,
            weights=WEIGHTS,
            components=COMPONENTS,
        )
