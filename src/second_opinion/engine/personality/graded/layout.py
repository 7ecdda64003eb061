"""Where each item's parameters stand in one long vector, and its categories in tables.

An item of m categories in use has 1 + (m - 1) parameters: its slope a and intercepts c_1 to
c_(m-1), so that P(category k or higher) = logistic(a ability + c_k). In these the log-likelihood of
a person whose ability is known is concave.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.personality.graded.items import GradedItems


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Places of parameters and categories.

    row : (n_items, most categories), each category's row in tables; categories that are not told
        apart share one; 0 past an item's last
    first_row : (n_items + 1,), where each item's rows begin
    first_place : (n_items + 1,), where each item's parameters begin: slope, then intercepts
    n_categories : (n_items,), with those that nobody used
    inner : (n_intercepts,), the rows that have a category below them in the same item
    slope_place : (n_rows,), where the slope of each row's item stands
    """

    row: NDArray[np.int32]
    first_row: Integers
    first_place: Integers
    n_categories: Integers
    inner: Integers
    slope_place: Integers

    @property
    def n_items(self) -> int:
        return len(self.n_categories)

    @property
    def n_rows(self) -> int:
        return int(self.first_row[-1])

    @property
    def n_parameters(self) -> int:
        return int(self.first_place[-1])

    @property
    def intercept_place(self) -> Integers:
        """(n_intercepts,), where the lower boundaries of the inner rows stand."""
        return self.slope_place[self.inner] + self.inner - self.first_row_of_inner

    @property
    def first_row_of_inner(self) -> Integers:
        """(n_intercepts,), where the items of the inner rows begin."""
        return np.repeat(self.first_row[:-1], np.diff(self.first_row) - 1)

    def rows(self, item: int) -> slice:
        return slice(int(self.first_row[item]), int(self.first_row[item + 1]))

    def places(self, item: int) -> slice:
        return slice(int(self.first_place[item]), int(self.first_place[item + 1]))


def layout_of_use(used: NDArray[np.bool_], n_categories: Integers) -> Layout:
    """A layout in which a category that nobody used shares the row of its nearest neighbour below.

    Parameters
    ----------
    used : (n_items, most categories), at least two of each item
    """
    row = np.zeros(used.shape, dtype=np.int32)
    first_row, first_place = [0], [0]
    for item, count in enumerate(n_categories.tolist()):
        inside = np.maximum(np.cumsum(used[item, :count]) - 1, 0)
        row[item, :count] = first_row[-1] + inside
        n_used = int(inside[-1]) + 1
        first_row.append(first_row[-1] + n_used)
        first_place.append(first_place[-1] + n_used)
    sizes = np.diff(first_row)
    is_inner = np.ones(first_row[-1], dtype=np.bool_)
    is_inner[first_row[:-1]] = False
    return Layout(
        row=row,
        first_row=np.array(first_row),
        first_place=np.array(first_place),
        n_categories=n_categories,
        inner=np.flatnonzero(is_inner),
        slope_place=np.repeat(first_place[:-1], sizes),
    )


def layout_of_items(items: GradedItems) -> Layout:
    """The layout of items whose parameters are known."""
    used = np.ones((len(items), items.threshold.shape[1] + 1), dtype=np.bool_)
    used[:, 1:] = ~np.isnan(items.threshold)
    return layout_of_use(used, items.n_categories)


def vector_of(layout: Layout, items: GradedItems) -> Floats:
    """(n_parameters,), slopes and intercepts of items."""
    values = np.empty(layout.n_parameters)
    for item, (begin, end) in enumerate(pairwise(layout.first_place.tolist())):
        row = items.threshold[item]
        slope = items.discrimination[item]
        values[begin] = slope
        values[begin + 1 : end] = -slope * row[~np.isnan(row)]
    return values


def items_of(layout: Layout, values: Floats) -> GradedItems:
    """Discriminations and thresholds of slopes and intercepts."""
    threshold = np.full((layout.n_items, layout.row.shape[1] - 1), np.nan)
    for item in range(layout.n_items):
        own = values[layout.places(item)]
        threshold[item, steps_of(layout, item)] = -own[1:] / own[0]
    return GradedItems(
        discrimination=values[layout.first_place[:-1]],
        threshold=threshold,
        n_categories=layout.n_categories,
    )


def steps_of(layout: Layout, item: int) -> Integers:
    """Which of an item's thresholds tell two categories apart."""
    count = int(layout.n_categories[item])
    return np.flatnonzero(np.diff(layout.row[item, :count]) > 0)
