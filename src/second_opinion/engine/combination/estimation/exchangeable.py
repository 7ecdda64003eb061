"""A population estimated from cases whose criteria are not the same: criteria taken as alike."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from second_opinion.engine.arrays import Integers
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.combination.estimation.means import common_mean
from second_opinion.engine.combination.estimation.population import (
    components_of,
    design_of,
    require_enough,
    severities_of,
)
from second_opinion.engine.combination.population import Population, Source
from second_opinion.engine.combination.severity import Severity
from second_opinion.engine.errors import ArgumentError, NotEnoughRatingsError
from second_opinion.engine.generalizability import variance_components
from second_opinion.engine.ratings import Ratings


def estimate_exchangeable(
    ratings: Ratings, *, n_criteria: int, case_of: Integers | None = None
) -> Population:
    """A population for a case of n_criteria, from earlier cases with criteria of their own.

    A criterion counts by its place in its own profile, and no place differs from another in
    level: all have one mean. What assessors differ by on single criteria is part of the rest,
    and their severities are levels.

    Parameters
    ----------
    ratings : criteria are places in the profiles, two or more
    case_of : (n_candidates,), which case each belongs to; links are then counted in cases

    Raises
    ------
    ArgumentError : fewer than two places, n_criteria below 1
    NotEnoughRatingsError : as estimate_population
    """
    if len(ratings.criterion) < 2 or n_criteria < 1:
        raise ArgumentError("Exchangeable criteria need two places or more, and one to be used on.")
    require_enough(ratings)
    if not float(ratings.score.std()) > 0:
        raise NotEnoughRatingsError(
            f"All {len(ratings)} ratings are {ratings.score[0]:g}; nothing can be told from them."
        )
    design = design_of(ratings)
    study = variance_components(
        {"p": ratings.candidate.codes, "r": ratings.assessor.codes, "t": ratings.criterion.codes},
        ratings.score,
        design="p x r x t",
        only=[*(name for name in design.effects if name != "rt"), "t"],
    )
    components = VarianceComponents(**components_of(study, "variance"))
    level, level_variance = common_mean(ratings, components)
    applied, shown, links = severities_of(
        ratings,
        components,
        design,
        mean=np.full(len(ratings.criterion), level),
        case_of=case_of,
    )
    return Population(
        mean=np.full(n_criteria, level),
        mean_variance=level_variance,
        components=components,
        source=Source.ESTIMATED,
        severities=_as_levels(applied, n_criteria),
        shown_severities=_as_levels(shown, n_criteria),
        linked_cases=MappingProxyType(links),
        standard_errors=MappingProxyType(components_of(study, "standard_error")),
        notes=design.notes,
    )


def _as_levels(severities: dict[str, Severity], n_criteria: int) -> MappingProxyType[str, Severity]:
    return MappingProxyType(
        {
            name: Severity.of_level(one.level, one.level_variance, n_criteria=n_criteria)
            for name, one in severities.items()
        }
    )
