"""Gradient and information of the marginal likelihood, from counts of categories by node.

The gradient is that of the complete data at expected counts (Fisher's identity). The information is
what would be known if abilities were observed, less the spread of each person's score over the
posterior (Louis 1982).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from second_opinion.engine.arrays import Floats
from second_opinion.engine.personality.graded.grid import Grid
from second_opinion.engine.personality.graded.layout import Layout
from second_opinion.engine.personality.graded.patterns import Patterns
from second_opinion.engine.personality.graded.tables import Boundaries, log_probabilities

_PART = 4_000_000  # numbers that projected scores may take at a time
_FEW_ITEMS = 40  # up to here posteriors are wide, and scores bend within them
QUICK = 2  # polynomials that show the way
_ACCURATE = (5, 2)  # with few items and with many; what is left out is some ten-thousandths


@dataclass(frozen=True, slots=True, kw_only=True)
class Slopes:
    """Derivatives of log probabilities by the intercepts of both boundaries, (n_rows, n_nodes).

    The lowest category has no lower boundary, the highest no upper one: zeros.
    """

    by_lower: Floats
    by_upper: Floats


def slopes_of(at: Boundaries) -> Slopes:
    """d/dz_k and d/dz_(k+1) of log P_k."""
    odds = _odds(at)[:, None]
    return Slopes(
        by_lower=np.where(np.isposinf(at.below), 0.0, expit(-at.below) + odds),
        by_upper=np.where(np.isneginf(at.above), 0.0, -expit(at.above) - odds),
    )


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
    gradient = np.zeros(layout.n_parameters)
    complete = np.zeros((layout.n_parameters, layout.n_parameters))
    odds = _odds(at)
    between = odds * (1 + odds)  # exp(gap) / (exp(gap) - 1)^2
    lower = expit(at.below) * expit(-at.below)
    upper = expit(at.above) * expit(-at.above)
    for item in range(layout.n_items):
        rows, places = layout.rows(item), layout.places(item)
        count, apart = counts[rows], between[rows][:, None]
        pull = (count * slopes.by_lower[rows])[1:] + (count * slopes.by_upper[rows])[:-1]
        bend = (count * (lower[rows] + apart))[1:] + (count * (upper[rows] + apart))[:-1]
        tie = -(count * apart)[1:-1]
        gradient[places] = np.concatenate([[(pull @ ability).sum()], pull.sum(axis=1)])
        complete[places, places] = _block(ability, bend, tie)
    return gradient, complete


def _block(ability: Floats, bend: Floats, tie: Floats) -> Floats:
    """One item's information: slope first, then intercepts, neighbours being tied."""
    block = np.zeros((len(bend) + 1, len(bend) + 1))
    inner = np.diag(bend.sum(axis=1))
    off = tie.sum(axis=1)
    inner += np.diag(off, 1) + np.diag(off, -1)
    row_sums = bend.copy()
    row_sums[:-1] += tie
    row_sums[1:] += tie
    block[1:, 1:] = inner
    block[0, 1:] = block[1:, 0] = row_sums @ ability
    block[0, 0] = row_sums.sum(axis=0) @ ability**2
    return block


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
    """For standard errors."""
    return _ACCURATE[layout.n_items > _FEW_ITEMS]


def table_of(at: Boundaries) -> Floats:
    """Log probabilities, laid out for the loops."""
    return np.ascontiguousarray(log_probabilities(at))
