"""What each category says at each node: log probabilities and their derivatives.

With z_k = a ability + c_k and S_k = logistic(z_k), category k has S_k - S_(k+1). As a product,
S_k (1 - S_(k+1)) (1 - exp(z_(k+1) - z_k)), its logarithm is finite however far out a node lies,
and the last factor does not depend on the node.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, log_expit

from second_opinion.engine.arrays import Floats
from second_opinion.engine.personality.graded.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """The boundaries below and above every category in use, at all nodes.

    Of the lowest category the lower boundary lies at plus infinity, of the highest the upper one at
    minus infinity.

    below, above : (n_rows, n_nodes), z_k and z_(k+1)
    gap : (n_rows,), z_k - z_(k+1), positive; infinite at the ends
    slope : (n_rows,)
    """

    below: Floats
    above: Floats
    gap: Floats
    slope: Floats

    @property
    def is_ordered(self) -> bool:
        """Whether every category has a positive probability."""
        return bool((self.gap > 0).all())


def boundaries_of(layout: Layout, values: Floats, ability: Floats) -> Boundaries:
    """The boundaries of all categories at nodes of ability."""
    lower, upper, slope = (np.empty(layout.n_rows) for _ in range(3))
    for item in range(layout.n_items):
        own, rows = values[layout.places(item)], layout.rows(item)
        slope[rows] = own[0]
        lower[rows] = np.concatenate([[np.inf], own[1:]])
        upper[rows] = np.concatenate([own[1:], [-np.inf]])
    along = slope[:, None] * ability
    return Boundaries(
        below=along + lower[:, None],
        above=along + upper[:, None],
        gap=lower - upper,
        slope=slope,
    )


def log_probabilities(at: Boundaries) -> Floats:
    """(n_rows, n_nodes), of each category."""
    return np.asarray(
        log_expit(at.below) + log_expit(-at.above) + np.log(-np.expm1(-at.gap))[:, None]
    )


def category_slopes(at: Boundaries) -> Floats:
    """(n_rows, n_nodes), how log probabilities change with ability: a (1 - S_k - S_(k+1))."""
    return np.asarray(at.slope[:, None] * (expit(-at.below) - expit(at.above)))


def information_of_items(layout: Layout, at: Boundaries) -> Floats:
    """(n_items, n_nodes), Fisher's information about ability in each item.

    References
    ----------
    Samejima (1969): the mean of squared slopes of the log probabilities.
    """
    square = np.exp(log_probabilities(at)) * category_slopes(at) ** 2
    return np.asarray(np.add.reduceat(square, layout.first_row[:-1], axis=0))
