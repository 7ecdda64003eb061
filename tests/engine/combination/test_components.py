import numpy as np
import pytest

from second_opinion.engine.combination import (
    Population,
    Source,
    VarianceComponents,
    planning_components,
    planning_population,
)
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Scale


def test_planning_defaults_make_the_mean_of_eight_criteria_agree_as_separate_interviews_do():
    """Huffcutt, Culbertson and Weyhrauch (2013): .44 between separate interviews."""
    assert planning_components().whole_agreement([1 / 8] * 8) == pytest.approx(0.44, abs=1e-12)


def test_planning_shares_sum_to_one_and_give_assessors_their_published_share_of_the_whole():
    """Lawrence (2014): .09 of the variance of overall scores lies between assessors."""
    shares = planning_components()
    weights = [1 / 8] * 8

    assert shares.total == pytest.approx(1)
    whole = shares.whole_true(weights) + shares.whole_error(weights)
    assert shares.severity / whole == pytest.approx(0.09)


def test_nearly_all_of_the_wholes_error_is_halo():
    shares = planning_components()

    assert shares.halo / shares.whole_error([1 / 8] * 8) > 0.75


def test_more_criteria_from_the_same_assessor_hardly_raise_agreement():
    shares = planning_components()

    assert shares.whole_agreement([1 / 80] * 80) < 0.46


def test_planning_population_follows_the_scale():
    narrow = planning_population([Scale(1, 5)] * 2)
    wide = planning_population([Scale(0, 100)])

    assert narrow.mean.tolist() == [3.5, 3.5]
    assert narrow.components.total == pytest.approx(1)
    assert wide.mean.tolist() == [62.5]
    assert wide.components.total == pytest.approx(625)
    assert wide.source is Source.PLANNING_DEFAULTS


@pytest.mark.parametrize("scales", [[], [Scale(1, 5), Scale(0, 100)]])
def test_planning_population_refuses_scales_of_several_spans(scales):
    with pytest.raises(ArgumentError, match="one span"):
        planning_population(scales)


@pytest.mark.parametrize("bad", [-0.1, float("nan"), float("inf")])
def test_an_impossible_variance_is_refused_by_name(bad):
    with pytest.raises(ArgumentError, match="'halo'"):
        VarianceComponents(candidate=1, candidate_by_criterion=0, severity=0, halo=bad, residual=1)


def test_variances_that_are_all_zero_are_refused():
    with pytest.raises(ArgumentError, match="all are zero"):
        VarianceComponents(candidate=0, candidate_by_criterion=0, severity=0, halo=0, residual=0)


@pytest.mark.parametrize(
    ("change", "word"), [({"mean": [float("nan")]}, "means"), ({"mean_variance": -1.0}, "mean_v")]
)
def test_an_impossible_population_is_refused(change, word):
    given = {"mean": [3.0], "mean_variance": 0.0} | change
    with pytest.raises(ArgumentError, match=word):
        Population(
            mean=np.array(given["mean"]),
            mean_variance=given["mean_variance"],
            components=planning_components(),
            source=Source.ESTIMATED,
        )
