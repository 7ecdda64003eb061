"""The three shapes a ratings file may have, by the columns that are named."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Scale
from second_opinion.ingest.errors import OptionsError, quoted
from second_opinion.ingest.ratings_file.numbers import number_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _AnyColumns(ABC):
    """What every shape may have beside names and scores.

    facets : columns that name what else ratings are grouped by, such as the occasion
    weight : the column that says how many ratings each of the row's scores counts as
    """

    facets: tuple[str, ...] = ()
    weight: str | None = None

    @property
    @abstractmethod
    def named(self) -> tuple[str, ...]:
        """Columns that name candidate, assessor and criterion, as far as they are columns."""

    @property
    @abstractmethod
    def scored(self) -> tuple[str, ...]:
        """Columns that hold scores."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns that hold numbers: scores, and the weight last."""
        return self.scored if self.weight is None else (*self.scored, self.weight)

    @property
    def addresses(self) -> tuple[str, ...]:
        return (*self.named, *self.facets, *self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class LongColumns(_AnyColumns):
    """One row for each score."""

    candidate: str
    assessor: str
    criterion: str
    score: str

    @property
    def named(self) -> tuple[str, ...]:
        return (self.candidate, self.assessor, self.criterion)

    @property
    def scored(self) -> tuple[str, ...]:
        return (self.score,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaColumns(_AnyColumns):
    """One row for each opinion, one column for each criterion and, if wanted, the overall score."""

    candidate: str
    assessor: str
    scores: tuple[str, ...]
    overall: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        return (self.candidate, self.assessor)

    @property
    def scored(self) -> tuple[str, ...]:
        return self.scores if self.overall is None else (*self.scores, self.overall)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorsColumns(_AnyColumns):
    """One row for each candidate, one column for each assessor.

    nested : the columns' assessors are unnamed, and each row has its own; else a column is one
        and the same assessor in every row
    """

    candidate: str
    assessors: tuple[str, ...]
    nested: bool = True

    @property
    def named(self) -> tuple[str, ...]:
        return (self.candidate,)

    @property
    def scored(self) -> tuple[str, ...]:
        return self.assessors


RatingsColumns = LongColumns | CriteriaColumns | AssessorsColumns

_SHAPES = {
    frozenset({"candidate", "assessor", "criterion", "score"}),
    frozenset({"candidate", "assessor", "scores"}),
    frozenset({"candidate", "assessor", "scores", "overall"}),
    frozenset({"candidate", "assessors"}),
}
_SHAPES_IN_WORDS = (
    "Name the columns of one shape: --candidate --assessor --criterion --score (long), or "
    "--candidate --assessor --scores [--overall] (a column for each criterion), or --candidate "
    "--assessors (a column for each assessor)."
)


def columns_from_options(
    *,
    candidate: str | None,
    assessor: str | None = None,
    criterion: str | None = None,
    score: str | None = None,
    scores: tuple[str, ...] = (),
    overall: str | None = None,
    assessors: tuple[str, ...] = (),
    facets: tuple[str, ...] = (),
    weight: str | None = None,
) -> RatingsColumns:
    """The one shape that these options name, with further facets and weights where wanted.

    Raises
    ------
    OptionsError : none of the three shapes, or more than one
    """
    named = {
        "candidate": candidate,
        "assessor": assessor,
        "criterion": criterion,
        "score": score,
        "scores": scores,
        "overall": overall,
        "assessors": assessors,
    }
    given = frozenset(name for name, column in named.items() if column)
    if given not in _SHAPES or not candidate:
        options = " ".join(f"--{name}" for name in named if name in given) or "no columns"
        raise OptionsError(
            place="Options", found=f"{options} is not a shape of ratings.", mend=_SHAPES_IN_WORDS
        )
    if assessors:
        return AssessorsColumns(
            candidate=candidate, assessors=assessors, facets=facets, weight=weight
        )
    if scores:
        return CriteriaColumns(
            candidate=candidate,
            assessor=assessor or "",
            scores=scores,
            overall=overall,
            facets=facets,
            weight=weight,
        )
    return LongColumns(
        candidate=candidate,
        assessor=assessor or "",
        criterion=criterion or "",
        score=score or "",
        facets=facets,
        weight=weight,
    )


@dataclass(frozen=True, slots=True)
class ScaleOption:
    """A scale for one criterion, or for all that have none of their own (criterion None)."""

    criterion: str | None
    scale: Scale

    @classmethod
    def parse(cls, text: str) -> ScaleOption:
        """'1:5' for all, 'crit6=0:4' for one.

        Raises
        ------
        OptionsError : not of that form, or the highest is not above the lowest
        """
        criterion, equals, ends = text.rpartition("=")
        low, _, high = ends.partition(":")
        try:
            scale = Scale(number_of(low.strip()), number_of(high.strip()))
        except ArgumentError as fault:
            raise OptionsError(
                place="Option --scale",
                found=f"{quoted(text)} is no scale.",
                mend="Write lowest and highest score as 1:5, or for one column as name=1:5.",
            ) from fault
        return cls(criterion.strip() if equals else None, scale)


def scale_options(scales: Scale | Mapping[str, Scale]) -> tuple[ScaleOption, ...]:
    """One scale for all, or one for each criterion by name, as the reader takes them."""
    if isinstance(scales, Scale):
        return (ScaleOption(None, scales),)
    return tuple(ScaleOption(criterion, scale) for criterion, scale in scales.items())
