"""The way up the marginal likelihood: Newton steps within the plane that identifies the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.curvature import Curvature
from second_opinion.engine.facets.identification import Identification
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.parameters import Parameters, coordinates_of, parameters_at
from second_opinion.engine.facets.statistics import Posterior, Statistics

MOST_ITERATIONS = 60
_GAIN = 3e-3  # log-likelihood that one more step would add: then the accurate pass makes that step
_LAST_GAIN = 1e-3  # the same where the search ends
_LONGEST_STEP = 1.5  # in any coordinate, logits
_NEAR_STEP = 0.1  # logits: a shorter step leaves candidates where they were
_FRESH = 2  # the first passes look at the curvature anew
_SLOW = 0.1  # of the gain before: more than that, and the curvature is looked at anew
_MOST_HALVINGS = 12
_ROUNDING = 1e-9

Pass = Callable[[Parameters, Posterior | None, bool, bool], Statistics]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Where a search begins.

    information : about what minus the second derivatives of the log-likelihood are there; None
        where nobody knows, and where the beginning may be far from the top
    """

    parameters: Parameters
    information: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """Where the search ended.

    statistics : by an accurate pass, with the information
    """

    parameters: Parameters
    statistics: Statistics
    converged: bool
    iterations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A point of the search, with the curvature that the next step trusts."""

    at: Floats
    found: Statistics
    curvature: Curvature


class Climb:
    """Newton steps, halved while the log-likelihood falls.

    The curvature is looked at in the first passes; after that the last one seen is corrected by
    how the gradient changed since, and looking again pays only where progress is slow.

    Parameters
    ----------
    pass_over : statistics of all ratings at given parameters, near an earlier posterior, with the
        information or without, accurate or not
    """

    def __init__(self, layout: Layout, identification: Identification, pass_over: Pass) -> None:
        self._layout, self._identification = layout, identification
        self._pass_over = pass_over
        self._iterations = 0

    def near_top(self, begin: Beginning) -> Beginning:
        """Where quick passes alone lead, with the information that was last looked at."""
        place, _ = self._up(self._first_look(begin), is_accurate=False)
        return Beginning(
            parameters=parameters_at(self._layout, place.at), information=place.curvature.seen
        )

    def top(self, begin: Beginning) -> Top:
        """Up from a beginning by quick passes, and by accurate ones where these saw it wrong."""
        fresh = _FRESH if begin.information is None else 0
        place, _ = self._up(self._first_look(begin), is_accurate=False, fresh=fresh)
        last = self._look(place.at, place.found.posterior, with_information=True, is_accurate=True)
        step, gain = self._step(last)
        settled = self._settled(last, step) if gain < 2 * _GAIN else last
        converged = self._step(settled)[1] < _LAST_GAIN
        if converged:
            last = settled
        else:
            last, converged = self._up(last, is_accurate=True)
            if not last.found.information.size:
                last = self._look(
                    last.at, last.found.posterior, with_information=True, is_accurate=True
                )
            if converged:
                last = self._settled(last, self._step(last)[0])
        return Top(
            parameters=parameters_at(self._layout, last.at),
            statistics=last.found,
            converged=converged,
            iterations=self._iterations,
        )

    def _first_look(self, begin: Beginning) -> _Place:
        at = coordinates_of(self._layout, begin.parameters)
        if begin.information is None:
            return self._look(at, None, with_information=True, is_accurate=False)
        curvature = Curvature.of(self._identification, begin.information)
        found = self._statistics(at, None, with_information=False, is_accurate=False)
        return _Place(at=at, found=found, curvature=curvature)

    def _settled(self, last: _Place, step: Floats) -> _Place:
        """One step on: the log-likelihood and the candidates there; the curvature is the same."""
        there = self._look(
            last.at + step,
            last.found.posterior,
            with_information=False,
            is_accurate=True,
            before=last,
        )
        return replace(there, found=replace(there.found, information=last.found.information))

    def _up(self, place: _Place, *, is_accurate: bool, fresh: int = _FRESH) -> tuple[_Place, bool]:
        before = np.inf
        for iteration in range(1, MOST_ITERATIONS + 1):
            step, gain = self._step(place)
            if gain < _GAIN:
                return place, True
            self._iterations += 1
            is_slow = gain > _SLOW * before
            moved = self._higher(
                place, step, with_information=iteration < fresh or is_slow, is_accurate=is_accurate
            )
            if moved is None and not place.found.information.size:
                moved = self._look(place.at, None, with_information=True, is_accurate=is_accurate)
            if moved is None:
                return place, False
            place, before = moved, gain
        return place, False

    def _step(self, place: _Place) -> tuple[Floats, float]:
        """A step up, no longer than trust in a quadratic reaches, and what it would gain."""
        gradient = self._identification.project(place.found.gradient)
        step = place.curvature.step(gradient)
        gain = 0.5 * float(step @ gradient)
        longest = max(float(np.abs(step).max()), 1e-300)
        return step * min(1.0, _LONGEST_STEP / longest), gain

    def _higher(
        self, place: _Place, step: Floats, *, with_information: bool, is_accurate: bool
    ) -> _Place | None:
        """A point along the step where the log-likelihood is not lower; None where none is."""
        least = place.found.log_likelihood - _ROUNDING * abs(place.found.log_likelihood)
        for _ in range(_MOST_HALVINGS):
            is_near = float(np.abs(step).max()) < _NEAR_STEP
            there = self._look(
                place.at + step,
                place.found.posterior if is_near else None,
                with_information=with_information,
                is_accurate=is_accurate,
                before=place,
            )
            if there.found.log_likelihood >= least:
                return there
            step = step / 2
        return None

    def _look(
        self,
        at: Floats,
        near: Posterior | None,
        *,
        with_information: bool,
        is_accurate: bool,
        before: _Place | None = None,
    ) -> _Place:
        found = self._statistics(
            at, near, with_information=with_information, is_accurate=is_accurate
        )
        if before is None or with_information:
            curvature = Curvature.of(self._identification, found.information)
        else:
            change = before.found.gradient - found.gradient
            curvature = before.curvature.after(at - before.at, self._identification.project(change))
        return _Place(at=at, found=found, curvature=curvature)

    def _statistics(
        self, at: Floats, near: Posterior | None, *, with_information: bool, is_accurate: bool
    ) -> Statistics:
        parameters = parameters_at(self._layout, at)
        found = self._pass_over(parameters, near, with_information, is_accurate)
        return penalised(self._layout, parameters, found)


def penalised(layout: Layout, parameters: Parameters, found: Statistics) -> Statistics:
    """With the weak priors where the likelihood alone has no highest point."""
    if not np.any(layout.prior_precision):
        return found
    away = parameters.values - layout.prior_mean
    gradient, information = found.gradient.copy(), found.information.copy()
    gradient[: layout.n_values] -= layout.prior_precision * away
    if information.size:
        places = np.arange(layout.n_values)
        information[places, places] += layout.prior_precision
    return replace(
        found,
        log_likelihood=found.log_likelihood - 0.5 * float(layout.prior_precision @ away**2),
        gradient=gradient,
        information=information,
    )
