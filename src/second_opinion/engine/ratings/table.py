"""Ratings as a long table: one row for each score that was given; a missing cell has no row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import (
    ArgumentError,
    DuplicateRatingError,
    NothingRatedError,
    ScoreOutsideScaleError,
    UnknownNameError,
)
from second_opinion.engine.ratings.scale import Scale


@dataclass(frozen=True, slots=True)
class Facet:
    """One way in which ratings are grouped: its labels, and each row's place among them.

    labels : the names, each once, in the order they are shown
    codes : (n_ratings,), index into labels
    """

    labels: tuple[str, ...]
    codes: Integers

    @classmethod
    def of(cls, names: Sequence[str], *, labels: Iterable[str] = (), called: str) -> Facet:
        """Codes for names; labels may name some that no row has, and fix the order.

        Raises
        ------
        UnknownNameError : labels were given and a name is not among them
        """
        known = dict.fromkeys(labels)
        if not known:
            known = dict.fromkeys(names)
        index = {label: position for position, label in enumerate(known)}
        try:
            codes = np.fromiter((index[name] for name in names), dtype=np.int64, count=len(names))
        except KeyError as unknown:
            raise UnknownNameError(
                f"{unknown.args[0]!r} is not among the {called}; known are "
                f"{', '.join(map(repr, known))}."
            ) from None
        return cls(labels=tuple(known), codes=codes)

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """Scores given to candidates by assessors on criteria.

    score : (n_ratings,), score points, every one inside its criterion's scale
    scales : (n_criteria,), one scale for each criterion's label
    """

    candidate: Facet
    assessor: Facet
    criterion: Facet
    score: Floats
    scales: tuple[Scale, ...]

    @classmethod
    def from_names(
        cls,
        *,
        candidates: Sequence[str],
        assessors: Sequence[str],
        criteria: Sequence[str],
        scores: Sequence[float] | Floats,
        scales: Scale | Mapping[str, Scale],
        all_candidates: Iterable[str] = (),
        all_assessors: Iterable[str] = (),
        all_criteria: Iterable[str] = (),
    ) -> Ratings:
        """A checked table from one name of each kind for each score.

        Parameters
        ----------
        candidates, assessors, criteria : (n_ratings,), names
        scores : (n_ratings,), score points
        scales : one for all criteria, or one for each by name
        all_candidates, all_assessors, all_criteria : names in order, also those without ratings

        Raises
        ------
        NothingRatedError, ScoreOutsideScaleError, DuplicateRatingError, UnknownNameError
        ArgumentError : the columns differ in length, or a criterion has no scale
        """
        score = np.array(scores, dtype=np.float64)
        if not len(candidates) == len(assessors) == len(criteria) == len(score):
            raise ArgumentError(
                "candidates, assessors, criteria and scores must be equally long; got "
                f"{len(candidates)}, {len(assessors)}, {len(criteria)} and {len(score)}."
            )
        if not len(score):
            raise NothingRatedError("There is not a single rating to read.")
        criterion = Facet.of(criteria, labels=all_criteria, called="criteria")
        table = cls(
            candidate=Facet.of(candidates, labels=all_candidates, called="candidates"),
            assessor=Facet.of(assessors, labels=all_assessors, called="assessors"),
            criterion=criterion,
            score=score,
            scales=_scale_of_each(criterion.labels, scales),
        )
        _refuse_scores_outside_scale(table)
        _refuse_duplicates(table)
        return table

    def __len__(self) -> int:
        return len(self.score)

    def rows(self, chosen: Integers | np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Ratings:
        """The same table, labels and scales with only the chosen rows."""
        return Ratings(
            candidate=Facet(self.candidate.labels, self.candidate.codes[chosen]),
            assessor=Facet(self.assessor.labels, self.assessor.codes[chosen]),
            criterion=Facet(self.criterion.labels, self.criterion.codes[chosen]),
            score=self.score[chosen],
            scales=self.scales,
        )

    def describe(self, row: int) -> str:
        """One rating in words, for a message."""
        candidate = self.candidate.labels[self.candidate.codes[row]]
        assessor = self.assessor.labels[self.assessor.codes[row]]
        criterion = self.criterion.labels[self.criterion.codes[row]]
        return f"{assessor!r} rating {candidate!r} on {criterion!r}"


def _scale_of_each(
    labels: tuple[str, ...], scales: Scale | Mapping[str, Scale]
) -> tuple[Scale, ...]:
    if isinstance(scales, Scale):
        return (scales,) * len(labels)
    missing = [label for label in labels if label not in scales]
    if missing:
        raise ArgumentError(f"No scale is given for criterion {missing[0]!r}.")
    return tuple(scales[label] for label in labels)


def _refuse_scores_outside_scale(table: Ratings) -> None:
    low = np.array([scale.low for scale in table.scales])[table.criterion.codes]
    high = np.array([scale.high for scale in table.scales])[table.criterion.codes]
    inside = (table.score >= low) & (table.score <= high)  # NaN and infinity fall out here too
    outside = np.flatnonzero(~inside)
    if len(outside):
        row = int(outside[0])
        scale = table.scales[table.criterion.codes[row]]
        raise ScoreOutsideScaleError(
            f"{table.score[row]:g} is outside the scale {scale} ({table.describe(row)})"
            + (f"; so are {len(outside) - 1} more." if len(outside) > 1 else "."),
            rows=tuple(int(index) for index in outside),
        )


def _refuse_duplicates(table: Ratings) -> None:
    cell = (table.candidate.codes * len(table.assessor) + table.assessor.codes) * len(
        table.criterion
    ) + table.criterion.codes
    order = np.argsort(cell, kind="stable")
    repeated = order[1:][cell[order[1:]] == cell[order[:-1]]]
    if len(repeated):
        row = int(repeated.min())
        raise DuplicateRatingError(
            f"{table.describe(row)} stands there more than once; one score for each is needed.",
            rows=tuple(int(index) for index in np.sort(repeated)),
        )
