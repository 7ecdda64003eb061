"""Ratings drawn from the linear model that opinions are combined under."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Ratings, Scale
from second_opinion.engine.simulation.design import Design


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """Ratings, and the truth that they were drawn from; all in score points.

    mean : (n_criteria,), the population's level
    candidate : (n_candidates,), above the level on everything alike
    candidate_by_criterion : (n_candidates, n_criteria), above that on one criterion
    severity : (n_assessors,), how an assessor's level lies off; positive rates high
    halo : (n_seats,), how an overall impression is off, in the order of ``Design.seats``
    """

    ratings: Ratings
    mean: Floats
    candidate: Floats
    candidate_by_criterion: Floats
    severity: Floats
    halo: Floats

    @property
    def true_score(self) -> Floats:
        """What an errorless rating would be.

        Returns
        -------
        (n_candidates, n_criteria), score points, not cut off at the ends of the scale
        """
        return self.mean + self.candidate[:, None] + self.candidate_by_criterion


def simulate_ratings(
    design: Design,
    *,
    mean: Floats,
    components: VarianceComponents,
    rng: np.random.Generator,
) -> Simulation:
    """Draw normal effects, add them up, and round to the scores that the scale has.

    A rating is mean + candidate + candidate by criterion + severity + halo + residual. Rounding,
    and the ends of the scale, take away or add a little variance, as they do in life.

    Parameters
    ----------
    mean : (n_criteria,), score points
    components : variances, score points squared

    Raises
    ------
    ArgumentError : mean has not one value for each criterion
    NothingRatedError : every cell was left out
    """
    if mean.shape != (design.n_criteria,):
        raise ArgumentError(
            f"mean needs one value for each of the {design.n_criteria} criteria; got shape "
            f"{mean.shape}."
        )
    seats = design.seats()
    shapes = {
        "candidate": (design.n_candidates,),
        "candidate_by_criterion": (design.n_candidates, design.n_criteria),
        "severity": (design.n_assessors,),
        "halo": (len(seats),),
    }
    effects = {
        name: rng.normal(0, getattr(components, name) ** 0.5, shape)
        for name, shape in shapes.items()
    }
    residual = rng.normal(0, components.residual**0.5, (len(seats), design.n_criteria))
    given = rng.random(residual.shape) >= design.share_not_observed
    candidate, assessor = seats.T
    exact = (
        mean
        + effects["candidate"][candidate, None]
        + effects["candidate_by_criterion"][candidate]
        + effects["severity"][assessor, None]
        + effects["halo"][:, None]
        + residual
    )
    scores = _to_grid(exact, design.scales, design.step)
    ratings = _ratings(design, seats, scores, given)
    return Simulation(ratings=ratings, mean=mean.copy(), **effects)


def _to_grid(exact: Floats, scales: tuple[Scale, ...], step: float) -> Floats:
    low = np.array([scale.low for scale in scales])
    high = np.array([scale.high for scale in scales])
    steps = np.round((np.clip(exact, low, high) - low) / step)
    # Adding steps to the lowest may pass the highest by a rounding error; the scale is the law.
    on_grid: Floats = np.clip(low + steps * step, low, high)
    return on_grid


def _ratings(
    design: Design,
    seats: Integers,
    scores: Floats,
    given: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
) -> Ratings:
    seat, criterion = np.nonzero(given)
    names = {
        "candidate": [f"candidate {index + 1}" for index in range(design.n_candidates)],
        "assessor": [f"assessor {index + 1}" for index in range(design.n_assessors)],
        "criterion": [f"criterion {index + 1}" for index in range(design.n_criteria)],
    }
    return Ratings.from_names(
        candidates=[names["candidate"][index] for index in seats[seat, 0]],
        assessors=[names["assessor"][index] for index in seats[seat, 1]],
        criteria=[names["criterion"][index] for index in criterion],
        scores=scores[seat, criterion],
        scales=dict(zip(names["criterion"], design.scales, strict=True)),
        all_candidates=names["candidate"],
        all_assessors=names["assessor"],
        all_criteria=names["criterion"],
    )
