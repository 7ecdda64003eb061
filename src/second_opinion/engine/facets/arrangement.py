"""From ratings and a model to the layout of its parameters and the block of rows."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError, UnknownNameError
from second_opinion.engine.facets.abilities.assignment import abilities_of, apart_by_ability
from second_opinion.engine.facets.anchors import anchored_categories, hold
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.layout import KNOWN_ZERO, NO_CATEGORY, Effect, Layout
from second_opinion.engine.facets.model import CANDIDATE, FacetsModel
from second_opinion.engine.facets.ordering import order_by, require_whole
from second_opinion.engine.facets.steps import Steps, each, steps_of
from second_opinion.engine.ratings import Facet, Ratings

EXTREME_SD = 5.0  # logits: of the weak prior where the likelihood has no highest point
UNUSED_SD = 2.0  # logits: the same for a category that an assessor with own thresholds never uses


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What a fit starts from."""

    layout: Layout
    block: Block


def facets_of(ratings: Ratings) -> dict[str, Facet]:
    """The facets beside the candidate, by name."""
    return {name: facet for name, facet in ratings.facets.items() if name != CANDIDATE}


def arrange(ratings: Ratings, model: FacetsModel) -> Arrangement:
    """Lay out the parameters and sort the rows by candidate.

    Raises
    ------
    ArgumentError, UnknownNameError : the model names what the ratings do not have
    NotEnoughRatingsError : every score is the same
    DisconnectedDesignError : severities cannot be compared
    """
    require_whole(ratings)
    dimensions, of_criterion = abilities_of(ratings, model)
    steps = steps_of(ratings, model.thresholds, ratings.weight)
    order = _in_order(ratings, steps)
    dimension = of_criterion[ratings.criterion.codes[order]] if len(dimensions) > 1 else None
    effects, places = _effects(ratings, model, order)
    if dimension is not None:
        effects = apart_by_ability(effects, places, dimension, dimensions)
    anchored = anchored_categories(steps, model)
    category, n_values = _category_places(steps, anchored, start=effects[-1].places.stop)
    block = _block(ratings, steps, order, places, dimension)
    start = np.zeros(n_values)
    fixed = np.zeros(n_values, dtype=np.bool_)
    _start_categories(start, category, steps)
    hold(start, fixed, effects, category, anchored, model)
    prior_mean, prior_precision, notes = _priors(block, effects, category, steps, fixed, start)
    return Arrangement(
        layout=Layout(
            effects=tuple(effects),
            groups=steps.groups,
            n_values=n_values,
            category=category,
            fixed=fixed,
            start=start,
            prior_mean=prior_mean,
            prior_precision=prior_precision,
            dimensions=dimensions,
            has_halo=model.halo,
            candidates=ratings.candidate.labels,
            notes=(*_notes_on_constant(steps), *notes),
        ),
        block=block,
    )


def _in_order(ratings: Ratings, steps: Steps) -> Integers:
    """Rows that say anything, by candidate, those of one threshold group together."""
    key, n_groups = ratings.candidate.codes, len(steps.groups)
    if n_groups > 1:
        key = key * n_groups + steps.group
    order = order_by(key, len(ratings.candidate) * n_groups)
    if any(steps.is_constant):
        order = order[~np.array(steps.is_constant)[steps.group[order]]]
    return order


def _block(
    ratings: Ratings,
    steps: Steps,
    order: Integers,
    places: list[Integers],
    dimension: Integers | None,
) -> Block:
    candidate = ratings.candidate.codes
    if len(order) < len(candidate):
        candidate = candidate[order]
    n_rows = np.bincount(candidate, minlength=len(ratings.candidate))
    return Block(
        first=np.concatenate([[0], np.cumsum(n_rows)]).astype(np.int64),
        category=steps.category[order].astype(np.int16),
        elements=np.stack(places, axis=1).astype(np.int32),
        group=steps.group[order].astype(np.int32),
        weight=None if ratings.weight is None else ratings.weight[order],
        dimension=None if dimension is None else dimension.astype(np.int16),
        row=order,
    )


def _effects(
    ratings: Ratings, model: FacetsModel, order: Integers
) -> tuple[list[Effect], list[Integers]]:
    """The effects one after another, and each row's element of them."""
    known = facets_of(ratings)
    names = tuple(known) if model.facets is None else model.facets
    for name in {*names, *(one for pair in model.interactions for one in pair)}:
        if name not in known:
            raise UnknownNameError(
                f"The ratings have no facet {name!r}; they have {', '.join(known)}."
            )
    weight = None if ratings.weight is None else ratings.weight[order]
    effects: list[Effect] = []
    places: list[Integers] = []
    start = 0
    for wanted in (*((name,) for name in names), *model.interactions):
        labels, codes = _levels([known[name] for name in wanted], order)
        count = np.bincount(codes, weights=weight, minlength=len(labels)).astype(np.float64)
        effects.append(Effect(facets=wanted, labels=labels, start=start, count=count))
        places.append(start + codes)
        start += len(labels)
    if not effects:
        raise ArgumentError("A many-facet model needs at least one facet beside the candidate.")
    return effects, places


def _levels(facets: list[Facet], order: Integers) -> tuple[tuple[tuple[str, ...], ...], Integers]:
    """Labels and codes of one facet's levels, or of the pairs of levels that meet."""
    if len(facets) == 1:
        return tuple((label,) for label in facets[0].labels), facets[0].codes[order]
    first, second = facets
    pair = first.codes[order] * len(second) + second.codes[order]
    found, codes = np.unique(pair, return_inverse=True)
    labels = tuple(
        (first.labels[one // len(second)], second.labels[one % len(second)]) for one in found
    )
    return labels, codes


def _category_places(steps: Steps, anchored: Container[int], *, start: int) -> tuple[Integers, int]:
    """Place of each category parameter, and the number of values with them."""
    n_categories = max(len(group.count) for group in steps.groups)
    places = np.full((len(steps.groups), n_categories), NO_CATEGORY, dtype=np.int64)
    next_place = start
    for index, group in enumerate(steps.groups):
        top = len(group.count) - 1
        known = group.assessor is not None or index in anchored
        used = (group.count > 0) | known
        for category in np.flatnonzero(used):
            if category in (0, top):
                places[index, category] = KNOWN_ZERO
            else:
                places[index, category] = next_place
                next_place += 1
    return places, next_place


def _start_categories(start: Floats, category: Integers, steps: Steps) -> None:
    """Category parameters that give the counts if everything else were equal."""
    for places, group in zip(category, steps.groups, strict=True):
        count = group.count + 0.5
        top = len(count) - 1
        slope = np.log(count[top] / count[0]) / max(top, 1)
        free = np.flatnonzero(places[: top + 1] >= 0)
        start[places[free]] = slope * free - np.log(count[free] / count[0])


def _priors(
    block: Block,
    effects: list[Effect],
    category: Integers,
    steps: Steps,
    fixed: NDArray[np.bool_],
    start: Floats,
) -> tuple[Floats, Floats, list[str]]:
    """Weak priors for elements rated only at one end, and categories an assessor never uses."""
    mean, precision = np.zeros(len(start)), np.zeros(len(start))
    notes = []
    at_ends = _at_ends(block, effects, steps)
    for end, name in enumerate(("lowest", "highest")):
        for effect, only_at in zip(effects, at_ends, strict=True):
            for element in np.flatnonzero(only_at[:, end] & ~fixed[effect.places]):
                precision[effect.start + element] = EXTREME_SD**-2
                label = " x ".join(effect.labels[element])
                notes.append(
                    f"Every rating of {effect.name} {label!r} is in the {name} category, so its "
                    f"measure rests on a weak prior (standard deviation {EXTREME_SD:g} logits) and "
                    "moves the average that the others stand against: compare those with one "
                    "another."
                )
    for places, group in zip(category, steps.groups, strict=True):
        if group.assessor is not None and np.any(group.count == 0):
            free = places[places >= 0]
            mean[free] = _shared_start(category, steps, start)[places >= 0]
            precision[free] = UNUSED_SD**-2
            notes.append(
                f"Assessor {group.assessor!r} never uses some categories, so these thresholds lean "
                f"on everybody's (prior standard deviation {UNUSED_SD:g} logits)."
            )
    return mean, precision, notes


def _at_ends(block: Block, effects: list[Effect], steps: Steps) -> list[NDArray[np.bool_]]:
    """(n_elements, 2) for each effect: no rating above the lowest, none below the highest."""
    top = each(np.array([len(group.count) - 1 for group in steps.groups]), block.group)
    above, below = (block.category > 0).view(np.int8), (block.category < top).view(np.int8)
    inside_of = above + 2 * below
    found = []
    for column, effect in enumerate(effects):
        key = block.elements[:, column] * 4 + inside_of
        count = np.bincount(key, minlength=4 * effect.places.stop).reshape(-1, 4)[effect.places]
        inside = np.stack([count[:, 1] + count[:, 3], count[:, 2] + count[:, 3]], axis=1)
        found.append(inside == 0)
    return found


def _shared_start(category: Integers, steps: Steps, start: Floats) -> Floats:
    """Mean over groups of where the search for category parameters starts."""
    total = np.zeros(category.shape[1])
    for column in range(category.shape[1]):
        places = category[:, column][category[:, column] >= 0]
        weight = np.array([group.count.sum() for group in steps.groups])[category[:, column] >= 0]
        total[column] = np.average(start[places], weights=weight) if len(places) else 0.0
    return total


def _notes_on_constant(steps: Steps) -> list[str]:
    return [
        f"Every rating of {group.criterion or group.assessor or 'one scale'!r} is the same score; "
        "such ratings say nothing and are left out."
        for group, constant in zip(steps.groups, steps.is_constant, strict=True)
        if constant
    ]
