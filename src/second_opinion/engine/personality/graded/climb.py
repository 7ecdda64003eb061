"""The way up the marginal likelihood: Newton steps, halved while it falls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from second_opinion.engine.arrays import Floats
from second_opinion.engine.personality.graded.derivatives import (
    QUICK,
    gradient_and_complete,
    missing_information,
    slopes_of,
    table_of,
)
from second_opinion.engine.personality.graded.grid import grid_for
from second_opinion.engine.personality.graded.layout import Layout
from second_opinion.engine.personality.graded.patterns import Patterns
from second_opinion.engine.personality.graded.tables import boundaries_of, is_ordered

MOST_STEPS = 100
_GAIN = 1e-5  # log-likelihood that a further step would bring
_SLOW = 0.5  # of the gain before
_MOST_HALVINGS = 20
_LONGEST_STEP = 2.0  # logits

Progress = Callable[[int, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The likelihood at one point.

    complete : information if abilities were observed
    missing : what is lost as they are not; None where nobody looked
    """

    values: Floats
    log_likelihood: float
    gradient: Floats
    complete: Floats
    missing: Floats | None

    @property
    def observed(self) -> Floats | None:
        """Information that the answers hold; None where nobody looked."""
        return None if self.missing is None else self.complete - self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """Where a climb ended."""

    look: Look
    converged: bool
    steps: int


class Climb:
    """Passes over patterns, and steps up from one to the next."""

    def __init__(self, layout: Layout, patterns: Patterns, *, progress: Progress) -> None:
        self._layout, self._patterns, self._progress = layout, patterns, progress
        self._passes = 0
        self._posterior = np.zeros((len(patterns), 2))

    def look(self, values: Floats, *, n_polynomials: int) -> Look | None:
        """One pass; None where categories would have no positive probability.

        Parameters
        ----------
        n_polynomials : along which the missing information is looked at; 0 for not at all
        """
        from second_opinion.engine.personality.graded.kernel.people import pass_over

        layout, patterns = self._layout, self._patterns
        if not is_ordered(layout, values):
            return None
        grid = grid_for(layout, values)
        at = boundaries_of(layout, values, grid.ability)
        table, counts = table_of(at), np.zeros((layout.n_rows, len(grid.ability)))
        log_likelihood = pass_over(
            patterns.category,
            patterns.weight,
            layout.row,
            table,
            grid.ability,
            grid.log_weight,
            self._posterior,
            counts,
        )
        slopes = slopes_of(at)
        gradient, complete = gradient_and_complete(layout, at, slopes, grid.ability, counts)
        self._passes += 1
        self._progress(self._passes, log_likelihood)
        return Look(
            values=values,
            log_likelihood=log_likelihood,
            gradient=gradient,
            complete=complete,
            missing=self.missing(values, n_polynomials) if n_polynomials else None,
        )

    def missing(self, values: Floats, n_polynomials: int) -> Floats:
        """The missing information where the last look was."""
        grid = grid_for(self._layout, values)
        at = boundaries_of(self._layout, values, grid.ability)
        return missing_information(
            self._layout,
            self._patterns,
            table_of(at),
            grid,
            slopes_of(at),
            self._posterior,
            n_polynomials=n_polynomials,
        )

    def top(
        self, start: Floats, *, information: Floats | None = None, enough: float = _GAIN
    ) -> Top:
        """Up from a start.

        Parameters
        ----------
        information : about what the observed one is near the top, as a sample knows it; None to
            look at it in every step
        enough : the search ends where a further step would gain less in the log-likelihood
        """
        before = np.inf
        place = self.look(start, n_polynomials=0 if information is not None else QUICK)
        if place is None:
            raise ValueError("The start has a category without probability.")
        for step in range(MOST_STEPS):
            move = _newton(place, place.observed if information is None else information)
            gain = 0.5 * float(move @ place.gradient)
            if gain < enough:
                return Top(look=place, converged=True, steps=step)
            if information is not None and gain > _SLOW * before:
                information, before = None, np.inf  # the sample knew it too badly
                place = replace(place, missing=self.missing(place.values, QUICK))
                continue
            n_polynomials = 0 if information is not None else QUICK
            higher, before = self._higher(place, move, n_polynomials=n_polynomials), gain
            if higher is None:
                return Top(look=place, converged=False, steps=step)
            place = higher
        return Top(look=place, converged=False, steps=MOST_STEPS)

    def _higher(self, place: Look, move: Floats, *, n_polynomials: int) -> Look | None:
        move = move * min(1.0, _LONGEST_STEP / max(float(np.abs(move).max()), 1e-300))
        for _ in range(_MOST_HALVINGS):
            there = self.look(place.values + move, n_polynomials=n_polynomials)
            if there is not None and there.log_likelihood > place.log_likelihood - 1e-9:
                return there
            move = move / 2
        return None


def _newton(place: Look, information: Floats | None) -> Floats:
    """A step by the observed information; by the complete one where that is no hilltop's."""
    if information is not None:
        try:
            factor = cho_factor(information, check_finite=False)
        except LinAlgError:
            pass
        else:
            return np.asarray(cho_solve(factor, place.gradient, check_finite=False))
    size = len(place.gradient)
    ridge = 1e-9 * float(np.trace(place.complete)) / size
    return np.asarray(np.linalg.solve(place.complete + ridge * np.eye(size), place.gradient))
