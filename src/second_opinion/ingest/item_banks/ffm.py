"""The English items in the Python package ffm. Its code is parsed and never run."""

from __future__ import annotations

import ast
import hashlib
import zipfile
from pathlib import Path
from typing import Any

from second_opinion.ingest.errors import ItemBankError, unreadable
from second_opinion.ingest.item_banks.rows import DOMAINS, N_FACETS, BankRow, ItemBank, check_bank

CORE = "FFM/core.py"
LARGEST = 1_000_000  # bytes


def bank_of_ffm(path: Path) -> ItemBank:
    """Out of the wheel, or of the module that an installed package has.

    Raises
    ------
    FileError, ItemBankError : no such file, no such package, or items that are not whole
    """
    source = _source(path)
    tables = _tables(source, place=str(path))
    reversed_places = {place for places in tables["reverse_items"].values() for place in places}
    domains = {place: name[0] for name, places in tables["trait_items"].items() for place in places}
    rows = tuple(
        BankRow(
            id=f"ipip{place + 1}",
            facet=f"{domains.get(place, '?')}{place // len(DOMAINS) % N_FACETS + 1}",
            is_reversed=place in reversed_places,
            texts={"en": text.strip()},
        )
        for place, text in enumerate(tables["Qs"])
    )
    bank = ItemBank(rows=rows, choices={}, sha256=hashlib.sha256(source).hexdigest())
    return check_bank(bank, languages=("en",), place=str(path))


def _source(path: Path) -> bytes:
    try:
        if not zipfile.is_zipfile(path):
            content = path.read_bytes()
        else:
            with zipfile.ZipFile(path) as wheel:
                content = wheel.read(CORE)
    except KeyError:
        raise _no_bank(str(path), f"There is no {CORE} in it.") from None
    except OSError as fault:
        raise unreadable(str(path), fault) from fault
    if len(content) > LARGEST:
        raise _no_bank(str(path), "It is larger than the package is.")
    return content


def _tables(source: bytes, *, place: str) -> dict[str, Any]:
    """The three tables that hold the items, as literals."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        raise _no_bank(place, "This is no Python module.") from None
    found: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name in {"Qs", "reverse_items", "trait_items"} and name not in found:
                found[name] = _literal(node.value, place=place)
    if missing := {"Qs", "reverse_items", "trait_items"} - found.keys():
        raise _no_bank(place, f"It has no table {sorted(missing)[0]}.")
    return found


def _literal(node: ast.expr, *, place: str) -> Any:  # noqa: ANN401  whatever stands there
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise _no_bank(place, "Its tables are computed, not written out.") from None


def _no_bank(place: str, found: str) -> ItemBankError:
    return ItemBankError(place=place, found=found, mend="Use the package ffm, version 0.1.0.")
