"""What a ratings file turned out to hold, in a table and in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from second_opinion.engine.ratings import Ratings, Scale
from second_opinion.ingest.errors import RefusedRow, counted, listed, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the file was read.

    form : how cells stand in the source, in words
    decimal_mark : '.' or ','; empty when no score was written with one
    never_rated : columns or criteria that hold no score
    """

    name: str
    form: str
    decimal_mark: str
    n_rows: int
    never_rated: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsFile:
    """Ratings read from a file.

    ratings : candidates, assessors and criteria that have a score; higher is always better
    overall : the criterion's label that holds the overall score; None where none was named
    without_ratings : candidates that the file names but nobody scored
    refused : rows left out, which only happens when that was asked for
    nested_assessors : assessors are unnamed, and none rates more than one candidate
    lower_is_better : the file's scores were turned round (low + high - score)
    """

    ratings: Ratings
    overall: str | None
    without_ratings: tuple[str, ...]
    refused: tuple[RefusedRow, ...]
    nested_assessors: bool
    lower_is_better: bool
    reading: Reading

    @property
    def overall_scale(self) -> Scale | None:
        """The overall score's scale; without one the criteria's, if they share one."""
        scales = dict(zip(self.ratings.criterion.labels, self.ratings.scales, strict=True))
        if self.overall is not None:
            return scales[self.overall]
        return self.ratings.scales[0] if len(set(self.ratings.scales)) == 1 else None

    @property
    def understood(self) -> str:
        """What was read, in a few lines, so that a wrong reading is seen at once."""
        return "\n".join((*_how_read(self.reading, self.ratings), *_what_to_know(self)))


_MARKS = {"": "whole numbers", ".": "decimal point", ",": "decimal comma"}


def _how_read(reading: Reading, ratings: Ratings) -> Iterator[str]:
    yield (
        f"{reading.name}: {counted(reading.n_rows, 'row')} read ({reading.form}, "
        f"{_MARKS[reading.decimal_mark]})."
    )
    yield (
        f"{counted(len(ratings), 'score')} by {counted(len(ratings.assessor), 'assessor')} "
        f"for {counted(len(ratings.candidate), 'candidate')} on {_criteria(ratings)}."
    )


def _what_to_know(read: RatingsFile) -> Iterator[str]:
    if read.nested_assessors:
        yield "Each column is one unnamed assessor of its candidate, no one else's."
    if read.overall is not None:
        yield f"The overall score is {quoted(read.overall)}."
    yield from _facets_and_weights(read.ratings)
    if read.lower_is_better:
        yield "Lower is better: scores were turned round on their scales."
    if read.without_ratings:
        number = counted(len(read.without_ratings), "candidate")
        yield f"Without any score: {number}, {listed(read.without_ratings, most=5)}."
    if read.reading.never_rated:
        yield f"Without any score: {listed(read.reading.never_rated, most=10)}."
    if read.refused:
        yield f"Refused and left out: {counted(len(read.refused), 'row')}."


def _facets_and_weights(ratings: Ratings) -> Iterator[str]:
    if ratings.further:
        counts = (f"{name} ({len(facet):,})" for name, facet in ratings.further.items())
        yield f"Further facets: {', '.join(counts)}."
    if ratings.weight is not None:
        yield (
            "Each score counts as often as its weight says, from "
            f"{ratings.weight.min():g} to {ratings.weight.max():g}."
        )


def _criteria(ratings: Ratings) -> str:
    pairs = list(zip(ratings.criterion.labels, ratings.scales, strict=True))
    shown = ", ".join(f"{quoted(label)} ({scale})" for label, scale in pairs[:10])
    more = f" and {len(pairs) - 10} more" if len(pairs) > 10 else ""
    noun = "criterion" if len(pairs) == 1 else "criteria"
    return f"{len(pairs)} {noun}: {shown}{more}"
