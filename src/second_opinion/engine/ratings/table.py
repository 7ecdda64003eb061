"""Ratings as a long table: one row for each score that was given; a missing cell has no row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings.blocks import KNOWN_FACETS, Array, Block, Gathered, gather
from second_opinion.engine.ratings.facet import Facet, Names, Rows
from second_opinion.engine.ratings.refusals import (
    refuse_duplicates,
    refuse_scores_outside_scale,
    refuse_weights,
)
from second_opinion.engine.ratings.scale import Scale

_NO_LABELS: Mapping[str, Iterable[str]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """Scores given to candidates by assessors on criteria.

    score : (n_ratings,), score points, every one inside its criterion's scale
    scales : (n_criteria,), one scale for each criterion's label
    further : by name, whatever else ratings are grouped by, such as occasion, method or group
    weight : (n_ratings,), how many ratings each counts as; None where each counts as one
    """

    candidate: Facet
    assessor: Facet
    criterion: Facet
    score: Floats
    scales: tuple[Scale, ...]
    further: Mapping[str, Facet] = field(default_factory=dict)
    weight: Floats | None = None

    @classmethod
    def from_names(
        cls,
        *,
        candidates: Names,
        assessors: Names,
        criteria: Names,
        scores: Array,
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
        As from_blocks
        """
        return cls.from_arrays(
            {
                "candidate": candidates,
                "assessor": assessors,
                "criterion": criteria,
                "score": scores,
            },
            scales=scales,
            labels={
                "candidate": all_candidates,
                "assessor": all_assessors,
                "criterion": all_criteria,
            },
        )

    @classmethod
    def from_arrays(
        cls,
        arrays: Block,
        *,
        scales: Scale | Mapping[str, Scale],
        labels: Mapping[str, Iterable[str]] = _NO_LABELS,
    ) -> Ratings:
        """A checked table from one-dimensional arrays by name.

        Parameters
        ----------
        arrays : "candidate", "assessor" and "score", each (n_ratings,); unless all rate the same
            thing, "criterion"; where there are any, "weight" and "missing" (true where no score
            was given); every other name is a further facet. A facet's array holds names, or is a
            Facet of codes and labels.
        scales : one for all criteria, or one for each by name
        labels : by facet, names in order, also those without ratings

        Raises
        ------
        As from_blocks
        """
        return cls.from_blocks([arrays], scales=scales, labels=labels)

    @classmethod
    def from_blocks(
        cls,
        blocks: Iterable[Block],
        *,
        scales: Scale | Mapping[str, Scale],
        labels: Mapping[str, Iterable[str]] = _NO_LABELS,
    ) -> Ratings:
        """A checked table from blocks of rows; of each only codes and numbers are kept.

        Parameters
        ----------
        blocks : each as the arrays of from_arrays, all with the same names; a label may stand in
            many blocks and is one label
        scales, labels : as from_arrays

        Raises
        ------
        NothingRatedError, ScoreOutsideScaleError, WeightError, DuplicateRatingError,
        UnknownNameError
        ArgumentError : the arrays differ in length, or a criterion has no scale
        """
        table = cls._of(gather(blocks, labels=labels), scales)
        refuse_scores_outside_scale(
            table.score,
            criterion=table.criterion.codes,
            scales=table.scales,
            describe=table.describe,
        )
        if table.weight is not None:
            refuse_weights(table.weight, describe=table.describe)
        refuse_duplicates(tuple(table.facets.values()), describe=table.describe)
        return table

    @classmethod
    def _of(cls, gathered: Gathered, scales: Scale | Mapping[str, Scale]) -> Ratings:
        facets = gathered.facets
        return cls(
            candidate=facets["candidate"],
            assessor=facets["assessor"],
            criterion=facets["criterion"],
            score=gathered.score,
            scales=_scale_of_each(facets["criterion"].labels, scales),
            further={name: facet for name, facet in facets.items() if name not in KNOWN_FACETS},
            weight=gathered.weight,
        )

    def __len__(self) -> int:
        return len(self.score)

    @property
    def facets(self) -> dict[str, Facet]:
        """Every facet by its name: candidate, assessor, criterion, then the further ones."""
        known = {
            "candidate": self.candidate,
            "assessor": self.assessor,
            "criterion": self.criterion,
        }
        return {**known, **self.further}

    def rows(self, chosen: Rows) -> Ratings:
        """The same table, labels and scales with only the chosen rows."""
        return replace(
            self,
            candidate=self.candidate.rows(chosen),
            assessor=self.assessor.rows(chosen),
            criterion=self.criterion.rows(chosen),
            score=self.score[chosen],
            further={name: facet.rows(chosen) for name, facet in self.further.items()},
            weight=None if self.weight is None else self.weight[chosen],
        )

    def describe(self, row: int) -> str:
        """One rating in words, for a message."""
        candidate, assessor, criterion, *others = (
            (name, repr(facet.labels[facet.codes[row]])) for name, facet in self.facets.items()
        )
        further = "".join(f", {name} {label}" for name, label in others)
        return f"{assessor[1]} rating {candidate[1]} on {criterion[1]}{further}"


def _scale_of_each(
    labels: tuple[str, ...], scales: Scale | Mapping[str, Scale]
) -> tuple[Scale, ...]:
    if isinstance(scales, Scale):
        return (scales,) * len(labels)
    missing = [label for label in labels if label not in scales]
    if missing:
        raise ArgumentError(f"No scale is given for criterion {missing[0]!r}.")
    return tuple(scales[label] for label in labels)
