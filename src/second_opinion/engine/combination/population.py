"""What is believed about candidates and assessors before a case's ratings are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.combination.severity import Severity
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Scale

SEPARATE_INTERVIEW_AGREEMENT = 0.44
"""Correlation between two separate interviews' overall ratings.

Huffcutt, Culbertson and Weyhrauch (2013), 125 coefficients: .44 separate, .74 in one panel.
"""

PANEL_AGREEMENT = 0.74
"""The same between members of one panel: they share the occasion, not only the candidate."""

DEPENDENT_ERRORS = 0.3
"""Error correlation of assessors with one employer or training (our planning assumption)."""

PLANNING_CRITERIA = 8
"""The number of equally weighted criteria at which the planning defaults agree .44."""

SEVERITY_SHARE_OF_WHOLE = 0.09
"""Assessors' share of the variance of overall scores in the NIPS 2014 experiment (Lawrence 2014);
its other shares are .46 for the candidate and .45 for the rest."""

# The shares below are our planning assumptions, in parts of one rating's candidate variance plus
# everything else; only their consequence, the .44 on the whole, rests on published figures.
_CANDIDATE = 0.28
_CANDIDATE_BY_CRITERION = 0.12
_RESIDUAL = 0.25
_STANDARD_DEVIATION_IN_SPANS = 1 / 4  # one rating on one criterion; 1.0 on a scale of 1 to 5
_MEAN_ABOVE_MIDPOINT_IN_SPANS = 1 / 8  # finalists are rated above the middle: 3.5 on 1 to 5
_MEAN_UNCERTAINTY_IN_SPANS = 1 / 8  # standard deviation of that level from case to case


class Source(StrEnum):
    """Where a population's figures come from."""

    PLANNING_DEFAULTS = "planning defaults"
    ESTIMATED = "estimated"
    POOLED = "pooled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Level and spread of ratings in the population that a case belongs to.

    mean : (n_criteria,), score points
    mean_variance : variance of a level shared by all ratings of a case, score points squared
    severities : what links say of assessors by name, and is applied; others are unknown
    shown_severities : what the figures suggest by assumption, or from too few links; not applied
    linked_cases : by assessor's name, the candidates that link him or her to others
    shared_meeting : share of the halo variance that opinions from one meeting have in common
    standard_errors : of the components, 0 where they are planning defaults or at the boundary
    notes : what could not be told apart, in words

    Raises
    ------
    ArgumentError : a mean is not finite, mean_variance is negative, shared_meeting is not 0 to 1
    """

    mean: Floats
    mean_variance: float
    components: VarianceComponents
    source: Source
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    shown_severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    linked_cases: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    shared_meeting: float = 0.0
    standard_errors: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not np.isfinite(self.mean).all():
            raise ArgumentError("The population's means must be finite numbers.")
        if not (np.isfinite(self.mean_variance) and self.mean_variance >= 0):
            raise ArgumentError(f"mean_variance must be 0 or more; got {self.mean_variance:g}.")
        if not 0 <= self.shared_meeting <= 1:
            raise ArgumentError(f"shared_meeting must be 0 to 1; got {self.shared_meeting:g}.")


def planning_components() -> VarianceComponents:
    """Shares of the variance of one rating, summing to 1, when a case stands alone.

    Nearly all disagreement between two assessors is halo: it does not shrink when the same
    assessor rates more criteria. Halo is what makes the mean of eight criteria agree .44.
    """
    squares = 1 / PLANNING_CRITERIA
    whole_true = _CANDIDATE + _CANDIDATE_BY_CRITERION * squares
    whole_total = whole_true / SEPARATE_INTERVIEW_AGREEMENT
    severity = SEVERITY_SHARE_OF_WHOLE * whole_total
    halo = whole_total - whole_true - severity - _RESIDUAL * squares
    shares = VarianceComponents(
        candidate=_CANDIDATE,
        candidate_by_criterion=_CANDIDATE_BY_CRITERION,
        severity=severity,
        halo=halo,
        residual=_RESIDUAL,
    )
    return shares.scaled(1 / shares.total)


def planning_shared_meeting() -> float:
    """Share of the halo that makes the wholes of two panel members correlate .74."""
    shares, weights = planning_components(), [1 / PLANNING_CRITERIA] * PLANNING_CRITERIA
    whole = shares.whole_true(weights) + shares.whole_error(weights)
    return (PANEL_AGREEMENT - SEPARATE_INTERVIEW_AGREEMENT) * whole / shares.halo


def planning_population(scales: Sequence[Scale]) -> Population:
    """The documented defaults for a case without history, on its own scales.

    Parameters
    ----------
    scales : (n_criteria,); all of one span, since the components are shared by all criteria

    Raises
    ------
    ArgumentError : no scale, or scales of different spans
    """
    spans = {scale.span for scale in scales}
    if len(spans) != 1:
        raise ArgumentError(
            f"Planning defaults need criteria on scales of one span; got {len(spans)} spans."
        )
    (span,) = spans
    return Population(
        mean=np.array([scale.midpoint + _MEAN_ABOVE_MIDPOINT_IN_SPANS * span for scale in scales]),
        mean_variance=(_MEAN_UNCERTAINTY_IN_SPANS * span) ** 2,
        components=planning_components().scaled((_STANDARD_DEVIATION_IN_SPANS * span) ** 2),
        source=Source.PLANNING_DEFAULTS,
        shared_meeting=planning_shared_meeting(),
    )
