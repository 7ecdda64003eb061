"""A prediction read on the grid that scores are given on.

Each score stands for its step: half a step to either side, with all that lies beyond the scale's
ends counted to the end scores, so that the probabilities of all scores sum to one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.evidence.prediction import Prediction

STEPS = (1.0, 0.5, 0.1)
_TOLERANCE = 1e-6  # of a step: scores are written in decimals
_LEAST_PROBABILITY = 1e-300  # keeps a logarithm finite


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Each score's own step, and its lowest and highest possible value; (n,) each."""

    step: Floats
    low: Floats
    high: Floats

    def of(self, chosen: Integers) -> Grid:
        """The grid of the chosen scores only."""
        return Grid(step=self.step[chosen], low=self.low[chosen], high=self.high[chosen])

    def below(self, value: Floats, prediction: Prediction) -> Floats:
        """(n,): the probability of a score under value's step."""
        edge = np.where(value <= self.low + _TOLERANCE * self.step, -np.inf, value - self.step / 2)
        return prediction.under(edge)

    def up_to(self, value: Floats, prediction: Prediction) -> Floats:
        """(n,): the probability of a score up to and including value's step."""
        edge = np.where(value >= self.high - _TOLERANCE * self.step, np.inf, value + self.step / 2)
        return prediction.under(edge)

    def holds(self, value: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """(n,): whether value is a score that can be given."""
        steps = (value - self.low) / self.step
        return np.abs(steps - np.round(steps)) <= _TOLERANCE


def step_that_fits(scores: Floats, low: Floats) -> float:
    """The largest of 1, .5 and .1 that every score lies on, counted from its scale's low end.

    Returns .1 where none fits.
    """
    for step in STEPS:
        steps = (scores - low) / step
        if (np.abs(steps - np.round(steps)) <= _TOLERANCE).all():
            return step
    return STEPS[-1]


def log_scores(below: Floats, up_to: Floats) -> Floats:
    """(n,): natural log of the probability of the step that was given; at most 0.

    below, up_to : (n,), the probability under that step, and up to and including it
    """
    return np.log(np.maximum(up_to - below, _LEAST_PROBABILITY))


def inside(below: Floats, up_to: Floats, *, level: float) -> Floats:
    """(n,): how much of each given score lies inside the central interval of this level, 0 to 1.

    A score's step spans a range of the probability integral transform; what counts is the part
    of that range inside the central interval, so no random draw is needed.

    References
    ----------
    Czado, Gneiting and Held (2009), the non-randomised transform for counts.
    """
    width = np.maximum(up_to - below, _LEAST_PROBABILITY)
    lower, upper = (1 - level) / 2, (1 + level) / 2
    part = np.clip(below + width, lower, upper) - np.clip(below, lower, upper)
    shares: Floats = part / width
    return shares


def probability_over(grid: Grid, bar: Floats, prediction: Prediction) -> Floats:
    """(n,): the probability of a score over the bar, a score on it counting one half."""
    on_grid = grid.holds(bar)
    tie = 1 - (grid.below(bar, prediction) + grid.up_to(bar, prediction)) / 2
    between = np.floor((bar - grid.low) / grid.step) * grid.step + grid.low
    return np.where(on_grid, tie, 1 - grid.up_to(between, prediction))
