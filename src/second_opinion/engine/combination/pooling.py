"""A provider's own figures and the planning defaults, each with the weight that it has earned."""

from __future__ import annotations

import dataclasses
import math
from types import MappingProxyType

from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.combination.population import Population, Source
from second_opinion.engine.errors import ArgumentError

PRIOR_DEGREES_OF_FREEDOM = 20.0
"""What the planning defaults of a variance are taken to be worth (our planning assumption)."""


def pooled_population(
    own: Population,
    planning: Population,
    *,
    degrees_of_freedom: float = PRIOR_DEGREES_OF_FREEDOM,
) -> Population:
    """Variances and level between the estimated and the planned, nearer to the better known.

    A variance s^2 with standard error e has 2 s^4 / e^2 degrees of freedom (Satterthwaite 1946);
    the pooled one is the mean of both, weighted by theirs: the posterior under a scaled inverse
    chi-square prior. A variance estimated as 0 has no standard error, and gets the degrees of
    freedom of the best known one. Severities stay as the links gave them.

    Parameters
    ----------
    own : estimated, of the same criteria
    planning : the documented defaults on the same scales
    degrees_of_freedom : what the defaults are worth, 0 or more

    Raises
    ------
    ArgumentError : criteria differ in number, or degrees_of_freedom is negative or not finite

    References
    ----------
    Satterthwaite (1946); Gelman et al. (2013), section 2.6, the conjugate prior of a variance.
    """
    if own.mean.shape != planning.mean.shape:
        raise ArgumentError(
            f"own has {own.mean.size} criteria and planning {planning.mean.size}; they must agree."
        )
    if not (math.isfinite(degrees_of_freedom) and degrees_of_freedom >= 0):
        raise ArgumentError(f"degrees_of_freedom must be 0 or more; got {degrees_of_freedom:g}.")
    level = planning.mean_variance / (planning.mean_variance + own.mean_variance or 1.0)
    return Population(
        mean=level * own.mean + (1 - level) * planning.mean,
        mean_variance=level * own.mean_variance,
        components=_pooled(own, planning, degrees_of_freedom=degrees_of_freedom),
        source=Source.POOLED,
        severities=own.severities,
        shown_severities=own.shown_severities,
        linked_cases=own.linked_cases,
        shared_meeting=planning.shared_meeting,
        standard_errors=MappingProxyType(dict(own.standard_errors)),
        notes=own.notes,
    )


def _pooled(
    own: Population, planning: Population, *, degrees_of_freedom: float
) -> VarianceComponents:
    """Each variance with the weight that its standard error has earned."""
    mine = dataclasses.asdict(own.components)
    theirs = dataclasses.asdict(planning.components)
    known = {
        name: 2 * (mine[name] / error) ** 2
        for name, error in own.standard_errors.items()
        if error > 0
    }
    most = max(known.values(), default=0.0)
    variances = {}
    for name, variance in mine.items():
        earned = known.get(name, most)
        total = earned + degrees_of_freedom
        share = earned / total if total > 0 else 0.0
        variances[name] = share * variance + (1 - share) * theirs[name]
    return VarianceComponents(**variances)
