"""What may still say who somebody is, for the person who reviews before a text is released."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from second_opinion.ingest.redaction.known import folded
from second_opinion.ingest.redaction.ordinary import COMMON


class Residue(StrEnum):
    """Why a piece that was left is worth a look."""

    CAPITAL = "a word with a capital that is no common word"
    NUMBER = "a number of many digits"
    DATE = "a year"
    SUPERLATIVE = "something that only one person has been or done"


@dataclass(frozen=True, slots=True)
class Risk:
    """residue : why; words : the piece as it stands; times : how often"""

    residue: Residue
    words: str
    times: int


_CAPITAL = re.compile(r"(?<![\w\[])[^\W\d_a-zåäö][^\W\d_]{2,}")
_NUMBER = re.compile(r"(?<![\w\[])\d[\d\s\-]{4,}\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ONLY = re.compile(
    r"\b(?:enda|första|förste|yngsta|yngste|världsmästare|svensk mästare|grundade|grundare|"
    r"uppfann|patent|only|first|youngest|founded|founder|world champion|invented|patent)\b",
    re.IGNORECASE,
)


def residual_risks(redacted: str) -> tuple[Risk, ...]:
    """The pieces, the most frequent first; none found does not say that none is there."""
    found: Counter[tuple[Residue, str]] = Counter()
    for match in _CAPITAL.finditer(redacted):
        if folded(match[0]) not in COMMON:
            found[Residue.CAPITAL, match[0]] += 1
    for residue, pattern in (
        (Residue.NUMBER, _NUMBER),
        (Residue.DATE, _YEAR),
        (Residue.SUPERLATIVE, _ONLY),
    ):
        for match in pattern.finditer(redacted):
            found[residue, match[0].strip()] += 1
    return tuple(Risk(residue, words, times) for (residue, words), times in found.most_common())
