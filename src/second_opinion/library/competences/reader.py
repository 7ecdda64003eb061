"""The vocabulary, read once from the file beside."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """One entry.

    sv, en : labels; also_sv, also_en : what else it is called; means_sv, means_en : definitions
    esco, onet : identifiers there, only where they were read from a named source; else empty
    """

    key: str
    area: str
    sv: str
    en: str
    also_sv: tuple[str, ...] = ()
    also_en: tuple[str, ...] = ()
    means_sv: str = ""
    means_en: str = ""
    esco: str = ""
    onet: str = ""

    def label(self, language: str) -> str:
        return self.sv if language == "sv" else self.en

    def means(self, language: str) -> str:
        return self.means_sv if language == "sv" else self.means_en

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.sv, self.en, *self.also_sv, *self.also_en)


def _read() -> Mapping[str, Competence]:
    text = files(__package__).joinpath("competences.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    entries = [
        Competence(
            key=row["key"],
            area=row["area"],
            sv=row["sv"],
            en=row["en"],
            also_sv=tuple(row["also_sv"].split("|")),
            also_en=tuple(row["also_en"].split("|")),
            means_sv=row["means_sv"],
            means_en=row["means_en"],
            esco=row["esco"],
            onet=row["onet"],
        )
        for row in rows
    ]
    return MappingProxyType({entry.key: entry for entry in entries})


COMPETENCES = _read()
"""By key, in the order of the file."""
