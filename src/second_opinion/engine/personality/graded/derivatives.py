"""Gradient and information of the marginal likelihood, from counts of categories by node.

The gradient is that of the complete data at expected counts (Fisher's identity). The information is
what would be known if abilities were observed, less the spread of each person's score over the
posterior (Louis 1982).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.personality.graded.grid import Grid
from second_opinion.engine.personality.graded.layout import Layout
from second_opinion.engine.personality.graded.patterns import Patterns
from second_opinion.engine.personality.graded.tables import Boundaries, log_probabilities

_PART = 4_000_000  # numbers that projected scores may take at a time
QUICK = 2  # polynomials that show the way
# Of few items posteriors are wide, and scores bend within them: items up to here, polynomials.
_ACCURATE = ((10, 5), (20, 3))
_OF_MANY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Slopes:
    """Derivatives of log probabilities by the intercepts of both boundaries, (n_rows, n_nodes).

    The lowest category has no lower boundary, the highest no upper one: zeros.
    """

    by_lower: Floats
    by_upper: Floats


def slopes_of(at: Boundaries) -> Slopes:
    """d/dz_k and d/dz_(k+1) of log P_k."""
    # at the ends the gap is infinite, the odds are 0, and nobody lies beyond the boundary
    odds = _odds(at)[:, None]
    return Slopes(by_lower=at.below_lower + odds, by_upper=-at.above_upper - odds)


def _odds(at: Boundaries) -> Floats:
    """1 / (exp(gap) - 1)."""
    return np.asarray(1 / np.expm1(np.minimum(at.gap, 700.0)))


def gradient_and_complete(
    layout: Layout, at: Boundaries, slopes: Slopes, ability: Floats, counts: Floats
) -> tuple[Floats, Floats]:
    """The gradient, and the information if abilities were observed.

    Parameters
    ----------
    counts : (n_rows, n_nodes), expected number of people in each category at each node

    Returns
    -------
    (n_parameters,) and (n_parameters, n_parameters), the latter in blocks of one item
    """
    above, places = layout.inner, layout.intercept_place
    below, items = above - 1, layout.first_place[:-1]
    odds = _odds(at)
    apart = counts * (odds * (1 + odds))[:, None]  # exp(gap) / (exp(gap) - 1)^2
    spread = at.above_lower[above] * at.below_lower[above]
    pull = counts[above] * slopes.by_lower[above] + counts[below] * slopes.by_upper[below]
    bend = (counts[above] + counts[below]) * spread + apart[above] + apart[below]
    # neighbouring boundaries of one item are tied by the category between them
    tied = np.flatnonzero(np.diff(above) == 1)
    tie = -apart[above[tied]]
    along = bend.copy()
    along[tied] += tie
    along[tied + 1] += tie
    start = np.searchsorted(places, items)
    gradient = np.zeros(layout.n_parameters)
    gradient[places] = pull.sum(axis=1)
    gradient[items] = np.add.reduceat(pull @ ability, start)
    complete = np.zeros((layout.n_parameters, layout.n_parameters))
    complete[places, places] = bend.sum(axis=1)
    complete[places[tied], places[tied + 1]] = tie.sum(axis=1)
    complete[layout.slope_place[above], places] = along @ ability
    complete += np.triu(complete, 1).T
    complete[items, items] = np.add.reduceat(along @ ability**2, start)
    return gradient, complete


def missing_information(
    layout: Layout,
    patterns: Patterns,
    table: Floats,
    grid: Grid,
    slopes: Slopes,
    posterior: Floats,
    *,
    n_polynomials: int,
) -> Floats:
    """What is lost because abilities are not observed, (n_parameters, n_parameters).

    Parameters
    ----------
    posterior : (n_patterns, 2), mean and deviation
    """
    from second_opinion.engine.personality.graded.kernel.scores import project_scores

    size = layout.n_parameters
    missing = np.zeros((size, size))
    by_slope = (slopes.by_lower + slopes.by_upper) * grid.ability
    at_once = max(1, _PART // (size * n_polynomials))
    for begin in range(0, len(patterns), at_once):
        part = slice(begin, begin + at_once)
        projected = np.zeros((len(patterns.weight[part]), n_polynomials, size))
        project_scores(
            patterns.category[part],
            patterns.weight[part],
            layout.row,
            table,
            grid.ability,
            grid.log_weight,
            slopes.by_lower,
            slopes.by_upper,
            by_slope,
            layout.first_place,
            layout.first_row,
            posterior[part],
            projected,
        )
        rows = projected.reshape(-1, size)
        missing += rows.T @ rows
    return missing


def enough_polynomials(layout: Layout) -> int:
    """For standard errors; what is left out is below a thousandth of them."""
    return next((few for most, few in _ACCURATE if layout.n_items <= most), _OF_MANY)


def table_of(at: Boundaries) -> Floats:
    """Log probabilities, laid out for the loops."""
    return np.ascontiguousarray(log_probabilities(at))
