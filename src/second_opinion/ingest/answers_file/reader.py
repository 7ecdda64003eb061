"""A file of answers, one row for each person, gone through some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.personality import Answers
from second_opinion.ingest.answers_file.columns import AnswersColumns, Items, items_in
from second_opinion.ingest.errors import (
    AnswersFileError,
    RefusedRow,
    RefusedRowsError,
    counted,
    quoted,
)
from second_opinion.ingest.ratings_file import ScaleOption, Sheet
from second_opinion.ingest.ratings_file.numbers import NumberTable, read_numbers
from second_opinion.ingest.ratings_file.parquet_sheet import (
    is_parquet,
    parquet_header,
    parquet_sheets,
)
from second_opinion.ingest.ratings_file.text_sheet import text_sheets

AT_ONCE = 50_000  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersPart:
    """Some of the people.

    people : (n_persons,), names, or the row in the file where people have none
    answers : in the keyed direction
    n_incomplete : rows left out because an answer is missing, where that was asked for
    refused : rows that cannot be read, left out
    """

    people: Sequence[str]
    answers: Answers
    n_incomplete: int
    refused: tuple[RefusedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersFile:
    """Answers that may be gone through again and again; each time they are read anew.

    complete_cases : leave out people with a gap
    skip_refused : leave out rows that cannot be read, instead of refusing the file
    """

    path: Path
    columns: AnswersColumns
    scales: tuple[ScaleOption, ...]
    complete_cases: bool = False
    skip_refused: bool = False
    _items: list[Items] = field(default_factory=list)

    @property
    def items(self) -> Items:
        """The columns that hold answers.

        Raises
        ------
        FileError, ColumnError, OptionsError
        """
        if not self._items:
            if not self.path.is_file() and self.path.exists() and not self.path.is_dir():
                raise AnswersFileError(
                    place=str(self.path),
                    found="This is no ordinary file, and it must be read more than once.",
                    mend="Save the answers into a file first.",
                )
            header = next(self._sheets(n_rows=1)).header
            self._items.append(items_in(header, self.columns, self.scales))
        return self._items[0]

    def __iter__(self) -> Iterator[AnswersPart]:
        """Parts in the order of the file; what is refused is told once all of it was read.

        Raises
        ------
        FileError, ColumnError, OptionsError, RatingsFileError
        RefusedRowsError : rows cannot be read, and they are not to be skipped
        AnswersFileError : nobody is in the file, or one person is there twice
        """
        items, refused, n_people = self.items, list[RefusedRow](), 0
        known: list[Integers] = []
        for sheet in self._sheets(n_rows=AT_ONCE):
            part, people = self._part(sheet, items)
            refused += part.refused
            n_people += len(part.people)
            known.append(people)
            yield part
        if refused and not self.skip_refused:
            raise RefusedRowsError(path=str(self.path), refused=tuple(refused))
        if not n_people:
            raise self._nobody()
        if self.columns.person is not None:
            self._refuse_repeated(np.concatenate(known))

    def _sheets(self, *, n_rows: int) -> Iterator[Sheet]:
        wanted = self.columns.addresses
        if not is_parquet(self.path):
            yield from text_sheets(self.path, wanted=wanted, n_rows=n_rows)
            return
        header = parquet_header(self.path)
        yield from parquet_sheets(self.path, header, header.places(wanted), n_rows=n_rows)

    def _part(self, sheet: Sheet, items: Items) -> tuple[AnswersPart, Integers]:
        table = read_numbers(
            [sheet.column(address) for address in self.columns.items],
            rows=sheet.rows,
            names=[quoted(name) for name in items.names],
            path=sheet.path,
        )
        refused = _refused(sheet, table, items) | self._nameless(sheet)
        kept = np.ones(len(sheet.rows), dtype=np.bool_)
        kept[list(refused)] = False
        is_complete = ~np.isnan(table.score).any(axis=1)
        n_incomplete = 0
        if self.complete_cases:
            n_incomplete = int((kept & ~is_complete).sum())
            kept &= is_complete
        answers = Answers.from_scores(
            table.score[kept], low=items.low, high=items.high, is_reversed=items.is_reversed
        )
        people = self._people(sheet, np.flatnonzero(kept))
        part = AnswersPart(
            people=people,
            answers=answers,
            n_incomplete=n_incomplete,
            refused=(*sheet.refused, *refused.values()),
        )
        return part, np.fromiter(map(hash, people), dtype=np.int64, count=len(people))

    def _people(self, sheet: Sheet, records: Integers) -> list[str]:
        if self.columns.person is None:
            return [str(row) for row in sheet.rows[records].tolist()]
        names = sheet.texts(self.columns.person)
        return [names.texts[code] for code in names.codes[records].tolist()]

    def _nameless(self, sheet: Sheet) -> dict[int, RefusedRow]:
        if self.columns.person is None:
            return {}
        lacks = sheet.texts(self.columns.person).holds("", "NA")
        column = quoted(sheet.name_of(self.columns.person))
        return {
            record: RefusedRow(int(sheet.rows[record]), column, "There is no name for the person.")
            for record in np.flatnonzero(lacks).tolist()
        }

    def _refuse_repeated(self, known: Integers) -> None:
        """Names are kept as hashes only; where two are alike, the file says whose they are."""
        ordered = np.sort(known)
        alike = set(ordered[1:][ordered[1:] == ordered[:-1]].tolist())
        if not alike:
            return
        first: dict[str, int] = {}
        for sheet in self._sheets(n_rows=AT_ONCE):
            names = self._people(sheet, np.arange(len(sheet.rows)))
            for row, name in zip(sheet.rows.tolist(), names, strict=True):
                if hash(name) in alike and first.setdefault(name, row) != row:
                    raise AnswersFileError(
                        place=f"{self.path}, row {row}",
                        found=f"{quoted(name)} has answered on row {first[name]} already.",
                        mend="Keep one row for each person, or leave out --person.",
                    )

    def _nobody(self) -> AnswersFileError:
        mend = "Check that it is the right file."
        if self.complete_cases:
            mend = "Leave out --complete-cases to use what was answered."
        return AnswersFileError(place=str(self.path), found="There is nobody to score.", mend=mend)


def _refused(sheet: Sheet, table: NumberTable, items: Items) -> dict[int, RefusedRow]:
    """Each record with an answer that cannot be, and the first reason."""
    refused: dict[int, RefusedRow] = {}
    for (record, item), reason in sorted(table.faults.items()):
        row = int(sheet.rows[record])
        refused.setdefault(record, RefusedRow(row, quoted(items.names[item]), reason))
    score = table.score
    with np.errstate(invalid="ignore"):
        outside = (score < items.low) | (score > items.high)
        between = score != np.round(score)
    for record, item in np.argwhere(outside | (between & ~np.isnan(score))).tolist():
        refused.setdefault(record, _wrong_answer(sheet, score, items, record, item))
    return refused


def _wrong_answer(sheet: Sheet, score: Floats, items: Items, record: int, item: int) -> RefusedRow:
    scale = f"{items.low[item]:g} to {items.high[item]:g}"
    said = "is outside the scale" if (
        not items.low[item] <= score[record, item] <= items.high[item]
    ) else "lies between the points of the scale"  # fmt: skip
    return RefusedRow(
        int(sheet.rows[record]),
        quoted(items.names[item]),
        f"{score[record, item]:.12g} {said} {scale}; correct it, or leave the cell empty.",
    )


def people_in_words(n_people: int, n_silent: int, n_incomplete: int) -> str:
    """'2,709 people read; 91 left out, as an answer is missing.'"""
    said = f"{n_people:,} {'person' if n_people == 1 else 'people'} read"
    if n_incomplete:
        said += f"; {counted(n_incomplete, 'row')} left out, as an answer is missing"
    if n_silent:
        said += f"; {n_silent:,} of them answered nothing and have no score"
    return f"{said}."
