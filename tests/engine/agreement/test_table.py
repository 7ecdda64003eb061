"""From ratings to units x raters, criterion by criterion and pair by pair."""

import numpy as np
import pytest

from second_opinion.engine.agreement import (
    by_criterion,
    by_pair,
    cohen_kappa,
    gwet_ac1,
    units_by_raters,
)
from second_opinion.engine.agreement.counts import count_values
from second_opinion.engine.errors import UnknownNameError
from second_opinion.engine.ratings import Ratings, Scale

ROWS = [
    ("Al", "Ada", "pace", 3),
    ("Al", "Eva", "pace", 4),
    ("Bo", "Ada", "pace", 2),
    ("Bo", "Eva", "craft", 5),
    ("Bo", "Ola", "craft", 1),
]


def ratings(rows=ROWS, **options):
    candidates, assessors, criteria, scores = zip(*rows, strict=True)
    return Ratings.from_names(
        candidates=candidates,
        assessors=assessors,
        criteria=criteria,
        scores=scores,
        scales=Scale(1, 5),
        **options,
    )


def test_one_criterion_is_candidates_by_assessors():
    np.testing.assert_array_equal(
        units_by_raters(ratings(), criterion="pace"), [[3, 4, np.nan], [2, np.nan, np.nan]]
    )


def test_all_criteria_are_units_of_their_own():
    nan = np.nan

    np.testing.assert_array_equal(
        units_by_raters(ratings()), [[3, 4, nan], [nan] * 3, [2, nan, nan], [nan, 5, 1]]
    )


def test_an_unknown_criterion_is_refused_by_name():
    with pytest.raises(UnknownNameError, match="'taste' is not among the criteria"):
        units_by_raters(ratings(), criterion="taste")


def test_each_criterion_that_was_rated_has_its_statistic():
    table = ratings(all_criteria=("craft", "taste", "pace"))

    found = by_criterion(table, gwet_ac1)

    assert list(found) == ["craft", "pace"]
    assert found["pace"] == gwet_ac1(units_by_raters(table, criterion="pace"))


def test_each_pair_that_shares_a_unit_has_its_statistic():
    found = by_pair(ratings(), lambda pair: pair.tolist())

    assert found == {("Ada", "Eva"): [[3, 4]], ("Eva", "Ola"): [[5, 1]]}


def test_a_pair_can_be_read_on_one_criterion():
    found = by_pair(ratings(), cohen_kappa, criterion="pace")

    assert list(found) == [("Ada", "Eva")]
    assert found["Ada", "Eva"].n == 1


@pytest.mark.parametrize("shift", [0, 0.25])
def test_equal_counts_are_kept_once_whatever_the_values(shift):
    table = np.array([[1, 2, np.nan], [2, 1, np.nan], [2, 2, 2], [np.nan] * 3, [7, 1, 1]]) + shift

    counts = count_values(table)

    rows = {
        (tuple(row), int(often))
        for row, often in zip(counts.counts.toarray(), counts.n_units, strict=True)
    }
    assert counts.values.tolist() == [1 + shift, 2 + shift, 7 + shift]
    assert rows == {((1, 1, 0), 2), ((0, 3, 0), 1), ((2, 0, 1), 1)}


@pytest.mark.parametrize("n_values", [3, 30, 300])
def test_every_way_of_counting_gives_the_same_margins(n_values):
    """Few values are counted by bins, more by sorting, very many with a row for each unit."""
    rng = np.random.default_rng(n_values)
    table = rng.integers(0, n_values, (2000, 3)).astype(float)
    table[rng.random(table.shape) < 0.3] = np.nan
    given = table[~np.isnan(table)]

    counts = count_values(table)

    expected, often = np.unique(given, return_counts=True)
    np.testing.assert_array_equal(counts.values, expected)
    np.testing.assert_array_equal(counts.margins, often)
    assert counts.n_paired == ((~np.isnan(table)).sum(axis=1) >= 2).sum()
