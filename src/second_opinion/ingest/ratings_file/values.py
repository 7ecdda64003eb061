"""The cells of one column: as texts, each different one kept once, or as numbers."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers

Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TextColumn:
    """Cells as texts, trimmed and in one Unicode form; empty where there is nothing.

    texts : each different text once
    codes : (n_records,), each cell's place among them
    """

    texts: tuple[str, ...]
    codes: Integers

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def cells(self) -> list[str]:
        """(n_records,), every cell's text."""
        return [self.texts[code] for code in self.codes.tolist()]

    def part(self, start: int, stop: int) -> TextColumn:
        """Some of the records, and only their texts."""
        codes = self.codes[start:stop]
        is_used = np.bincount(codes, minlength=len(self.texts)) > 0
        texts = tuple(self.texts[code] for code in np.flatnonzero(is_used).tolist())
        return TextColumn(texts, (np.cumsum(is_used) - 1)[codes])

    def holds(self, *texts: str) -> Booleans:
        """(n_records,), whether a cell is one of the texts."""
        return np.array([text in texts for text in self.texts], dtype=np.bool_)[self.codes]

    @classmethod
    def of(cls, cells: Iterable[object], *, nan_is_missing: bool = True) -> TextColumn:
        """Cells of any kind as texts.

        Parameters
        ----------
        nan_is_missing : whether not-a-number is how the source writes that there is nothing
        """
        index = TextIndex(nan_is_missing=nan_is_missing)
        codes = index.codes_of(list(cells))
        return cls(index.texts, codes)


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """Cells that a source holds as numbers already.

    values : (n_records,), NaN where there is nothing
    unreadable : records that hold infinity, or not-a-number as a value of its own
    """

    values: Floats
    unreadable: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.values)

    def part(self, start: int, stop: int) -> NumberColumn:
        """Some of the records."""
        unreadable = {
            record - start: text
            for record, text in self.unreadable.items()
            if start <= record < stop
        }
        return NumberColumn(self.values[start:stop], unreadable)

    @classmethod
    def of(cls, values: Floats, *, missing: Booleans) -> NumberColumn:
        """Numbers of which some are missing; another that is not finite cannot be read."""
        wrong = np.flatnonzero(~np.isfinite(values) & ~missing)
        usable = np.where(np.isfinite(values) & ~missing, values, np.nan)
        return cls(usable, {int(record): f"{values[record]:g}" for record in wrong})


Column = TextColumn | NumberColumn


def joined_column(columns: Sequence[Column]) -> Column:
    """The records of all columns, one after another; texts of the same wording are one."""
    numbers = [column for column in columns if isinstance(column, NumberColumn)]
    if numbers and len(numbers) == len(columns):
        starts = np.cumsum([0, *(len(column) for column in numbers)])
        unreadable = {
            int(start) + record: text
            for start, column in zip(starts, numbers, strict=False)
            for record, text in column.unreadable.items()
        }
        return NumberColumn(np.concatenate([column.values for column in numbers]), unreadable)
    index = TextIndex()
    codes = [index.codes_of(column.texts)[column.codes] for column in map(as_texts, columns)]
    return TextColumn(index.texts, np.concatenate([np.zeros(0, dtype=np.int64), *codes]))


def as_texts(column: Column) -> TextColumn:
    """A column as texts, also where the source holds numbers."""
    return column if isinstance(column, TextColumn) else TextColumn.of(column.values.tolist())


@dataclass(slots=True)
class TextIndex:
    """Texts of a column that arrives in parts, and their codes.

    nan_is_missing : whether not-a-number is how the source writes that there is nothing
    """

    nan_is_missing: bool = True
    _code: dict[object, int] = field(default_factory=dict, init=False)
    _texts: dict[str, int] = field(default_factory=dict, init=False)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(self._texts)

    @property
    def code_of_nothing(self) -> int:
        """The code of empty cells; -1 if none was seen."""
        return self._texts.get("", -1)

    def codes_of(self, cells: Sequence[object]) -> Integers:
        """(n_cells,), each cell's code; new texts are learnt."""
        try:
            different = dict.fromkeys(cells)
        except TypeError:  # a list or the like, which nothing should hold
            return self.codes_of([str(cell) for cell in cells])
        # dict.fromkeys and map run at the speed of C: each different cell is looked at once
        for cell in different:
            if cell not in self._code:
                text = self._text_of(cell)
                self._code[cell] = self._texts.setdefault(text, len(self._texts))
        return np.fromiter(map(self._code.__getitem__, cells), dtype=np.int64, count=len(cells))

    def _text_of(self, cell: object) -> str:
        if isinstance(cell, str):
            # one person spelt in two ways of bytes stays one
            return unicodedata.normalize("NFC", cell.strip())
        if isinstance(cell, float) and math.isnan(cell):
            return "" if self.nan_is_missing else "nan"
        return text_of(cell)


def text_of(cell: object) -> str:
    """What a cell that is no text says: nothing for None and its like, 837 for 837.0."""
    if isinstance(cell, Decimal):
        # also 837.00, and not-a-number, which a database holds as a value of its own
        return str(int(cell)) if cell.is_finite() and cell % 1 == 0 else str(cell)
    if cell is None or _differs_from_itself(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unicodedata.normalize("NFC", str(cell).strip())


def _differs_from_itself(cell: object) -> bool:
    """Whether a cell is the not-a-number, not-a-time or missing value of some library."""
    try:
        return bool(cell != cell)
    except (TypeError, ValueError):  # what is missing cannot even say whether it differs
        return True
