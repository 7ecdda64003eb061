"""Which scores of a scale were given, and which never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.ratings.scale import Scale
from second_opinion.engine.ratings.table import Ratings
from second_opinion.engine.ratings.wording import counted, listed

MOST_CATEGORIES = 100  # a longer scale of whole steps is a measure, not a set of categories


@dataclass(frozen=True, slots=True, kw_only=True)
class Categories:
    """The scores given on one criterion.

    points : the scale's points where all scores are whole steps from its lowest; else the
        different scores that were given
    counts : how often each was given
    """

    criterion: str
    scale: Scale
    points: tuple[float, ...]
    counts: tuple[int, ...]

    @property
    def unused(self) -> tuple[float, ...]:
        """Points that nobody gave."""
        return tuple(
            point for point, count in zip(self.points, self.counts, strict=True) if not count
        )

    @property
    def is_constant(self) -> bool:
        """Whether all scores are the same, so that the criterion tells nobody from anybody."""
        return sum(count > 0 for count in self.counts) < 2

    @property
    def stands_out(self) -> bool:
        return bool(self.unused) or self.is_constant

    def __str__(self) -> str:
        given = counted(sum(self.counts), "score")
        if self.is_constant:
            point = self.points[int(np.argmax(self.counts))]
            return f"Criterion {self.criterion!r}: {given}, all {point:g}; it tells nobody apart."
        if self.unused:
            unused = listed((f"{point:g}" for point in self.unused), most=8)
            return f"Criterion {self.criterion!r}: never given on the scale {self.scale}: {unused}."
        return f"Criterion {self.criterion!r}: {given}, every point of {self.scale} given."


def categories_of(ratings: Ratings) -> tuple[Categories, ...]:
    """The scores given on each criterion that was rated."""
    return tuple(_categories(ratings))


def _categories(ratings: Ratings) -> Iterator[Categories]:
    criterion, score = ratings.criterion, ratings.score
    order = np.argsort(criterion.codes, kind="stable")
    ends = np.cumsum(criterion.counts)
    for code, scores in enumerate(np.split(score[order], ends[:-1])):
        if len(scores):
            points, counts = _points(scores, ratings.scales[code])
            yield Categories(
                criterion=criterion.labels[code],
                scale=ratings.scales[code],
                points=tuple(points.tolist()),
                counts=tuple(counts),
            )


def _points(scores: Floats, scale: Scale) -> tuple[Floats, list[int]]:
    steps = scores - scale.low
    if scale.span <= MOST_CATEGORIES and not (steps % 1).any():
        n_points = int(scale.span) + 1
        counts: list[int] = np.bincount(steps.astype(np.int64), minlength=n_points).tolist()
        return scale.low + np.arange(n_points, dtype=np.float64), counts
    given, n_given = np.unique(scores, return_counts=True)
    return given, n_given.tolist()
