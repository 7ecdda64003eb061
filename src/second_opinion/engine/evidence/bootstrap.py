"""How far figures would move with other candidates: candidates drawn anew with replacement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.evidence.result import Figure

REPLICATES = 1000
_TAIL = 2.5  # percent at either end


@dataclass(frozen=True, slots=True)
class Resampling:
    """How often each candidate was drawn; one row for each replicate.

    place : (n,), whose held-out score it is, 0 to below m
    counts : (replicates, m)
    """

    place: Integers
    counts: Floats

    @classmethod
    def of(cls, candidate: Integers, *, rng: np.random.Generator) -> Resampling:
        """Candidates, all their held-out scores with them, drawn as often as there are."""
        _, place = np.unique(candidate, return_inverse=True)
        m = int(place.max()) + 1
        counts = rng.multinomial(m, np.full(m, 1 / m), size=REPLICATES)
        return cls(place, counts.astype(np.float64))

    def mean(self, values: Floats) -> Figure:
        """A mean over held-out scores.

        References
        ----------
        Efron and Tibshirani (1993), ch. 13, percentile intervals; drawn by candidate, ch. 8.
        """
        return _figure(float(values.mean()), self._means(values))

    def root_mean(self, squares: Floats) -> Figure:
        """The root of a mean of squares."""
        return _figure(float(np.sqrt(squares.mean())), np.sqrt(self._means(squares)))

    def root_mean_difference(self, squares: Floats, others: Floats) -> Figure:
        """One root mean square less another, on the same held-out scores."""
        value = float(np.sqrt(squares.mean()) - np.sqrt(others.mean()))
        return _figure(value, np.sqrt(self._means(squares)) - np.sqrt(self._means(others)))

    def _means(self, values: Floats) -> Floats:
        sums = np.bincount(self.place, weights=values)
        sizes = np.bincount(self.place)
        means: Floats = (self.counts @ sums) / (self.counts @ sizes)
        return means


def _figure(value: float, replicates: Floats) -> Figure:
    low, high = np.percentile(replicates, [_TAIL, 100 - _TAIL])
    return Figure(value=value, low=float(low), high=float(high))
