"""People: order, initials, further names, maiden names, spelling, mail."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

from second_opinion.engine.matching.names.spelling import is_one_slip, sound_of, words_of
from second_opinion.engine.matching.names.verdict import DIFFERENT, Comparison, Likeness

_MOST_WORDS = 5  # of the shorter name; more would be tried in too many orders
_PARTICLES = frozenset({"von", "van", "de", "af", "av", "der", "den", "la", "le", "di", "da"})
_EXACT, _SPELT, _INITIAL, _NO = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """name : as written, in either order; former : earlier family names; mail : address or ''."""

    name: str
    former: tuple[str, ...] = ()
    mail: str = ""


def compare_people(first: PersonName, second: PersonName) -> Comparison:
    """Whether two entries are one person.

    One mail address is the same person. Otherwise names can only be the same when every word of
    both is found in the other, and there are two or more; a namesake is then for facts to tell
    apart, not for spelling. Initials, further given names, a former name and other spellings make
    a question. One word in common is nothing.
    """
    if first.mail and first.mail.strip().casefold() == second.mail.strip().casefold():
        return Comparison(likeness=Likeness.SAME, reasons=("one mail address",))
    found = _by_words(words_of(first.name), words_of(second.name))
    if found is not DIFFERENT:
        return found
    for one, other in ((first, second), (second, first)):
        for former in one.former:
            renamed = _renamed(words_of(one.name), words_of(former))
            if _by_words(renamed, words_of(other.name)) is not DIFFERENT:
                return Comparison(likeness=Likeness.SIMILAR, reasons=("a former name",))
    return DIFFERENT


def _renamed(words: tuple[str, ...], former: tuple[str, ...]) -> tuple[str, ...]:
    """The given name with the former family name."""
    return (*words[:1], *former)


def _by_words(first: tuple[str, ...], second: tuple[str, ...]) -> Comparison:
    one, other = sorted((_core(first), _core(second)), key=len)
    if len(one) < 2 or len(one) > _MOST_WORDS:
        return DIFFERENT
    best = min(
        (
            sorted(map(_likeness, one, chosen), reverse=True)
            for chosen in permutations(other[: _MOST_WORDS + 1], len(one))
        ),
        default=[_NO],
    )
    if best[0] == _NO or best.count(_INITIAL) > 1 or best.count(_INITIAL) == len(best):
        return DIFFERENT
    reasons = tuple(
        words
        for words, is_so in (
            ("other spelling", _SPELT in best),
            ("initials", _INITIAL in best),
            ("further names", len(other) > len(one)),
        )
        if is_so
    )
    if not reasons:
        return Comparison(likeness=Likeness.SAME, reasons=("the same words",))
    return Comparison(likeness=Likeness.SIMILAR, reasons=reasons)


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _PARTICLES)


def _likeness(one: str, other: str) -> int:
    if one == other:
        return _EXACT if len(one) > 1 else _INITIAL
    if len(one) == 1 or len(other) == 1:
        return _INITIAL if one[0] == other[0] else _NO
    if sound_of(one) == sound_of(other) or is_one_slip(one, other):
        return _SPELT
    return _NO
