"""The file of cases: a row for each competence that a case needs."""

from __future__ import annotations

import math
from pathlib import Path
from typing import cast

from second_opinion.engine.matching import Need
from second_opinion.ingest.errors import quoted
from second_opinion.ingest.matching_files.entries import MatchingCase, key_of
from second_opinion.ingest.matching_files.table import (
    SaidOnce,
    Table,
    languages_of,
    read_table,
)

REQUIRED = ("case", "competence", "level")
OPTIONAL = ("gap", "weight", "language", "most_price", "assessors")
MOST_ASSESSORS = 20
"""Of one case: more is a slip of the pen."""

_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "j", "sant"})
_NO = frozenset({"", "no", "n", "false", "0", "nej", "falskt"})


def read_cases(path: Path) -> tuple[MatchingCase, ...]:
    """The cases of a file, in its order.

    Raises
    ------
    FileError, ColumnError
    MatchingFileError : rows that cannot be read
    """
    table = read_table(path, required=REQUIRED, optional=OPTIONAL)
    once = SaidOnce(table)
    needs: dict[str, dict[str, Need]] = {}
    first_row: dict[tuple[str, str], int] = {}
    for row, cells in table.named("case", "competence"):
        case, competence = cells["case"], key_of(cells["competence"])
        earlier = first_row.setdefault((case, competence), row)
        if earlier != row:
            table.refuse(
                row,
                "competence",
                f"{quoted(case)} needs {quoted(cells['competence'])} already on row {earlier}; one "
                "row each.",
            )
        need = _need(table, row, cells)
        _note_the_whole(table, once, row, cells)
        if need is not None:
            needs.setdefault(case, {})[competence] = need
    table.require_sound()
    return tuple(
        MatchingCase(
            name=case,
            needs=tuple(each.values()),
            languages=cast("frozenset[str]", once.of(case, "language") or frozenset()),
            most_price=cast("float | None", once.of(case, "most_price")),
            assessors=cast("int | None", once.of(case, "assessors")),
        )
        for case, each in needs.items()
    )


def _need(table: Table, row: int, cells: dict[str, str]) -> Need | None:
    level = table.number(row, cells, "level", needs="a level above 0", fits=lambda each: each > 0)
    weight = table.optional_number(
        row, cells, "weight", needs="a weight above 0", fits=lambda each: each > 0
    )
    gap = cells["gap"].casefold()
    if gap not in _YES | _NO:
        table.refuse(row, "gap", f"{quoted(cells['gap'])} cannot be; yes or no is needed.")
    if level is None:
        return None
    return Need(
        competence=cells["competence"],
        level=level,
        weight=1.0 if weight is None else weight,
        is_gap=gap in _YES,
    )


def _note_the_whole(table: Table, once: SaidOnce, row: int, cells: dict[str, str]) -> None:
    case = cells["case"]
    if cells["language"]:
        once.note(row, case, "language", languages_of(cells["language"]), text=cells["language"])
    price = table.optional_number(
        row, cells, "most_price", needs="a price of 0 or above", fits=lambda each: each >= 0
    )
    if price is not None and not math.isnan(price):
        once.note(row, case, "most_price", price, text=cells["most_price"])
    number = table.optional_number(
        row,
        cells,
        "assessors",
        needs=f"a whole number from 1 to {MOST_ASSESSORS}",
        fits=lambda each: 1 <= each <= MOST_ASSESSORS and each == int(each),
    )
    if number is not None:
        once.note(row, case, "assessors", int(number), text=cells["assessors"])
