"""What a comparison of two names can say, and why it says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Likeness(StrEnum):
    """SIMILAR is a question to a person: never a silent pass, never a silent block."""

    SAME = "same"
    SIMILAR = "similar"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """likeness, and the reasons for it in short words; empty where nothing is alike."""

    likeness: Likeness
    reasons: tuple[str, ...] = ()


DIFFERENT = Comparison(likeness=Likeness.DIFFERENT)
