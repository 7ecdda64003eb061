"""From ratings to units and raters, as a table or as a list, and the counts of values."""

import numpy as np
import pytest

from second_opinion.engine.agreement import (
    Units,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    intraclass,
    kendall_w,
    krippendorff_alpha,
    percent_agreement,
    within_group_agreement,
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
    units = Units.of_ratings(ratings(), criterion="pace")

    assert units.raters == ("Ada", "Eva")
    assert (units.n_units, units.is_complete, units.is_nested) == (2, False, False)
    np.testing.assert_array_equal(units.whole(), [[3, 4]])


def test_all_criteria_are_units_of_their_own():
    units = Units.of_ratings(ratings())

    assert (units.n_units, units.raters) == (3, ("Ada", "Eva", "Ola"))
    assert units.n_ratings.tolist() == [2, 1, 2]


def test_an_unknown_criterion_is_refused_by_name():
    with pytest.raises(UnknownNameError, match="'taste' is not among the criteria"):
        Units.of_ratings(ratings(), criterion="taste")


def with_gaps(seed, shape=(40, 4), n_values=5):
    rng = np.random.default_rng(seed)
    table = rng.integers(1, n_values + 1, shape).astype(float)
    table[rng.random(shape) < 0.3] = np.nan
    return table


STATISTICS = [
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    percent_agreement,
    kendall_w,
    lambda table: intraclass(table).icc2,
    lambda table: within_group_agreement(table, n_options=5).mean,
    lambda table: krippendorff_alpha(table, "ordinal", rng=np.random.default_rng(1), resamples=20),
]


@pytest.mark.parametrize("statistic", STATISTICS)
@pytest.mark.parametrize("n_values", [2, 5, 60])
def test_a_table_and_the_list_of_its_ratings_give_the_same(statistic, n_values):
    table = with_gaps(n_values, n_values=n_values)
    table[:6] = np.nan_to_num(table[:6], nan=1.0)

    found, expected = statistic(Units.of_table(table)), statistic(table)

    figures = ("estimate", "low", "high")
    assert [getattr(found, name) for name in figures] == pytest.approx(
        [getattr(expected, name) for name in figures], nan_ok=True
    )
    assert found.n == expected.n


def test_assessors_who_never_meet_again_give_the_first_correlation_only():
    table = with_gaps(3, (30, 3))
    rows, columns = np.nonzero(~np.isnan(table))
    nested = np.full((30, len(rows)), np.nan)
    nested[rows, np.arange(len(rows))] = table[rows, columns]

    found, expected = intraclass(nested), intraclass(table)

    assert found.icc1.estimate == pytest.approx(expected.icc1.estimate)
    assert (found.icc1.low, found.icc1.high) == pytest.approx(
        (expected.icc1.low, expected.icc1.high)
    )
    assert np.isnan([found.icc2.estimate, found.icc3k.estimate]).all()
    assert any("No rater rated two units" in one for one in found.icc2.cautions)


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
