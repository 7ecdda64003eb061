"""How the categories of the scale are used: the table that shows whether a scale works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.tables.expectation import Expectation
from second_opinion.engine.facets.tables.nodes import Node
from second_opinion.engine.facets.tables.responses import Responses, thresholds_of
from second_opinion.engine.facets.tables.sums import sums_by
from second_opinion.engine.facets.tables.table import Table
from second_opinion.engine.facets.tables.thresholds import half_points, thurstone_thresholds

_FEW = 10  # ratings of a category: Linacre (2002), guideline 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryTable(Table):
    """One row for each category of each set of thresholds; NaN where nothing stands to be said.

    criterion, assessor : whose thresholds these are; None where they are shared
    points : score points that the category stands for
    count, share : ratings given, and which part of the set's
    average, expected_average : mean place on the ruler of the ratings in the category, found and
        as the model has it, logits; averages should rise with the category
    outfit : squared standardised residuals of the category's ratings over what the model expects
        of them; 1 if as expected, above 1 if the category is given where it surprises
    threshold, standard_error : between this category and the one below, logits
    thurstone : where this category or a higher one has an even chance, logits
    half_point : where the expected score lies half way from the category below, logits
    """

    criterion: tuple[str | None, ...]
    assessor: tuple[str | None, ...]
    points: Floats
    count: Integers
    share: Floats
    average: Floats
    expected_average: Floats
    outfit: Floats
    threshold: Floats
    standard_error: Floats
    thurstone: Floats
    half_point: Floats


class CategorySums:
    """Gathers the expected squared standardised residual of each category."""

    def __init__(self, responses: Responses) -> None:
        self._responses = responses
        self._observed = np.zeros(len(responses))
        self._expected = np.zeros((responses.n_categories, len(responses)))
        self._placed = np.zeros((responses.n_categories, len(responses)))

    def add(self, node: Node) -> None:
        share = node.share / node.variance
        self._observed += share * np.square(self._responses.category - node.expected)
        placed = node.share * node.location
        for category, chance in enumerate(node.probability):
            self._placed[category] += placed * chance
            self._expected[category] += share * chance * np.square(category - node.expected)

    def result(
        self,
        expectation: Expectation,
        *,
        standard_error: Floats,
        labels: tuple[tuple[str | None, str | None], ...],
    ) -> CategoryTable:
        """The table.

        Parameters
        ----------
        standard_error : (n_sets, n_categories), of the threshold below each category, logits
        labels : (n_sets,), criterion and assessor of each set, None where shared
        """
        responses, n_categories = self._responses, self._responses.n_categories
        weight, place = responses.weight, expectation.location
        count, weighted = self._given(np.ones(len(responses))), self._given(weight)
        chance = [self._of_sets(weight * row) for row in expectation.probability]
        placed = [self._of_sets(weight * row) for row in self._placed]
        surprise = self._given(weight * self._observed)
        modelled = np.array([self._of_sets(weight * row) for row in self._expected]).T
        exists = np.isfinite(responses.points)
        with np.errstate(divide="ignore", invalid="ignore"):
            table = {
                "points": responses.points,
                "share": weighted / weighted.sum(axis=1, keepdims=True),
                "average": self._given(weight * place) / weighted,
                "expected_average": np.array(placed).T / np.array(chance).T,
                "outfit": np.where(weighted > 0, surprise / modelled, np.nan),
                "threshold": thresholds_of(responses.category_table),
                "standard_error": standard_error,
                "thurstone": thurstone_thresholds(responses.category_table),
                "half_point": half_points(responses.category_table),
            }
        whose = [one for one in labels for _ in range(n_categories)]
        kept = np.flatnonzero(exists.ravel())
        return CategoryTable(
            criterion=tuple(whose[row][0] for row in kept),
            assessor=tuple(whose[row][1] for row in kept),
            count=count[exists].astype(np.int64),
            **{name: column[exists] for name, column in table.items()},
        )

    def _given(self, values: Floats) -> Floats:
        """Sums by set and category of what belongs to the ratings given there."""
        shape = self._responses.points.shape
        cell = self._responses.threshold_set * shape[1] + self._responses.category
        return sums_by(cell, values, shape[0] * shape[1]).reshape(shape)

    def _of_sets(self, values: Floats) -> Floats:
        n_sets = len(self._responses.points)
        return sums_by(self._responses.threshold_set, values, n_sets)


def category_cautions(table: CategoryTable) -> tuple[str, ...]:
    """What Linacre's guidelines would have a reader look at, in words."""
    whose = list(zip(table.criterion, table.assessor, strict=True))
    cautions: list[str] = []
    for one in dict.fromkeys(whose):
        rows = [row for row, other in enumerate(whose) if other == one]
        cautions.extend(_count_cautions(table, rows))
        for place, row in enumerate(rows):
            where = _where(table, [row])
            if table.outfit[row] > 2:
                cautions.append(
                    f"{where[0].upper()}{where[1:]} is given where it surprises (outfit "
                    f"{table.outfit[row]:.1f})."
                )
            if place:
                cautions.extend(_order_cautions(table, row, where))
    return tuple(cautions)


def _count_cautions(table: CategoryTable, rows: list[int]) -> Iterator[str]:
    """Categories of one scale that nobody gave, and those given too seldom to go by."""
    unused = [row for row in rows if table.count[row] == 0]
    if unused:
        yield f"Nobody gave {_where(table, unused)}."
    few = [row for row in rows if 0 < table.count[row] < _FEW]
    if few:
        where = _where(table, few, [f" ({table.count[row]})" for row in few])
        yield f"Given fewer than {_FEW} times, little to go by: {where}."


def _order_cautions(table: CategoryTable, row: int, where: str) -> list[str]:
    cautions = []
    if table.average[row] < table.average[row - 1]:
        cautions.append(f"The ratings of {where} lie lower on the ruler than those one below.")
    if table.threshold[row] < table.threshold[row - 1]:
        below = f"{table.points[row - 1]:g}"
        cautions.append(f"The threshold into {where} lies below the one into {below}: disordered.")
    return cautions


def _where(table: CategoryTable, rows: list[int], beside: Sequence[str] | None = None) -> str:
    """'category 2', 'categories 2, 3 of the criterion'; with something beside each number."""
    row = rows[0]
    of = " by ".join(
        repr(name) for name in (table.criterion[row], table.assessor[row]) if name is not None
    )
    noun = "category" if len(rows) == 1 else "categories"
    named = ", ".join(
        f"{table.points[one]:g}{more}"
        for one, more in zip(rows, beside or [""] * len(rows), strict=True)
    )
    return f"{noun} {named}" + (f" of {of}" if of else "")
