"""The file of conflicts of interest: a row for each two who may not meet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from second_opinion.ingest.errors import nearest, quoted
from second_opinion.ingest.matching_files.entries import Conflict
from second_opinion.ingest.matching_files.table import read_table

REQUIRED = ("case", "assessor")
OPTIONAL = ("reason",)


def read_conflicts(
    path: Path, *, cases: Iterable[str], assessors: Iterable[str]
) -> tuple[Conflict, ...]:
    """The conflicts of a file, in its order.

    cases, assessors : the names that there are; a conflict of anybody else is a slip of the pen,
        which must not let the two meet

    Raises
    ------
    FileError, ColumnError
    MatchingFileError : rows that cannot be read, or that name nobody there is
    """
    table = read_table(path, required=REQUIRED, optional=OPTIONAL)
    known = {"case": frozenset(cases), "assessor": frozenset(assessors)}
    found = []
    for row, cells in table.named(*REQUIRED):
        for column, names in known.items():
            if cells[column] not in names:
                hint = nearest(cells[column], names)
                table.refuse(
                    row,
                    column,
                    f"There is no {column} {quoted(cells[column])} in its file. "
                    f"{hint}Write the name as it stands there.",
                )
        found.append(
            Conflict(case=cells["case"], assessor=cells["assessor"], reason=cells["reason"])
        )
    table.require_sound()
    return tuple(found)
