"""What one pass over some ratings says: sums over candidates that add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """What is known of each candidate after the ratings.

    mean : (n_candidates, n_dimensions), logits
    covariance : (n_candidates, n_dimensions, n_dimensions)
    impression : (n_pairs, 2), with halo: of the normal curve in ability plus halo that each pair's
        ratings amount to, pull and precision; else None
    """

    mean: Floats
    covariance: Floats
    impression: Floats | None = None

    def part(self, candidates: slice) -> Posterior:
        """That of some of the candidates."""
        return Posterior(mean=self.mean[candidates], covariance=self.covariance[candidates])


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The log-likelihood of some candidates and its derivatives, in the layout's coordinates.

    log_likelihood : natural log, abilities integrated out
    gradient : (n_coordinates,)
    information : (n_coordinates, n_coordinates), minus the second derivatives; empty, (0, 0),
        where it was not asked for
    posterior : of the candidates, in their order
    """

    log_likelihood: float
    gradient: Floats
    information: Floats
    posterior: Posterior


def combine(first: Statistics, second: Statistics) -> Statistics:
    """The statistics of two blocks, or of two parts of the ratings on two machines, together."""
    return Statistics(
        log_likelihood=first.log_likelihood + second.log_likelihood,
        gradient=first.gradient + second.gradient,
        information=first.information + second.information,
        posterior=Posterior(
            mean=np.concatenate([first.posterior.mean, second.posterior.mean]),
            covariance=np.concatenate([first.posterior.covariance, second.posterior.covariance]),
            impression=_joined(first.posterior.impression, second.posterior.impression),
        ),
    )


def _joined(first: Floats | None, second: Floats | None) -> Floats | None:
    return None if first is None or second is None else np.concatenate([first, second])
