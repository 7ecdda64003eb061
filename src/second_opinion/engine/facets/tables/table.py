"""One small way out for every table: columns, rows, a dictionary ready for JSON, and print."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import fields

import numpy as np

SHOWN = 40  # rows that print; all of them are in rows()


class Table:
    """A frozen dataclass whose arrays and tuples are columns of equal length.

    Fields that are single values belong to the table as a whole.
    """

    __slots__ = ()

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """The columns by name, in order; numbers as NumPy arrays."""
        return {
            name: value for name, value in self._fields() if isinstance(value, tuple | np.ndarray)
        }

    def single_values(self) -> dict[str, object]:
        """What belongs to the table as a whole, ready for JSON."""
        return {
            name: plain(value)
            for name, value in self._fields()
            if not isinstance(value, tuple | np.ndarray)
        }

    def __len__(self) -> int:
        return min((len(column) for column in self.columns().values()), default=0)

    def rows(self) -> Iterator[dict[str, object]]:
        """One dictionary for each row, ready for JSON or a CSV writer; None where undefined."""
        columns = {name: _plain_column(column) for name, column in self.columns().items()}
        for values in zip(*columns.values(), strict=True):
            yield dict(zip(columns, values, strict=True))

    def as_dict(self) -> dict[str, object]:
        """Plain numbers, strings, lists and mappings, ready for JSON."""
        return {**self.single_values(), "rows": list(self.rows())}

    def __str__(self) -> str:
        head = [f"{name}: {_shown(value)}" for name, value in self.single_values().items()]
        columns = [
            _aligned(name, _plain_column(column[:SHOWN])) for name, column in self.columns().items()
        ]
        lines = ["  ".join(cells).rstrip() for cells in zip(*columns, strict=True)]
        left = len(self) - SHOWN
        return "\n".join([*head, *lines, *([f"... and {left} more"] if left > 0 else [])])

    def _fields(self) -> Iterator[tuple[str, object]]:
        for one in fields(self):  # type: ignore[arg-type]  # every Table is a dataclass
            yield one.name, getattr(self, one.name)


def plain(value: object) -> object:
    """A number as Python's own, None for NaN and infinity; anything else as it is."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def _plain_column(column: Sequence[object] | np.ndarray) -> list[object]:
    values = column.tolist() if isinstance(column, np.ndarray) else column
    return [plain(value) for value in values]


def _aligned(name: str, values: list[object]) -> list[str]:
    cells = [name.replace("_", " "), *map(_shown, values)]
    width = max(map(len, cells))
    words = any(isinstance(value, str) for value in values)
    return [cell.ljust(width) if words else cell.rjust(width) for cell in cells]


def _shown(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        plainly = abs(value) < 1e5 and (abs(value) >= 0.005 or value == 0)
        return f"{value:.2f}" if plainly else f"{value:.2g}"
    return str(value)
