"""From a ratings file to the table that everything is computed from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.ratings import Facet, Ratings, Scale
from second_opinion.ingest.errors import (
    RatingsFileError,
    RefusedRow,
    RefusedRowsError,
    counted,
    listed,
    quoted,
)
from second_opinion.ingest.ratings_file.cells import Cells, read_cells
from second_opinion.ingest.ratings_file.columns import (
    AssessorsColumns,
    CriteriaColumns,
    RatingsColumns,
    ScaleOption,
)
from second_opinion.ingest.ratings_file.parquet_sheet import is_parquet, read_parquet_sheet
from second_opinion.ingest.ratings_file.repeats import repeated_ratings
from second_opinion.ingest.ratings_file.result import RatingsFile, Reading
from second_opinion.ingest.ratings_file.scales import scales_of
from second_opinion.ingest.ratings_file.sheet import Sheet
from second_opinion.ingest.ratings_file.text_sheet import read_text_sheet
from second_opinion.ingest.ratings_file.values import Booleans


def read_ratings_file(
    path: Path,
    *,
    columns: RatingsColumns,
    scales: Sequence[ScaleOption],
    lower_is_better: bool = False,
    skip_refused: bool = False,
) -> RatingsFile:
    """Ratings out of a delimited text file or a Parquet file.

    Raises
    ------
    FileError, ColumnError, OptionsError, RatingsFileError
    RefusedRowsError : rows cannot be read, and they are not to be skipped
    """
    return ratings_of_sheet(
        read_sheet(path, wanted=columns.addresses),
        name=path.name,
        columns=columns,
        scales=scales,
        lower_is_better=lower_is_better,
        skip_refused=skip_refused,
    )


def read_sheet(path: Path, *, wanted: Sequence[str], others: bool = False) -> Sheet:
    """The wanted columns of a delimited text file or a Parquet file.

    Parameters
    ----------
    wanted : addresses of columns
    others : keep the other columns too, and let wanted ones be absent

    Raises
    ------
    FileError, ColumnError, RatingsFileError
    """
    read = read_parquet_sheet if is_parquet(path) else read_text_sheet
    return read(path, wanted=wanted, others=others)


def ratings_of_sheet(
    sheet: Sheet,
    *,
    name: str,
    columns: RatingsColumns,
    scales: Sequence[ScaleOption],
    lower_is_better: bool = False,
    skip_refused: bool = False,
) -> RatingsFile:
    """Ratings out of a sheet that is read, and perhaps rearranged, already.

    Raises
    ------
    ColumnError, OptionsError, RatingsFileError
    RefusedRowsError : rows cannot be read, and they are not to be skipped
    """
    cells = read_cells(sheet, columns)
    of_criterion = scales_of(cells, scales, columns=columns, sheet=sheet)
    nested = isinstance(columns, AssessorsColumns) and columns.nested
    refused, kept = _refused_rows(sheet, cells, scales=of_criterion, nested=nested)
    if refused and not skip_refused:
        raise RefusedRowsError(path=sheet.path, refused=refused, kind=sheet.kind)
    ratings = _ratings(cells, kept=kept, scales=of_criterion, lower_is_better=lower_is_better)
    if ratings is None:
        raise _nothing_rated(sheet, cells, n_refused=len(refused))
    return RatingsFile(
        ratings=ratings,
        overall=_overall(columns, sheet=sheet, ratings=ratings),
        without_ratings=_without_ratings(cells, kept=kept, ratings=ratings),
        refused=refused,
        nested_assessors=nested,
        lower_is_better=lower_is_better,
        reading=Reading(
            name=name,
            form=sheet.form,
            decimal_mark=cells.numbers.decimal_mark,
            n_rows=int(kept.sum()),
            never_rated=_never_rated(cells, ratings),
        ),
    )


def ratings_of_part(
    sheet: Sheet,
    *,
    columns: RatingsColumns,
    scales: Sequence[ScaleOption],
    lower_is_better: bool = False,
) -> Ratings | None:
    """Ratings out of a part of a table, which need not hold every criterion, or any score at all.

    Raises
    ------
    ColumnError, OptionsError, RatingsFileError
    RefusedRowsError : rows cannot be read
    """
    cells = read_cells(sheet, columns)
    here = [one for one in scales if one.criterion in (None, *cells.criterion.labels)]
    of_criterion = scales_of(cells, here, columns=columns, sheet=sheet)
    nested = isinstance(columns, AssessorsColumns) and columns.nested
    refused, kept = _refused_rows(sheet, cells, scales=of_criterion, nested=nested)
    if refused:
        raise RefusedRowsError(path=sheet.path, refused=refused, kind=sheet.kind)
    return _ratings(cells, kept=kept, scales=of_criterion, lower_is_better=lower_is_better)


def _refused_rows(
    sheet: Sheet, cells: Cells, *, scales: tuple[Scale, ...], nested: bool
) -> tuple[tuple[RefusedRow, ...], Booleans]:
    """Every row that cannot be read, and the records that stay."""
    refused = _refused_records(cells, scales)
    kept = np.ones(len(cells.rows), dtype=np.bool_)
    kept[list(refused)] = False
    # only among rows that can be read: a refused row takes nobody's place
    repeats = repeated_ratings(cells, kept=kept, nested=nested)
    kept[list(repeats)] = False
    every = (*sheet.refused, *refused.values(), *repeats.values())
    return tuple(sorted(every, key=lambda refusal: refusal.row)), kept


def _without_ratings(cells: Cells, *, kept: Booleans, ratings: Ratings) -> tuple[str, ...]:
    rated = frozenset(ratings.candidate.labels)
    named = (cells.candidate.labels[code] for code in np.unique(cells.candidate.codes[kept]))
    return tuple(label for label in named if label not in rated)


def _never_rated(cells: Cells, ratings: Ratings) -> tuple[str, ...]:
    rated = frozenset(ratings.criterion.labels)
    return tuple(label for label in cells.criterion.labels if label and label not in rated)


def _refused_records(cells: Cells, scales: tuple[Scale, ...]) -> dict[int, RefusedRow]:
    """Each record with a cell that cannot be read, and the first reason."""
    refused: dict[int, RefusedRow] = {}
    for (record, place), reason in sorted(cells.numbers.faults.items()):
        refused.setdefault(
            record, RefusedRow(int(cells.rows[record]), quoted(cells.columns[place]), reason)
        )
    score = cells.numbers.score
    low = np.array([scale.low for scale in scales])[cells.criterion.codes]
    high = np.array([scale.high for scale in scales])[cells.criterion.codes]
    for record, place in np.argwhere((score < low) | (score > high)).tolist():
        scale = scales[cells.criterion.codes[record, place]]
        refused.setdefault(
            record,
            RefusedRow(
                int(cells.rows[record]),
                quoted(cells.columns[place]),
                f"{score[record, place]:.12g} is outside the scale {scale}.",
            ),
        )
    return cells.lacking | refused


def _ratings(
    cells: Cells,
    *,
    kept: Booleans,
    scales: tuple[Scale, ...],
    lower_is_better: bool,
) -> Ratings | None:
    """The table of all scores in kept records, in the file's order; None if there is none."""
    record, place = np.nonzero(~np.isnan(cells.numbers.score) & kept[:, None])
    if not len(record):
        return None
    score = cells.numbers.score[record, place]
    criterion_codes = cells.criterion.codes[record, place]
    if lower_is_better:
        score = _turned_round(score, scales=scales, criterion_codes=criterion_codes)
    criterion, used = _only_used(cells.criterion.labels, criterion_codes)
    return Ratings(
        candidate=_only_used(cells.candidate.labels, cells.candidate.codes[record])[0],
        assessor=_only_used(cells.assessor.labels, cells.assessor.codes[record, place])[0],
        criterion=criterion,
        score=score,
        scales=tuple(scales[code] for code in used),
        further={
            name: _only_used(facet.labels, facet.codes[record])[0]
            for name, facet in cells.further.items()
        },
        weight=None if cells.weight is None else cells.weight[record],
    )


def _turned_round(score: Floats, *, scales: tuple[Scale, ...], criterion_codes: Integers) -> Floats:
    low = np.array([scale.low for scale in scales])[criterion_codes]
    high = np.array([scale.high for scale in scales])[criterion_codes]
    # 1 + 5 - 2.3 is not quite 3.7: rounding keeps the grid that the scores were given on
    turned: Floats = np.clip(np.round(low + high - score, 12), low, high)
    return turned


def _only_used(labels: tuple[str, ...], codes: Integers) -> tuple[Facet, list[int]]:
    """A facet without the labels that no rating has, and the old codes of those that stay."""
    is_used = np.bincount(codes, minlength=len(labels)) > 0
    kept: list[int] = np.flatnonzero(is_used).tolist()
    if len(kept) == len(labels):
        return Facet(labels, np.ascontiguousarray(codes)), kept
    compact = np.cumsum(is_used) - 1
    return Facet(tuple(labels[code] for code in kept), compact[codes]), kept


def _overall(columns: RatingsColumns, *, sheet: Sheet, ratings: Ratings) -> str | None:
    if not isinstance(columns, CriteriaColumns) or columns.overall is None:
        return None
    overall = sheet.name_of(columns.overall)
    if overall not in ratings.criterion.labels:
        raise RatingsFileError(
            place=f"{sheet.path}, column {quoted(overall)}",
            found="There is not a single overall score.",
            mend="Name another column, or leave out --overall.",
        )
    return overall


def _nothing_rated(sheet: Sheet, cells: Cells, *, n_refused: int) -> RatingsFileError:
    refused = f" ({counted(n_refused, 'row')} refused)" if n_refused else ""
    return RatingsFileError(
        place=sheet.path,
        found=f"There is not a single score in {listed(cells.columns)}{refused}.",
        mend=f"Check that the columns and the {sheet.kind} are the right ones.",
    )
