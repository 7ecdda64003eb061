"""What no table of ratings may hold, found in all rows at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import (
    DuplicateRatingError,
    ScoreOutsideScaleError,
    WeightError,
)
from second_opinion.engine.ratings.facet import Facet
from second_opinion.engine.ratings.scale import Scale

Describe = Callable[[int], str]
_WHOLE = 2**62  # products of facet sizes up to here are exact in 64 bits


def refuse_scores_outside_scale(
    score: Floats, *, criterion: Integers, scales: Sequence[Scale], describe: Describe
) -> None:
    """Refuse what lies outside its criterion's scale, NaN and infinity among it."""
    low = np.array([scale.low for scale in scales])[criterion]
    high = np.array([scale.high for scale in scales])[criterion]
    inside = (score >= low) & (score <= high)  # NaN and infinity fall out here too
    if inside.all():
        return
    outside = np.flatnonzero(~inside)
    row = int(outside[0])
    raise ScoreOutsideScaleError(
        f"{score[row]:g} is outside the scale {scales[criterion[row]]} ({describe(row)})"
        + (f"; so are {len(outside) - 1} more." if len(outside) > 1 else "."),
        rows=tuple(outside.tolist()),
    )


def refuse_weights(weight: Floats, *, describe: Describe) -> None:
    """Refuse a weight that is no positive, finite number."""
    usable = (weight > 0) & (weight < np.inf)
    if usable.all():
        return
    wrong = np.flatnonzero(~usable)
    row = int(wrong[0])
    raise WeightError(
        f"{weight[row]:g} cannot be a weight ({describe(row)}); a weight is a positive, finite "
        "number" + (f". So are {len(wrong) - 1} more not." if len(wrong) > 1 else "."),
        rows=tuple(wrong.tolist()),
    )


def refuse_duplicates(facets: Sequence[Facet], *, describe: Describe) -> None:
    """Refuse two ratings that agree in every facet."""
    cell = cells_of(facets)
    sorted_cells = np.sort(cell)
    if not (sorted_cells[1:] == sorted_cells[:-1]).any():
        return
    repeated = repeats_among(cell)
    raise DuplicateRatingError(
        f"{describe(int(repeated[0]))} stands there more than once; one score for each is needed.",
        rows=tuple(repeated.tolist()),
    )


def cells_of(facets: Sequence[Facet]) -> Integers:
    """(n_ratings,), a number that two ratings share when they agree in every facet."""
    cell = facets[0].codes
    n_cells = len(facets[0])
    for facet in facets[1:]:
        if n_cells * max(len(facet), 1) > _WHOLE:
            present, cell = np.unique(cell, return_inverse=True)
            n_cells = len(present)
        n_cells *= max(len(facet), 1)
        cell = cell * len(facet) + facet.codes
    return cell


def repeats_among(cells: Integers) -> Integers:
    """The rows, in order, whose cell an earlier row has already."""
    order = np.argsort(cells, kind="stable")
    later = order[1:][cells[order[1:]] == cells[order[:-1]]]
    return np.sort(later)
