"""Words of names without what spelling varies: accents, case, signs, and a slip of the pen."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# letters that no decomposition takes apart, and the Swedish ones as keyboards without them write
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d"})
_TWO_LETTERS = (("aa", "a"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ph", "f"), ("th", "t"))
_ONE_SOUND = (
    ("ck", "k"),
    ("qu", "kv"),
    ("w", "v"),
    ("z", "s"),
    ("x", "ks"),
    ("c", "k"),
    ("y", "i"),
)
_LONG_ENOUGH = 5  # letters, below which one letter makes another name: Eva and Eda, Berg and Borg


# A register holds the same words over and over: a search of thousands meets a few thousand.
_remembered = lru_cache(maxsize=1 << 15)


@_remembered
def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words without accents and signs, in order: a von dobeln for Å. von Döbeln."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return tuple(re.findall(r"[^\W_]+", letters.replace("'", "").replace("’", "")))


@_remembered
def sound_of(word: str) -> str:
    """One key for spellings of one name: Karlsson, Carlson and Carlsson; Moeller and Möller."""
    for written, meant in (*_TWO_LETTERS, *_ONE_SOUND):
        word = word.replace(written, meant)
    once = re.sub(r"(.)\1+", r"\1", word)
    return once[:1] + once[1:].replace("h", "") if len(once) > 1 else once


@_remembered
def is_one_slip(first: str, second: str) -> bool:
    """Whether one letter put in, left out, changed, or two swapped turn one into the other.

    Only of words long enough for that to be a slip of the pen rather than another name.
    """
    if min(len(first), len(second)) < _LONG_ENOUGH or abs(len(first) - len(second)) > 1:
        return False
    if first == second:
        return True
    start = next(
        (place for place, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )
    one, other = first[start:], second[start:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]
