"""Items in many languages in the npm package @bigfive-org/questions, read out of its archive.

Nothing in the archive is run: questions are JSON, and of the choices, which are a script, only the
quoted texts are taken.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from pathlib import Path
from typing import Any

from second_opinion.ingest.errors import ItemBankError, unreadable
from second_opinion.ingest.item_banks.rows import BankRow, ItemBank, check_bank

LARGEST = 10_000_000  # bytes, packed or unpacked
_CHOICE = re.compile(r"text:\s*(['\"])(.+?)\1\s*,\s*score:\s*(\d+)")


def bank_of_bigfive_questions(path: Path, *, languages: tuple[str, ...] = ("sv", "en")) -> ItemBank:
    """Out of the archive that `npm pack` makes, languages joined by the items' ids.

    Raises
    ------
    FileError, ItemBankError : no such file, no such archive, or items that are not whole
    """
    try:
        packed = path.read_bytes()
    except OSError as fault:
        raise unreadable(str(path), fault) from fault
    files = {
        name: _member(packed, f"package/data/{language}/{name_of}", place=str(path))
        for language in languages
        for name_of in ("questions.json", "choices.js")
        for name in [f"{language}/{name_of}"]
    }
    texts = {
        language: _questions(files[f"{language}/questions.json"], place=str(path))
        for language in languages
    }
    _refuse_differences(texts, place=str(path))
    first = texts[languages[0]]
    rows = tuple(
        BankRow(
            id=key,
            facet=f"{row['domain']}{row['facet']}",
            is_reversed=_is_reversed(row, place=str(path)),
            texts={
                language: str(texts[language].get(key, {}).get("text", ""))
                for language in languages
            },
        )
        for key, row in first.items()
    )
    choices = {
        language: _choices(files[f"{language}/choices.js"].decode("utf-8", "replace"))
        for language in languages
    }
    bank = ItemBank(rows=rows, choices=choices, sha256=hashlib.sha256(packed).hexdigest())
    return check_bank(bank, languages=languages, place=str(path))


def _member(packed: bytes, name: str, *, place: str) -> bytes:
    try:
        with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as archive:
            member = archive.getmember(name)
            stream = archive.extractfile(member) if member.size <= LARGEST else None
            if stream is None:
                raise _no_bank(place, f"{name} is no file of a fitting size.")
            return stream.read(LARGEST)
    except KeyError:
        raise _no_bank(place, f"There is no {name} in it.") from None
    except (tarfile.TarError, OSError, EOFError):
        raise _no_bank(place, "This is no archive that npm has packed.") from None


def _questions(content: bytes, *, place: str) -> dict[str, dict[str, Any]]:
    """By id, in the order of asking."""
    try:
        rows = json.loads(content)
        found = {str(row["id"]): row for row in rows}
        whole = all({"text", "keyed", "domain", "facet"} <= row.keys() for row in rows)
    except (ValueError, TypeError, KeyError, AttributeError):
        found, rows, whole = {}, [], False
    if not whole or len(found) < len(rows):
        raise _no_bank(place, "Its questions have lost their shape, or an id stands twice.")
    return found


def _refuse_differences(texts: dict[str, dict[str, dict[str, Any]]], *, place: str) -> None:
    """Another key in another language would turn somebody's answer round."""
    (first_language, first), *others = texts.items()
    for language, rows in others:
        for key, row in rows.items():
            known = first.get(key, row)
            if any(row[field] != known[field] for field in ("keyed", "domain", "facet")):
                raise _no_bank(
                    place,
                    f"Item {key} has another key or facet in {language} than in {first_language}.",
                )


def _is_reversed(row: dict[str, Any], *, place: str) -> bool:
    if row["keyed"] not in {"plus", "minus"}:
        raise _no_bank(place, f"Item {row['id']} is keyed neither plus nor minus.")
    return bool(row["keyed"] == "minus")


def _choices(script: str) -> tuple[str, ...]:
    """Of the items that are keyed plus: the first of each score, the lowest first."""
    by_score: dict[int, str] = {}
    for _quote, text, score in _CHOICE.findall(script.partition("minus")[0]):
        by_score.setdefault(int(score), text)
    return tuple(by_score[score] for score in sorted(by_score))


def _no_bank(place: str, found: str) -> ItemBankError:
    return ItemBankError(
        place=place, found=found, mend="Use the package @bigfive-org/questions, version 1.3.3."
    )
