"""Firms: legal forms, registry numbers, mail domains, spelling."""

from __future__ import annotations

import re

from second_opinion.engine.matching.names.spelling import is_one_slip, sound_of, words_of
from second_opinion.engine.matching.names.verdict import DIFFERENT, Comparison, Likeness

# what a firm is in law or in general, not which one it is
_FORMS = frozenset(
    [
        "ab",
        "aktiebolag",
        "publ",
        "hb",
        "kb",
        "ek",
        "for",
        "ekonomisk",
        "forening",
        "stiftelsen",
        "ltd",
        "limited",
        "plc",
        "llp",
        "llc",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "gmbh",
        "ag",
        "kg",
        "sa",
        "sarl",
        "bv",
        "nv",
        "as",
        "asa",
        "oy",
        "oyj",
        "aps",
        "a",
        "s",
        "sverige",
        "sweden",
        "nordic",
        "nordics",
        "norden",
        "scandinavia",
        "group",
        "gruppen",
        "holding",
        "koncernen",
        "the",
        "och",
        "and",
        "i",
    ]
)
_ANYBODYS_DOMAINS = frozenset(
    [
        "gmail.com",
        "hotmail.com",
        "outlook.com",
        "live.com",
        "icloud.com",
        "yahoo.com",
        "telia.com",
        "bredband.net",
        "protonmail.com",
    ]
)


def compare_firms(
    first: str,
    second: str,
    *,
    numbers: tuple[str, str] = ("", ""),
    domains: tuple[str, str] = ("", ""),
) -> Comparison:
    """Whether two entries are one firm.

    Two registry numbers decide, whatever the names. Without them the same words but for the legal
    form are the same firm; other spellings, words in addition, and one mail domain are a question.

    numbers : registry numbers, '' where not known; 556036-0793 and 165560360793 are one
    domains : of mail or web addresses; those that anybody can have an address at count for nothing
    """
    one, other = map(_number, numbers)
    if one and other:
        if one == other:
            return Comparison(likeness=Likeness.SAME, reasons=("one registry number",))
        return DIFFERENT
    found = _by_words(core_of(first), core_of(second))
    shared = _domain(domains[0]) if _domain(domains[0]) == _domain(domains[1]) else ""
    if found is DIFFERENT and shared and shared not in _ANYBODYS_DOMAINS:
        return Comparison(likeness=Likeness.SIMILAR, reasons=("one mail domain",))
    return found


def _by_words(one: tuple[str, ...], other: tuple[str, ...]) -> Comparison:
    if not one or not other:
        return DIFFERENT
    if sorted(one) == sorted(other) or "".join(one) == "".join(other):
        return Comparison(likeness=Likeness.SAME, reasons=("the same words",))
    sounds = ["".join(map(sound_of, each)) for each in (one, other)]
    if sounds[0] == sounds[1] or is_one_slip("".join(one), "".join(other)):
        return Comparison(likeness=Likeness.SIMILAR, reasons=("other spelling",))
    if one[0] == other[0] and (set(one) < set(other) or set(other) < set(one)):
        return Comparison(likeness=Likeness.SIMILAR, reasons=("further words",))
    return DIFFERENT


def core_of(name: str) -> tuple[str, ...]:
    """The words that say which firm it is; all of them where none does."""
    words = words_of(name)
    return tuple(word for word in words if word not in _FORMS) or words


def _number(text: str) -> str:
    """Ten digits; in front of them a century is put in some registers."""
    return re.sub(r"\D", "", text)[-10:]


def _domain(text: str) -> str:
    return text.strip().casefold().rpartition("@")[2].removeprefix("www.")
