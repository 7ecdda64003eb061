"""What a step trusts: the curvature that was last looked at, corrected by gradients since."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.identification import Identification

_MOST_MEMORIES = 6
_LEAST_RIDGE = 1e-9  # of the diagonal: where a direction is open, rounding alone must not lead


@dataclass(frozen=True, slots=True, kw_only=True)
class Curvature:
    """Minus the second derivatives within the plane, as far as they are known.

    seen : those last looked at
    factor : Cholesky's, of them within the plane
    moves : how far the search went since, and how the gradient fell on the way
    """

    identification: Identification
    seen: Floats
    factor: tuple[Floats, bool]
    moves: tuple[tuple[Floats, Floats], ...] = ()

    @classmethod
    def of(cls, identification: Identification, information: Floats) -> Curvature:
        """As just looked at; made steeper where it is no hilltop's."""
        inside = identification.within(information)
        diagonal, ridge = np.abs(np.diagonal(inside)), _LEAST_RIDGE
        while True:
            try:
                factor = cho_factor(inside + ridge * np.diag(diagonal + 1.0), check_finite=False)
            except LinAlgError:
                ridge = max(4 * ridge, 0.01)
            else:
                return cls(identification=identification, seen=information, factor=factor)

    def after(self, move: Floats, fall: Floats) -> Curvature:
        """With one more move, and how the gradient fell on it; left out where it did not."""
        if float(move @ fall) <= 1e-12 * float(np.abs(move) @ np.abs(fall)):
            return self
        return replace(self, moves=(*self.moves, (move, fall))[-_MOST_MEMORIES:])

    def step(self, gradient: Floats) -> Floats:
        """Where the gradient would vanish.

        References
        ----------
        Nocedal (1980): the two loops of limited-memory quasi-Newton steps.
        """
        rest, parts = gradient.copy(), []
        for move, fall in reversed(self.moves):
            part = float(move @ rest) / float(move @ fall)
            rest -= part * fall
            parts.append(part)
        step = self.identification.project(cho_solve(self.factor, rest, check_finite=False))
        for (move, fall), part in zip(self.moves, reversed(parts), strict=True):
            step += (part - float(fall @ step) / float(move @ fall)) * move
        return np.asarray(step)
