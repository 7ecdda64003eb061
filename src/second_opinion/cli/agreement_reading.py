"""What `agreement` is given: a ratings file, or a plain table of raters, names or numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from second_opinion.cli.ratings_options import ColumnNames
from second_opinion.engine.arrays import Floats
from second_opinion.engine.ratings import Ratings, Scale
from second_opinion.ingest.errors import RatingsFileError, listed
from second_opinion.ingest.ratings_file import (
    AssessorsColumns,
    RatingsColumns,
    RatingsFile,
    ScaleOption,
    Sheet,
    columns_from_options,
    number_of,
    numbered,
    ratings_of_sheet,
    read_sheet,
    transposed,
    with_codes,
)

_ANY = Scale(-1e15, 1e15)  # until the scores are read, where no scale was named


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Ratings, and what their values mean.

    categories : what the numbers from 1 stand for; empty where the file holds numbers
    has_scale : the scale was named, and not only seen
    """

    file: RatingsFile
    categories: tuple[str, ...]
    has_scale: bool


def read_agreement(
    path: Path,
    named: ColumnNames,
    *,
    scales: Sequence[ScaleOption],
    skip_refused: bool,
    nominal: bool,
    transpose: bool,
    nested: bool,
) -> Read:
    """The file, put into the form of ratings.

    Raises
    ------
    IngestError
    click.UsageError : options that mean nothing together
    """
    if (transpose or nested) and not named.assessors:
        raise click.UsageError("--transpose and --nested go with --assessors.")
    if nominal and scales:
        raise click.UsageError("--nominal takes names, which have no --scale.")
    sheet, columns = _sheet_and_columns(path, named, transpose=transpose, nested=nested)
    categories: tuple[str, ...] = ()
    if nominal:
        sheet, categories = with_codes(sheet, columns=columns.scored)
        scales = [ScaleOption(None, Scale(1, max(len(categories), 2)))]
    file = ratings_of_sheet(
        sheet,
        name=path.name,
        columns=columns,
        scales=scales or [ScaleOption(None, _ANY)],
        skip_refused=skip_refused,
    )
    if not scales:
        file = dataclasses.replace(file, ratings=_on_scales_seen(file.ratings))
    return Read(file=file, categories=categories, has_scale=bool(scales))


def _sheet_and_columns(
    path: Path, named: ColumnNames, *, transpose: bool, nested: bool
) -> tuple[Sheet, RatingsColumns]:
    if not named.assessors:
        columns = columns_from_options(**dataclasses.asdict(named))
        return read_sheet(path, wanted=columns.addresses), columns
    others = (named.criterion, named.score, named.scores, named.overall)
    names = named.candidate or (named.assessor if transpose else None)
    if any(others) or (named.assessor and named.assessor != names):
        columns_from_options(**dataclasses.asdict(named))  # says which shapes there are
    sheet = read_sheet(path, wanted=[*([names] if names else []), *named.assessors])
    assessors = named.assessors
    if transpose:
        sheet = transposed(sheet, names=names, columns=named.assessors)
        names, assessors = (
            "#1",
            tuple(f"#{place + 2}" for place in range(len(sheet.header.names) - 1)),
        )
    elif names is None:
        sheet = numbered(sheet)
        names = f"#{len(sheet.header.names)}"
    return sheet, AssessorsColumns(candidate=names, assessors=assessors, nested=nested)


def _on_scales_seen(ratings: Ratings) -> Ratings:
    """The lowest and highest score of each criterion, as its scale."""
    scales = []
    for code in range(len(ratings.criterion)):
        score = ratings.score[ratings.criterion.codes == code]
        low, high = float(score.min()), float(score.max())
        scales.append(Scale(low, high if high > low else low + 1))
    return dataclasses.replace(ratings, scales=tuple(scales))


def read_weights(path: Path, *, categories: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Values, and how much each two agree, from a square table of how far they are apart.

    Raises
    ------
    RatingsFileError : no square table, or of other values than the ratings'
    """
    sheet = read_sheet(path, wanted=categories, others=True)
    names = sheet.header.names
    columns = [sheet.texts(f"#{place + 1}").cells for place in range(len(names))]
    apart = np.array([[number_of(cell) for cell in column] for column in columns]).T
    size = len(names)
    values = np.array([number_of(name) for name in names])
    order = np.argsort(values)
    if categories:
        missing = [name for name in categories if name not in names]
        if missing:
            raise _no_weights(path, f"There is no column {listed(missing)}.")
        order = np.array([names.index(name) for name in categories])
        values = np.arange(1.0, len(categories) + 1)
    if apart.shape != (size, size) or not np.isfinite(apart).all() or not np.isfinite(values).all():
        raise _no_weights(path, "There is no square table of numbers.")
    apart = apart[np.ix_(order, order)]
    if (np.diagonal(apart) != 0).any() or (apart < 0).any() or not (apart == apart.T).all():
        raise _no_weights(path, "The distances are not 0 on the diagonal and alike on both sides.")
    return values if categories else values[order], 1 - apart / max(float(apart.max()), 1e-300)


def _no_weights(path: Path, found: str) -> RatingsFileError:
    return RatingsFileError(
        place=str(path),
        found=found,
        mend="Head the columns with the values, and give each row the distances of one value to "
        "all: 0 to itself, more the further apart.",
    )
