"""Within-group agreement: its formula, its limits and what it says of camps."""

import numpy as np
import pytest

from second_opinion.engine.agreement import (
    within_group_agreement,
    within_group_agreement_of_criteria,
)
from second_opinion.engine.errors import ArgumentError


def test_one_minus_the_variance_over_that_of_even_guessing():
    """Scores 3, 4, 4, 5 on five steps: variance 2/3 beside (25 - 1) / 12 = 2."""
    found = within_group_agreement([[3, 4, 4, 5]], n_options=5)

    assert found.by_unit.tolist() == pytest.approx([2 / 3])
    assert found.mean.estimate == pytest.approx(2 / 3)
    assert np.isnan(found.mean.low)  # one unit has no spread between units


def test_equal_scores_agree_wholly_and_opposite_camps_not_at_all():
    found = within_group_agreement([[4, 4, 4], [1, 5, 5], [np.nan, 2, np.nan]], n_options=5)

    assert found.by_unit[:2].tolist() == [1, 0]
    assert np.isnan(found.by_unit[2])
    assert found.mean.n == 2
    assert "1 units were rated once only" in found.mean.cautions[1]
    assert "1 units spread more than even guessing" in found.mean.cautions[2]


def test_the_interval_is_that_of_a_mean():
    table = np.random.default_rng(1).integers(2, 5, (40, 4)).astype(float)

    found = within_group_agreement(table, n_options=5)

    mean, error = found.by_unit.mean(), found.by_unit.std(ddof=1) / 40**0.5
    assert (found.mean.low, found.mean.high) == pytest.approx(
        (mean - 2.0227 * error, mean + 2.0227 * error), abs=1e-4
    )


def test_several_criteria_are_stepped_up():
    """Two criteria with variances 2/3 and 0 on five steps: mean share 1/6."""
    scores = np.stack([[[3, 4, 4, 5], [2, 2, 2, 2]]], axis=0).transpose(0, 2, 1).astype(float)

    found = within_group_agreement_of_criteria(scores, n_options=5)

    assert found.tolist() == pytest.approx([2 * (5 / 6) / (2 * (5 / 6) + 1 / 6)])


def test_a_unit_that_nobody_rated_twice_has_no_value():
    scores = np.full((1, 3, 2), np.nan)
    scores[0, 0, 0] = 3

    assert np.isnan(within_group_agreement_of_criteria(scores, n_options=5)).all()
    assert np.isnan(within_group_agreement([[3, np.nan]], n_options=5).mean.estimate)


def test_what_is_no_scale_or_table_is_refused():
    with pytest.raises(ArgumentError, match="two scores or more; got n_options 1"):
        within_group_agreement([[1, 1]], n_options=1)
    with pytest.raises(ArgumentError, match="units x raters x criteria; got 2"):
        within_group_agreement_of_criteria(np.ones((2, 2)), n_options=5)
