"""What each category says at each node: log probabilities and their derivatives.

With z_k = a ability + c_k and S_k = logistic(z_k), category k has S_k - S_(k+1). As a product,
S_k (1 - S_(k+1)) (1 - exp(z_(k+1) - z_k)), its logarithm is finite as far out as nodes lie,
and the last factor does not depend on the node.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from second_opinion.engine.arrays import Floats
from second_opinion.engine.personality.graded.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """Chances of lying beyond the boundaries of every category in use, (n_rows, n_nodes).

    The lowest category has no lower boundary, the highest no upper one: everybody lies above the
    one, nobody above the other. Both halves are kept, as one less the other is no small number.

    above_lower, below_lower : S_k and 1 - S_k
    above_upper, below_upper : S_(k+1) and 1 - S_(k+1)
    gap : (n_rows,), z_k - z_(k+1), positive; infinite at the ends
    slope : (n_rows,)
    """

    above_lower: Floats
    below_lower: Floats
    above_upper: Floats
    below_upper: Floats
    gap: Floats
    slope: Floats


def boundaries_of(layout: Layout, values: Floats, ability: Floats) -> Boundaries:
    """The boundaries of all categories at nodes of ability."""
    intercept = values[layout.intercept_place]
    slope = values[layout.slope_place]
    along = slope[layout.inner][:, None] * ability + intercept[:, None]
    above, below = expit(along), expit(-along)
    shape = (layout.n_rows, len(ability))
    above_lower, below_lower = np.ones(shape), np.zeros(shape)
    above_upper, below_upper = np.zeros(shape), np.ones(shape)
    above_lower[layout.inner], below_lower[layout.inner] = above, below
    above_upper[layout.inner - 1], below_upper[layout.inner - 1] = above, below
    lower, upper = intercepts_of(layout, values)
    return Boundaries(
        above_lower=above_lower,
        below_lower=below_lower,
        above_upper=above_upper,
        below_upper=below_upper,
        gap=lower - upper,
        slope=slope,
    )


def intercepts_of(layout: Layout, values: Floats) -> tuple[Floats, Floats]:
    """(n_rows,) each, of the boundaries below and above; infinite where there is none."""
    lower, upper = np.full(layout.n_rows, np.inf), np.full(layout.n_rows, -np.inf)
    lower[layout.inner] = upper[layout.inner - 1] = values[layout.intercept_place]
    return lower, upper


def is_ordered(layout: Layout, values: Floats) -> bool:
    """Whether every category has a positive probability."""
    lower, upper = intercepts_of(layout, values)
    return bool((lower > upper).all())


def log_probabilities(at: Boundaries) -> Floats:
    """(n_rows, n_nodes), of each category."""
    return np.asarray(np.log(at.above_lower * at.below_upper) + np.log(-np.expm1(-at.gap))[:, None])


def category_slopes(at: Boundaries) -> Floats:
    """(n_rows, n_nodes), how log probabilities change with ability: a (1 - S_k - S_(k+1))."""
    return np.asarray(at.slope[:, None] * (at.below_lower - at.above_upper))


def information_of_items(layout: Layout, at: Boundaries) -> Floats:
    """(n_items, n_nodes), Fisher's information about ability in each item.

    References
    ----------
    Samejima (1969): the mean of squared slopes of the log probabilities.
    """
    square = np.exp(log_probabilities(at)) * category_slopes(at) ** 2
    return np.asarray(np.add.reduceat(square, layout.first_row[:-1], axis=0))
