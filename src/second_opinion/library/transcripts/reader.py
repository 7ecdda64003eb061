"""The transcripts, read once from the files beside."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

SPEAKERS = {"I": "interviewer", "K": "candidate", "C": "candidate"}


@dataclass(frozen=True, slots=True)
class KeyRating:
    """The score a criterion's anchors lead to, from 1 to 5, and why, in both languages."""

    criterion: str
    score: int
    sv: str
    en: str

    def reason(self, language: str) -> str:
        return self.sv if language == "sv" else self.en


@dataclass(frozen=True, slots=True)
class Transcript:
    """names and texts by language; content_hash changes with every word and key."""

    key: str
    ratings: tuple[KeyRating, ...]
    names: Mapping[str, str]
    texts: Mapping[str, str]
    content_hash: str

    def turns(self, language: str) -> list[tuple[str, str]]:
        """Who speaks ("interviewer" or "candidate"), and what is said."""
        paragraphs = [part.strip() for part in self.texts[language].split("\n\n")]
        spoken = [part.partition(": ") for part in paragraphs if part]
        return [(SPEAKERS[speaker], words) for speaker, _colon, words in spoken]


def _read(path: Path) -> Transcript:
    content = path.read_bytes()
    written = tomllib.loads(content.decode())
    return Transcript(
        key=written["key"],
        ratings=tuple(KeyRating(**rating) for rating in written["rating"]),
        names=MappingProxyType({language: written[language]["name"] for language in ("sv", "en")}),
        texts=MappingProxyType({language: written[language]["text"] for language in ("sv", "en")}),
        content_hash=hashlib.sha256(content).hexdigest(),
    )


TRANSCRIPTS: Mapping[str, Transcript] = MappingProxyType(
    {
        transcript.key: transcript
        for transcript in map(_read, sorted(Path(__file__).with_name("content").glob("*.toml")))
    }
)
