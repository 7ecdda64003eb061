"""Who rates whom, on what scale: a plan of ratings before any score is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Which assessors rate which candidate, on which criteria.

    panels : for each candidate, the numbers of its assessors, from 0
    n_assessors : how many assessors there are, also those on no panel
    scales : (n_criteria,), every criterion is rated by every assessor of a panel
    step : distance between two neighbouring scores, score points, counted from the lowest
    share_not_observed : probability that a cell is left out, 0 to below 1

    Raises
    ------
    ArgumentError : a part is empty, out of range or contradicts another
    """

    panels: tuple[tuple[int, ...], ...]
    n_assessors: int
    scales: tuple[Scale, ...]
    step: float = 1.0
    share_not_observed: float = 0.0

    def __post_init__(self) -> None:
        if not self.panels or not self.scales:
            raise ArgumentError("A design needs at least one candidate and one criterion.")
        for candidate, panel in enumerate(self.panels):
            if len(set(panel)) != len(panel) or not set(panel) <= set(range(self.n_assessors)):
                raise ArgumentError(
                    f"The panel of candidate {candidate} must name different assessors from 0 to "
                    f"{self.n_assessors - 1}; got {panel}."
                )
        if not 0 <= self.share_not_observed < 1:
            raise ArgumentError(
                f"share_not_observed must be 0 to below 1; got {self.share_not_observed:g}."
            )
        _refuse_step_off_scale(self.step, self.scales)

    @classmethod
    def rotating(
        cls,
        *,
        n_candidates: int,
        n_assessors: int,
        per_candidate: int,
        scales: tuple[Scale, ...],
        step: float = 1.0,
        share_not_observed: float = 0.0,
    ) -> Design:
        """Neighbouring panels share assessors in turn, so that all ratings hang together.

        Raises
        ------
        ArgumentError : more assessors are wanted for a candidate than there are
        """
        if not 1 <= per_candidate <= n_assessors:
            raise ArgumentError(
                f"per_candidate must be 1 to the {n_assessors} assessors; got {per_candidate}."
            )
        panels = tuple(
            tuple((candidate + seat) % n_assessors for seat in range(per_candidate))
            for candidate in range(n_candidates)
        )
        return cls(
            panels=panels,
            n_assessors=n_assessors,
            scales=scales,
            step=step,
            share_not_observed=share_not_observed,
        )

    @property
    def n_candidates(self) -> int:
        return len(self.panels)

    @property
    def n_criteria(self) -> int:
        return len(self.scales)

    def seats(self) -> Integers:
        """Each pair that meets.

        Returns
        -------
        (n_seats, 2), candidate and assessor
        """
        pairs = [
            (candidate, assessor)
            for candidate, panel in enumerate(self.panels)
            for assessor in panel
        ]
        return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _refuse_step_off_scale(step: float, scales: tuple[Scale, ...]) -> None:
    for scale in scales:
        steps = scale.span / step if step > 0 else math.nan
        if not math.isclose(steps, round(steps) if math.isfinite(steps) else 0, rel_tol=1e-9):
            raise ArgumentError(
                f"The step must divide the scale {scale} into whole steps; got {step:g}."
            )
