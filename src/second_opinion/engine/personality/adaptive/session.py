"""An adaptive questionnaire from its first item to its last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import AnswersError
from second_opinion.engine.personality.adaptive.form import AdaptiveForm
from second_opinion.engine.personality.adaptive.kernel.step import (
    expected_variances,
    first_wrong,
    most_informative,
    neediest_facet,
    open_facets,
    stand,
)
from second_opinion.engine.personality.adaptive.rules import AdaptiveRules, StopReason
from second_opinion.engine.personality.graded.grid import Grid, grid_for
from second_opinion.engine.personality.graded.layout import Layout, layout_of_items, vector_of
from second_opinion.engine.personality.graded.tables import (
    boundaries_of,
    information_of_items,
    log_probabilities,
)


def _no_items() -> Integers:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveState:
    """All that must be kept to go on later: numbers only.

    asked : (n,), items in the order they were asked
    category : (n,), what was answered, from 0 in the keyed direction
    seconds : that answering has taken so far
    seed : of the draws among the best items
    """

    asked: Integers = field(default_factory=_no_items)
    category: Integers = field(default_factory=_no_items)
    seconds: float = 0.0
    seed: int = 1

    @classmethod
    def resumed(
        cls, *, asked: Sequence[int], category: Sequence[int], seconds: float = 0.0, seed: int = 1
    ) -> AdaptiveState:
        """The state from what was kept of it."""
        return cls(
            asked=np.array(asked, dtype=np.int64),
            category=np.array(category, dtype=np.int64),
            seconds=seconds,
            seed=seed,
        )

    def answered(self, item: int, category: int, *, seconds: float = 0.0) -> AdaptiveState:
        """The state after one more answer."""
        return replace(
            self,
            asked=np.append(self.asked, item),
            category=np.append(self.category, category),
            seconds=self.seconds + seconds,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveStep:
    """Where somebody stands, and what comes next.

    item : to ask; None where it is enough
    stop : why it is enough
    ability, standard_error : (n_scales,), posterior mean and deviation
    """

    item: int | None
    stop: StopReason | None
    ability: Floats
    standard_error: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveTest:
    """A form and rules, with what every step looks up.

    log_probability, probability : (n_rows, n_nodes)
    information : (n_items, n_nodes)
    facet_size : (n_facets,), items
    facet_scale : (n_facets,)
    """

    form: AdaptiveForm
    rules: AdaptiveRules
    layout: Layout
    grid: Grid
    log_probability: Floats
    probability: Floats
    information: Floats
    facet_size: Integers
    facet_scale: Integers

    @classmethod
    def of(cls, form: AdaptiveForm, rules: AdaptiveRules) -> AdaptiveTest:
        """Tables made once, for all who answer."""
        layout = layout_of_items(form.items)
        values = vector_of(layout, form.items)
        grid = _grid(form)
        at = boundaries_of(layout, values, grid.ability)
        table = np.ascontiguousarray(log_probabilities(at))
        n_facets = len(form.share)
        facet_scale = np.zeros(n_facets, dtype=np.int64)
        facet_scale[form.facet] = form.scale
        return cls(
            form=form,
            rules=rules,
            layout=layout,
            grid=grid,
            log_probability=table,
            probability=np.exp(table),
            information=information_of_items(layout, at),
            facet_size=np.bincount(form.facet, minlength=n_facets),
            facet_scale=facet_scale,
        )

    def step(self, state: AdaptiveState) -> AdaptiveStep:
        """Where somebody stands after the answers so far, and what to ask next.

        The same state gives the same step, whenever and wherever it is asked for.

        Raises
        ------
        AnswersError : the state holds an item or a category that the form does not have, or an
            item twice
        """
        self._refuse(state)
        form, grid = self.form, self.grid
        share = np.empty((form.n_scales, len(grid.ability)))
        moments = np.empty((form.n_scales, 2))
        stand(
            state.asked,
            state.category,
            form.scale,
            self.layout.row,
            self.log_probability,
            grid.ability,
            grid.log_weight,
            share,
            moments,
        )
        is_open = np.empty(len(self.facet_size), dtype=np.bool_)
        stop, facet = self._enough(state, moments, is_open), -1
        if stop is None:
            facet = neediest_facet(state.asked, form.facet, self.facet_size, form.share, is_open)
            stop = StopReason.NOTHING_LEFT if facet < 0 else None
        item = None if facet < 0 else self._item(state, facet, share, moments)
        return AdaptiveStep(
            item=item, stop=stop, ability=moments[:, 0], standard_error=moments[:, 1]
        )

    def _enough(
        self, state: AdaptiveState, moments: Floats, is_open: NDArray[np.bool_]
    ) -> StopReason | None:
        """Why nothing more is to be asked; fills is_open with the facets that need more."""
        rules = self.rules
        goes_on = open_facets(
            state.asked,
            self.form.scale,
            self.facet_scale,
            moments,
            -1.0 if rules.standard_error is None else rules.standard_error,
            rules.fewest_items,
            is_open,
        )
        if not goes_on:
            return StopReason.PRECISE
        if rules.most_items is not None and len(state.asked) >= rules.most_items:
            return StopReason.MOST_ITEMS
        if rules.most_seconds is not None and state.seconds >= rules.most_seconds:
            return StopReason.MOST_SECONDS
        return None

    def _item(self, state: AdaptiveState, facet: int, share: Floats, moments: Floats) -> int:
        scale = int(self.facet_scale[facet])
        place = (moments[scale, 0] - self.grid.ability[0]) / (
            self.grid.ability[1] - self.grid.ability[0]
        )
        node = min(int(place), len(self.grid.ability) - 2)
        weight = float(place) - node
        if self.rules.n_best == 1 and self.rules.criterion == "information":
            return int(
                most_informative(
                    state.asked, self.form.facet, facet, node, weight, self.information
                )
            )
        items = np.setdiff1d(np.flatnonzero(self.form.facet == facet), state.asked)
        if self.rules.criterion == "information":
            here = self.information[items, node : node + 2]
            worth = (1 - weight) * here[:, 0] + weight * here[:, 1]
        else:
            worth = np.empty(len(items))
            expected_variances(
                items,
                self.layout.first_row,
                self.probability,
                self.grid.ability,
                share[scale],
                worth,
            )
            worth = -worth
        best = items[np.argsort(-worth, kind="stable")[: self.rules.n_best]]
        if len(best) == 1:
            return int(best[0])
        rng = np.random.default_rng([state.seed, len(state.asked)])
        return int(rng.choice(best))

    def _refuse(self, state: AdaptiveState) -> None:
        asked, category = state.asked, state.category
        if len(asked) != len(category):
            raise AnswersError(f"{len(asked)} items were asked and {len(category)} answered.")
        counts = self.form.items.n_categories
        place = first_wrong(asked, category, counts)
        if place < 0:
            return
        item = int(asked[place])
        if not 0 <= item < len(counts):
            raise AnswersError(f"There is no item {item}; the form has 0 to {len(counts) - 1}.")
        if item in asked[:place]:
            raise AnswersError(f"Item {item} was asked twice.")
        raise AnswersError(
            f"Item {item} has no category {category[place]}; it has {counts[item]}, from 0."
        )


def _grid(form: AdaptiveForm) -> Grid:
    """Nodes as fine as the scale with most information needs."""
    grids = []
    for scale in range(form.n_scales):
        items = form.items.some(np.flatnonzero(form.scale == scale))
        layout = layout_of_items(items)
        grids.append(grid_for(layout, vector_of(layout, items)))
    return max(grids, key=lambda grid: len(grid.ability))
