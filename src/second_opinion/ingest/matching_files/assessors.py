"""The file of assessors: a row for each competence that an assessor shows."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from second_opinion.engine.matching import QUALITY, Proof
from second_opinion.ingest.errors import nearest, quoted
from second_opinion.ingest.matching_files.entries import MatchingAssessor, Shown, key_of
from second_opinion.ingest.matching_files.table import (
    SaidOnce,
    Table,
    languages_of,
    read_table,
)
from second_opinion.ingest.ratings_file.numbers import number_of

REQUIRED = ("assessor", "competence", "level", "cap")
OPTIONAL = ("proof", "language", "price")
PROOF_WORDS = {
    "": Proof.DECLARED,
    "uppdrag": Proof.CASES,
    "certifikat": Proof.CERTIFICATE,
    "anställning": Proof.EMPLOYMENT,
    "publikation": Proof.PUBLICATION,
    "uppgift": Proof.DECLARED,
} | {str(kind): kind for kind in Proof}


def read_assessors(path: Path) -> tuple[MatchingAssessor, ...]:
    """The assessors of a file, in its order.

    Raises
    ------
    FileError, ColumnError
    MatchingFileError : rows that cannot be read
    """
    table = read_table(path, required=REQUIRED, optional=OPTIONAL)
    once = SaidOnce(table)
    shown: dict[str, dict[str, Shown]] = {}
    rows: dict[str, int] = {}
    first_row: dict[tuple[str, str], int] = {}
    for row, cells in table.named("assessor", "competence"):
        assessor, competence = cells["assessor"], key_of(cells["competence"])
        rows.setdefault(assessor, row)
        earlier = first_row.setdefault((assessor, competence), row)
        if earlier != row:
            table.refuse(
                row,
                "competence",
                f"{quoted(assessor)} shows {quoted(cells['competence'])} already on row {earlier}; "
                "keep the row with the strongest proof.",
            )
        _note_the_whole(table, once, row, cells)
        each = _shown(table, row, cells)
        if each is not None:
            shown.setdefault(assessor, {})[competence] = each
    for assessor, row in rows.items():
        if once.of(assessor, "cap") is None:
            table.refuse(row, "cap", f"Say how many cases {quoted(assessor)} can take at most.")
    table.require_sound()
    return tuple(
        MatchingAssessor(
            name=assessor,
            shown=each,
            cap=cast("int", once.of(assessor, "cap")),
            languages=cast("frozenset[str]", once.of(assessor, "language") or frozenset()),
            price=cast("float | None", once.of(assessor, "price")),
        )
        for assessor, each in shown.items()
    )


def _shown(table: Table, row: int, cells: dict[str, str]) -> Shown | None:
    level = table.number(
        row, cells, "level", needs="a level of 0 or above", fits=lambda each: each >= 0
    )
    quality = _quality(table, row, cells["proof"])
    if level is None or quality is None:
        return None
    return Shown(level=level, proof=cells["proof"] or str(Proof.DECLARED), quality=quality)


def _quality(table: Table, row: int, text: str) -> float | None:
    """That of a kind of proof, or a number of the provider's own."""
    kind = PROOF_WORDS.get(text.casefold())
    if kind is not None:
        return QUALITY[kind]
    own = number_of(text)
    if 0 <= own <= 1:
        return own
    hint = nearest(text.casefold(), PROOF_WORDS)
    table.refuse(
        row,
        "proof",
        f"{quoted(text)} is no kind of proof. {hint}Write {', '.join(Proof)}, or a number from 0 "
        "to 1.",
    )
    return None


def _note_the_whole(table: Table, once: SaidOnce, row: int, cells: dict[str, str]) -> None:
    name = cells["assessor"]
    cap = table.optional_number(
        row,
        cells,
        "cap",
        needs="a whole number of cases, 0 or above",
        fits=lambda each: each >= 0 and each == int(each) and each < 1e6,
    )
    if cap is not None:
        once.note(row, name, "cap", int(cap), text=cells["cap"])
    if cells["language"]:
        once.note(row, name, "language", languages_of(cells["language"]), text=cells["language"])
    price = table.optional_number(
        row, cells, "price", needs="a price of 0 or above", fits=lambda each: each >= 0
    )
    if price is not None:
        once.note(row, name, "price", price, text=cells["price"])
