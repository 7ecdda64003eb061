"""Cases and assessors as the files tell them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from second_opinion.engine.matching import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingCase:
    """A case and what it needs in its assessors.

    needs : one or more, in the order of the file
    languages : keys, all of which an assessor must have
    most_price : at most this for one assessor; None without a limit
    assessors : different ones that it needs, 1 to 20; None where the file does not say
    """

    name: str
    needs: tuple[Need, ...]
    languages: frozenset[str]
    most_price: float | None
    assessors: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A competence as an assessor shows it.

    level : 0 or above, on the scale of the cases' levels
    proof : as the file says it
    quality : 0 to 1
    """

    level: float
    proof: str
    quality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingAssessor:
    """An assessor of the register.

    shown : by the competence's key
    cap : cases at most, 0 or more
    languages : keys
    price : None where not told
    """

    name: str
    shown: Mapping[str, Shown]
    cap: int
    languages: frozenset[str]
    price: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two who may not meet, and why, where the file says it."""

    case: str
    assessor: str
    reason: str


def key_of(name: str) -> str:
    """What two spellings of one competence or language have in common: 'KUBERNETES ' is one."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
