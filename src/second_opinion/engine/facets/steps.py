"""Score points as categories counted from zero, and the groups of ratings that share thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError, NotEnoughRatingsError
from second_opinion.engine.facets.layout import ThresholdGroup
from second_opinion.engine.facets.model import Thresholds
from second_opinion.engine.ratings import Ratings

Number = TypeVar("Number", np.float64, np.int64)

_UNITS = (1.0, 0.5, 0.25, 0.2, 0.1)
_CLOSE = 1e-6
_MOST_CATEGORIES = 101


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Each rating's category and group, and what is known of the groups.

    category, group : (n_ratings,), category from 0 within the group's range of use
    is_constant : (n_groups,), only one category is used: such ratings say nothing
    """

    category: Integers
    group: Integers
    groups: tuple[ThresholdGroup, ...]
    is_constant: tuple[bool, ...]


def steps_of(ratings: Ratings, thresholds: Thresholds, weight: Floats | None) -> Steps:
    """Categories of the ratings under thresholds of a kind.

    Raises
    ------
    ArgumentError : scores are no steps of a scale
    NotEnoughRatingsError : every score is the same
    """
    low = np.array([scale.low for scale in ratings.scales])
    span = np.array([scale.span for scale in ratings.scales])
    above = ratings.score - each(low, ratings.criterion.codes)
    unit = _units(ratings, above, span)
    length = np.rint(span / unit).astype(np.int64)
    if length.max(initial=0) >= _MOST_CATEGORIES:
        raise ArgumentError(
            f"A scale of {length.max() + 1} categories is too fine for thresholds; at most "
            f"{_MOST_CATEGORIES} are possible."
        )
    criterion = ratings.criterion.codes
    raw = np.rint(above / each(unit, criterion)).astype(np.int64)
    del above
    scale_kind = np.unique(length, return_inverse=True)[1]
    owner = _owners(ratings, thresholds)
    n_owners = int(owner.max()) + 1
    key, example, group = _numbered(each(scale_kind, criterion) * n_owners + owner)
    own = each(scale_kind, criterion) if thresholds == "assessor" else group
    lowest_of, highest_of = _ranges_of_use(raw, own)
    category = raw - each(lowest_of, own)
    of_example = np.broadcast_to(own, category.shape)[example]
    counts = _counts(group, category, len(key), weight)
    lowest, highest = lowest_of[of_example], highest_of[of_example]
    kind, whose = criterion[example], key % n_owners
    groups = tuple(
        ThresholdGroup(
            criterion=ratings.criterion.labels[whose[at]] if thresholds == "criterion" else None,
            assessor=ratings.assessor.labels[whose[at]] if thresholds == "assessor" else None,
            low=float(low[kind[at]] + lowest[at] * unit[kind[at]]),
            unit=float(unit[kind[at]]),
            count=counts[at, : highest[at] - lowest[at] + 1],
        )
        for at in range(len(key))
    )
    constant = tuple((highest == lowest).tolist())
    if all(constant):
        raise NotEnoughRatingsError(
            "Every rating is the same score, so nothing tells candidates or assessors apart."
        )
    return Steps(category=category, group=group, groups=groups, is_constant=constant)


def each(values: NDArray[Number], place: NDArray[np.integer]) -> NDArray[Number]:
    """Each row's value; one for all, of shape (), where they are alike."""
    if np.all(values == values[0]):
        return np.asarray(values[0])
    return np.asarray(values[place])


def _units(ratings: Ratings, above: Floats, span: Floats) -> Floats:
    """Score points between neighbouring categories of each criterion.

    Parameters
    ----------
    above : each score's distance from the lowest
    """
    if np.all(above == np.rint(above)) and np.all(span == np.rint(span)):
        return np.ones(len(span))
    return np.array([_unit_of(ratings, criterion) for criterion in range(len(span))])


def _numbered(key: Integers) -> tuple[Integers, Integers, Integers]:
    """The small numbers that occur, a row of each, and each row's place among them."""
    if not key.any():
        return np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), key
    row = np.full(int(key.max()) + 1, -1, dtype=np.int64)
    row[key] = np.arange(len(key))
    found = np.flatnonzero(row >= 0)
    place = np.zeros(len(row), dtype=np.int64)
    place[found] = np.arange(len(found))
    return found, row[found], place[key]


def _unit_of(ratings: Ratings, criterion: int) -> float:
    """Score points between neighbouring categories."""
    scores = np.unique(ratings.score[ratings.criterion.codes == criterion])
    scale = ratings.scales[criterion]
    for unit in _UNITS:
        steps = np.append((scores - scale.low) / unit, scale.span / unit)
        if np.all(np.abs(steps - np.rint(steps)) < _CLOSE):
            return unit
    raise ArgumentError(
        f"Scores on {ratings.criterion.labels[criterion]!r} are no steps of the scale {scale}; "
        "many-facet models need whole, half, quarter, fifth or tenth points."
    )


def _owners(ratings: Ratings, thresholds: Thresholds) -> Integers:
    if thresholds == "criterion":
        return ratings.criterion.codes
    if thresholds == "assessor":
        return ratings.assessor.codes
    return np.zeros(len(ratings), dtype=np.int64)


def _ranges_of_use(raw: Integers, kind: Integers) -> tuple[Integers, Integers]:
    """Of each kind: lowest and highest category used by its ratings.

    Parameters
    ----------
    kind : of each rating, or of all where it has shape ()
    """
    is_used = _counts(kind, raw, int(kind.max()) + 1, None) > 0
    lowest = np.argmax(is_used, axis=1)
    highest = is_used.shape[1] - 1 - np.argmax(is_used[:, ::-1], axis=1)
    return lowest.astype(np.int64), highest.astype(np.int64)


def _counts(group: Integers, category: Integers, n_groups: int, weight: Floats | None) -> Floats:
    n_categories = int(category.max()) + 1
    flat = np.bincount(
        group * n_categories + category, weights=weight, minlength=n_groups * n_categories
    )
    return flat.reshape(n_groups, n_categories).astype(np.float64)
