"""How ratings, and the truth behind them, vary together under the model."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.combination.dependence import Dependence
from second_opinion.engine.combination.severity import SeverityTable


def error_covariance(
    candidate: Integers,
    assessor: Integers,
    criterion: Integers,
    *,
    components: VarianceComponents,
    severity: SeverityTable,
    dependence: Dependence | None = None,
    shared_meeting: float = 0.0,
) -> Floats:
    """(..., n, n) covariance between the errors of ratings whose codes, (..., n), are given.

    An error is severity, assessor by criterion, halo and residual. Those of two dependent
    assessors correlate: severity over all candidates, halo and residual on the same one. Of the
    halo, opinions from one meeting share at least the part that is named so.
    """
    alike = assessor[..., :, None] == assessor[..., None, :]
    same_candidate = candidate[..., :, None] == candidate[..., None, :]
    same_criterion = criterion[..., :, None] == criterion[..., None, :]
    own_severity = severity.covariance[
        assessor[..., :, None], criterion[..., :, None], criterion[..., None, :]
    ]
    if dependence is None or dependence.is_none:
        covariance: Floats = alike * (own_severity + components.halo * same_candidate)
        return covariance + components.residual * np.eye(criterion.shape[-1])
    correlation = dependence.correlation[assessor[..., :, None], assessor[..., None, :]]
    met = dependence.same_meeting(candidate, assessor)
    together = np.maximum(correlation, np.where(alike, 1.0, shared_meeting * met))
    spread = severity.spread[assessor]
    others_severity = (
        correlation
        * spread[..., :, None]
        * spread[..., None, :]
        * (components.severity + components.assessor_by_criterion * same_criterion)
    )
    dependent: Floats = np.where(alike, own_severity, others_severity) + same_candidate * (
        components.halo * together + components.residual * correlation * same_criterion
    )
    return dependent


def truth_covariance(
    candidate: Integers,
    other_candidate: Integers,
    criterion: Integers,
    other_criterion: Integers,
    *,
    components: VarianceComponents,
    mean_variance: float,
) -> Floats:
    """(..., n, m) covariance between true standings, level of the case included."""
    same_candidate = candidate[..., :, None] == other_candidate[..., None, :]
    same_criterion = criterion[..., :, None] == other_criterion[..., None, :]
    covariance: Floats = mean_variance + same_candidate * (
        components.candidate + components.candidate_by_criterion * same_criterion
    )
    return covariance
