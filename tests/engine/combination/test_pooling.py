"""A provider's own figures beside the planning defaults."""

import dataclasses

import numpy as np
import pytest

from second_opinion.engine.combination import (
    Source,
    estimate_population,
    planning_population,
    pooled_population,
)
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.simulation import Design, simulate_ratings
from tests.engine.combination.cases import FIVE

PLANNING = planning_population([FIVE] * 4)
OWN = dataclasses.replace(
    PLANNING.components, candidate=0.5, candidate_by_criterion=0.05, halo=0.1, residual=0.1
)


def estimated(n_candidates):
    design = Design.rotating(
        n_candidates=n_candidates, n_assessors=8, per_candidate=2, scales=(FIVE,) * 4, step=0.5
    )
    drawn = simulate_ratings(
        design, mean=np.full(4, 3.0), components=OWN, rng=np.random.default_rng(3)
    )
    return estimate_population(drawn.ratings)


def test_pooled_variances_lie_between_and_come_nearer_with_every_case():
    few, many = estimated(30), estimated(600)

    gaps = []
    for own in (few, many):
        pooled = pooled_population(own, PLANNING)
        ends = sorted((own.components.halo, PLANNING.components.halo))
        assert ends[0] <= pooled.components.halo <= ends[1]
        assert pooled.source is Source.POOLED
        gaps.append(
            (pooled.components.halo - own.components.halo)
            / (PLANNING.components.halo - own.components.halo)
        )
    assert gaps[1] < gaps[0] < 1
    assert gaps[1] < 0.2


def test_defaults_worth_nothing_leave_the_own_figures():
    own = estimated(60)

    pooled = pooled_population(own, PLANNING, degrees_of_freedom=0.0)

    assert pooled.components.halo == pytest.approx(own.components.halo)
    assert pooled.shared_meeting == PLANNING.shared_meeting


def test_what_does_not_fit_is_refused():
    own = estimated(60)

    with pytest.raises(ArgumentError, match="criteria"):
        pooled_population(own, planning_population([FIVE] * 3))
    with pytest.raises(ArgumentError, match="degrees_of_freedom"):
        pooled_population(own, PLANNING, degrees_of_freedom=-1.0)
