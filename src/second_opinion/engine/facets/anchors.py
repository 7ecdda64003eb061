"""What is known beforehand and stays as it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError, UnknownNameError
from second_opinion.engine.facets.layout import Effect, ThresholdGroup
from second_opinion.engine.facets.model import FacetsModel
from second_opinion.engine.facets.steps import Steps

_ROUNDED = 0.01  # logits: what rounding leaves of a sum of anchored thresholds


def name_of(group: ThresholdGroup) -> str:
    """By which a model anchors a group's thresholds."""
    return group.criterion or group.assessor or ""


def anchored_categories(steps: Steps, model: FacetsModel) -> dict[int, Floats]:
    """Category parameters of each group whose thresholds are anchored: their sums from below.

    Raises
    ------
    ArgumentError, UnknownNameError : thresholds of no group, or not one for each step in use, or
        such as do not sum to zero
    """
    groups = {name_of(group): index for index, group in enumerate(steps.groups)}
    found = {}
    for name, thresholds in model.threshold_anchors.items():
        if name not in groups:
            raise UnknownNameError(
                f"Thresholds of {name!r} are anchored, but no ratings have thresholds of that name."
            )
        n_steps = len(steps.groups[groups[name]].count) - 1
        if len(thresholds) != n_steps:
            raise ArgumentError(
                f"The thresholds of {name or 'the scale'!r} are {n_steps}, from the lowest "
                f"category in use to the highest; {len(thresholds)} are anchored."
            )
        if abs(sum(thresholds)) > _ROUNDED:
            raise ArgumentError(
                f"The anchored thresholds of {name or 'the scale'!r} sum to "
                f"{sum(thresholds):g}; they must sum to 0: what is left belongs to the criterion."
            )
        centred = np.array(thresholds, dtype=np.float64) - np.mean(thresholds)
        found[groups[name]] = np.concatenate([[0.0], np.cumsum(centred)])
    return found


def hold(
    start: Floats,
    fixed: NDArray[np.bool_],
    effects: list[Effect],
    category: Integers,
    anchored: dict[int, Floats],
    model: FacetsModel,
) -> None:
    """Fix what is anchored, and what has no rating at all.

    Raises
    ------
    UnknownNameError : an anchor is of no facet, or of no element that the ratings have
    """
    by_name = {effect.name: effect for effect in effects}
    for facet, known in model.anchors.items():
        if facet not in by_name:
            raise UnknownNameError(f"{facet!r} is anchored but is not among the model's facets.")
        effect = by_name[facet]
        place = {" x ".join(label): effect.start + i for i, label in enumerate(effect.labels)}
        for label, measure in known.items():
            if label not in place:
                raise UnknownNameError(f"{label!r} is anchored but is no {facet} in the ratings.")
            start[place[label]] = measure
            fixed[place[label]] = True
    for effect in effects:
        fixed[effect.places] |= effect.count == 0
    for index, sums in anchored.items():
        places = category[index, : len(sums)]
        free = places >= 0
        start[places[free]] = sums[free]
        fixed[places[free]] = True
