"""Coefficients and the table of how many are enough."""

from pathlib import Path

import numpy as np
import pytest

from second_opinion.engine.agreement import intraclass
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.generalizability import (
    decision_study,
    dependability,
    variance_components,
)

REFERENCE = Path(__file__).parents[2] / "reference"


def brennan_study():
    person, task, rater, score = np.genfromtxt(
        REFERENCE / "generalizability" / "brennan_2001.csv", delimiter=",", skip_header=1
    ).T
    codes = {"p": person.astype(int), "t": task.astype(int), "r": rater.astype(int)}
    return variance_components(codes, score, design="p x (r:t)")


def test_errors_are_components_over_the_numbers_averaged():
    study = brennan_study()
    p, t, rt, pt, rest = (one.variance for one in study.components)

    found = dependability(study, sizes={"t": 2, "r": 5})

    assert found.universe == p
    assert found.relative_error == pytest.approx(pt / 2 + rest / 10)
    assert found.absolute_error == pytest.approx(pt / 2 + rest / 10 + t / 2 + rt / 10)
    assert found.g_coefficient == pytest.approx(p / (p + found.relative_error))
    assert found.phi == pytest.approx(p / (p + found.absolute_error))


def test_without_numbers_those_of_the_study_are_taken():
    found = dependability(brennan_study())

    assert dict(found.sizes) == {"t": 3, "r": 4}
    assert (round(found.g_coefficient, 3), round(found.phi, 3)) == (0.551, 0.464)


def test_a_fixed_facet_is_part_of_what_is_measured():
    study = brennan_study()
    p, _, rt, pt, rest = (one.variance for one in study.components)

    found = dependability(study, sizes={"t": 2, "r": 5}, fixed="t")

    assert found.universe == pytest.approx(p + pt / 2)
    assert found.relative_error == pytest.approx(rest / 10)
    assert found.absolute_error == pytest.approx(rest / 10 + rt / 10)


def test_the_table_has_every_combination_and_grows_with_the_numbers():
    table = decision_study(brennan_study(), sizes={"t": [1, 2, 3], "r": [1, 4]})

    assert [tuple(row.sizes[facet] for facet in "tr") for row in table] == [
        (1, 1),
        (1, 4),
        (2, 1),
        (2, 4),
        (3, 1),
        (3, 4),
    ]
    assert all(row.phi <= row.g_coefficient for row in table)
    assert [row.g_coefficient for row in table[::2]] == sorted(
        row.g_coefficient for row in table[::2]
    )


def test_one_rater_and_several_are_the_intraclass_correlations():
    """With p x r, G is ICC3 and Phi ICC2, for one rater and for the mean of four."""
    scores = np.genfromtxt(
        REFERENCE / "variance_components" / "shrout_fleiss.csv", delimiter=",", skip_header=1
    )[:, 1:]
    codes = {"p": np.repeat(np.arange(6), 4), "r": np.tile(np.arange(4), 6)}
    study = variance_components(codes, scores.ravel(), design="p x r")
    known = intraclass(scores)

    one, four = decision_study(study, sizes={"r": [1, 4]})

    assert one.g_coefficient == pytest.approx(known.icc3.estimate, abs=1e-6)
    assert one.phi == pytest.approx(known.icc2.estimate, abs=1e-6)
    assert four.g_coefficient == pytest.approx(known.icc3k.estimate, abs=1e-6)
    assert four.phi == pytest.approx(known.icc2k.estimate, abs=1e-6)


def test_candidates_who_do_not_differ_have_coefficients_of_nought():
    score = np.tile([1.0, 2.0, 3.0], 10)
    score[::4] += 0.1
    codes = {"p": np.repeat(np.arange(10), 3), "r": np.tile(np.arange(3), 10)}

    found = dependability(variance_components(codes, score, design="p x r"))

    assert found.universe == 0
    assert found.g_coefficient == found.phi == 0


def test_unequal_numbers_are_averaged_harmonically():
    codes = {"p": np.array([0, 0, 1, 1, 1, 1, 2, 2]), "r": np.array([0, 1, 0, 1, 2, 3, 2, 3])}
    score = np.array([1.0, 2, 2, 3, 4, 3, 1, 1])

    study = variance_components(codes, score, design="p x r")

    assert study.sizes["r"] == pytest.approx(3 / (1 / 2 + 1 / 4 + 1 / 2))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sizes": {"q": 2}}, "'q' is no facet to average over"),
        ({"sizes": {"p": 2}}, "'p' is no facet to average over"),
        ({"fixed": "p"}, "'p' is no facet to average over"),
        ({"sizes": {"r": 0}}, "at least 1 of 'r'; got 0"),
    ],
)
def test_what_cannot_be_averaged_over_is_refused(options, message):
    with pytest.raises(ArgumentError, match=message):
        dependability(brennan_study(), **options)
