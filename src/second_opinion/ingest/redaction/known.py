"""The entities that a case knows of, wherever they stand: inflected, shortened, respelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from second_opinion.ingest.redaction.entities import Entities, Kind, Span
from second_opinion.ingest.redaction.ordinary import COMMON
from second_opinion.ingest.redaction.words import ASSOCIATION_MARKS, FIRM_MARKS

# Letters as keyboards without them write; one to one, so that places in the text stay places.
_INFLECTED = r"(?:['’]s|['’]|:s|s)?"
_TRANSCRIBED = (("å", "aa"), ("ä", "ae"), ("ö", "oe"), ("ø", "oe"), ("æ", "ae"), ("ü", "ue"))
_PARTICLES = frozenset(
    {
        "von",
        "van",
        "de",
        "del",
        "la",
        "le",
        "da",
        "di",
        "al",
        "el",
        "bin",
        "ben",
        "af",
        "der",
        "den",
    }
)
_RARELY_A_WORD = 5  # letters, from which on a name is seldom a word too
_SHORTEST = 3  # letters of a name that is looked for by itself


def known_in(text: str, entities: Entities) -> Iterator[Span]:
    """Whole names first, then their parts: a surname alone, initials, a firm's first word."""
    plain = folded(text)
    for names, kind in (
        (entities.people, Kind.PERSON),
        (entities.organisations, Kind.ORGANISATION),
        (entities.associations, Kind.ASSOCIATION),
    ):
        for name in names:
            for pattern, is_strict in _patterns(name, kind):
                for found in pattern.finditer(plain):
                    if not is_strict or _is_capital(text, found.start()):
                        yield Span(*found.span(), kind)


def folded(text: str) -> str:
    """Lower case without accents, letter for letter."""
    return "".join(_folded_letter(each) for each in text)


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> str:
    lower = letter.lower()
    base = unicodedata.normalize("NFKD", lower)[:1] if len(lower) == 1 else letter
    return {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "’": "'"}.get(base, base or letter)


def _patterns(name: str, kind: Kind) -> Iterator[tuple[re.Pattern[str], bool]]:
    """Each with whether it counts only where it begins with a capital letter."""
    words = [word for word in re.split(r"[\s,]+", name.strip()) if word]
    if not words:
        return
    for whole in {" ".join(words), " ".join(reversed(words))}:
        yield _pattern(whole, gap=r"[\s,\-]+"), False
    if kind is Kind.PERSON:
        yield from _of_a_person(words)
        return
    for word in words:
        if _tells(word):
            yield _pattern(word), True
    initials = "".join(word[0] for word in words if word[0].isupper())
    if len(initials) >= _SHORTEST:
        yield _pattern(initials), True


def _of_a_person(words: list[str]) -> Iterator[tuple[re.Pattern[str], bool]]:
    parts = {part for word in words for part in (word, *re.split(r"[-'’]", word))}
    for part in parts:
        if len(part) >= _SHORTEST and part.lower() not in _PARTICLES:
            # A name that is also a word counts where it is written as a name.
            yield _pattern(part), folded(part) in COMMON or len(part) < _RARELY_A_WORD
        elif part.lower() not in _PARTICLES and len(part) > 1:
            yield _pattern(part), True
    first, last = words[0], words[-1]
    if len(words) > 1:
        initial, other = re.escape(folded(first)[0]), re.escape(folded(last)[0])
        yield re.compile(rf"(?<!\w){initial}\.\s?(?:\w\.\s?)?{_word(last)}"), True
        yield re.compile(rf"(?<!\w){_word(first)}\s{other}(?:\.|(?!\w))"), True
        yield re.compile(rf"(?<!\w){initial}\.\s?{other}\.(?!\w)"), True


def _pattern(name: str, *, gap: str = r"[\s\-]+") -> re.Pattern[str]:
    words = [_spellings(word) for word in name.split()]
    return re.compile(rf"(?<!\w){gap.join(words)}{_INFLECTED}(?!\w)")


def _word(word: str) -> str:
    return rf"{_spellings(word)}{_INFLECTED}(?!\w)"


def _spellings(word: str) -> str:
    """As written, and with its letters transcribed: Ström, Strom and Stroem."""
    transcribed = word.lower()
    for letter, two in _TRANSCRIBED:
        transcribed = transcribed.replace(letter, two)
    both = {re.escape(folded(word)), re.escape(folded(transcribed))}
    return both.pop() if len(both) == 1 else f"(?:{'|'.join(sorted(both))})"


def _tells(word: str) -> bool:
    """Whether one word of a firm's name says which firm it is."""
    plain = folded(word.strip("()&.,"))
    return (
        len(plain) >= _SHORTEST
        and plain not in COMMON
        and plain not in FIRM_MARKS
        and plain not in ASSOCIATION_MARKS
        and not plain.isdigit()
    )


def _is_capital(text: str, place: int) -> bool:
    return text[place : place + 1].isupper()
