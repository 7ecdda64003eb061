"""The word lists, read once from the file beside, and looked for in a text.

A list warns and never refuses: "age" in "aged cheese buyer" is no fault, and the writer knows.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType


class WordKind(StrEnum):
    """What a word is about, by the lists in words.toml."""

    PROTECTED_GROUND = "protected_ground"
    SALARY_HISTORY = "salary_history"
    CLOSED = "closed"
    LEADING = "leading"
    LOADED = "loaded"
    IMPRESSION = "impression"
    TRAIT = "trait"
    CLINICAL = "clinical"
    VERDICT = "verdict"
    TYPE_LABEL = "type_label"


_BEGINS_A_QUESTION = frozenset({WordKind.CLOSED})
_IN_A_QUESTION = (WordKind.CLOSED, WordKind.LEADING, WordKind.LOADED)


def words_found(text: str, kind: WordKind) -> tuple[str, ...]:
    """The listed words, as they stand in the text, each once and in their order.

    Both languages' lists are looked through: a Swedish order may well hold an English profile.
    """
    found = (match.group(0).strip() for match in _PATTERNS[kind].finditer(text))
    return tuple(dict.fromkeys(found))


def question_faults(text: str) -> tuple[tuple[WordKind, str], ...]:
    """What keeps a question from being open and neutral: the kind, and the words that show it."""
    return tuple(
        (kind, ", ".join(found)) for kind in _IN_A_QUESTION if (found := words_found(text, kind))
    )


def other_language_found(text: str, *, language: str) -> tuple[str, ...]:
    """The small words by which a text shows that it is not in this language; empty where it is.

    language : "sv" or "en"
    """
    words = re.findall(r"\w+", text.casefold())
    own, other = (
        [word for word in words if word in _SMALL_WORDS[each]]
        for each in (language, "en" if language == "sv" else "sv")
    )
    return tuple(dict.fromkeys(other)) if len(other) > len(own) else ()


def _read() -> Mapping[WordKind, re.Pattern[str]]:
    return MappingProxyType(
        {
            kind: _pattern(
                [word for language in _LISTS[kind].values() for word in language],
                begins=kind in _BEGINS_A_QUESTION,
            )
            for kind in WordKind
        }
    )


def _pattern(words: Iterable[str], *, begins: bool) -> re.Pattern[str]:
    """Whole words; one that ends in * may go on."""
    # The longest first, so that "years old" is found before "years".
    ordered = sorted(words, key=len, reverse=True)
    either = "|".join(
        re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
        for word in ordered
    )
    start = r"^\s*" if begins else r"(?<!\w)"
    return re.compile(rf"{start}(?:{either})(?!\w)", re.IGNORECASE)


_LISTS = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
_PATTERNS = _read()
_SMALL_WORDS = {language: frozenset(words) for language, words in _LISTS["small_words"].items()}
