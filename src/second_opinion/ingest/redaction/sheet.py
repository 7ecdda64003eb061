"""Structured facts re-set in one form for all: what was done and for how long, in one order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

A_YEAR = 12  # months
_ORDER = ("experience", "education", "language", "certificate")
_WORDS = {
    "sv": {
        "experience": "Erfarenhet",
        "education": "Utbildning",
        "language": "Språk",
        "certificate": "Intyg",
        "years": "år",
        "months": "månader",
    },
    "en": {
        "experience": "Experience",
        "education": "Education",
        "language": "Language",
        "certificate": "Certificate",
        "years": "years",
        "months": "months",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line: kind is experience, education, language or certificate; months is how long.

    It holds no name, place or date: those are what the sheet is there to leave out.
    """

    kind: str
    words: str
    months: int | None = None


def standard_sheet(facts: Iterable[Fact], *, language: str) -> str:
    """The facts by kind, the longest first: layout, order and dates tell nothing of who wrote them.

    Raises
    ------
    ValueError : a kind that the sheet has no place for
    """
    words, lines = _WORDS[language], []
    facts = list(facts)
    if strange := sorted({fact.kind for fact in facts} - set(_ORDER)):
        raise ValueError(f"{strange[0]!r} is no kind of fact: {', '.join(_ORDER)} are.")
    for kind in _ORDER:
        own = sorted(
            (fact for fact in facts if fact.kind == kind),
            key=lambda fact: (-(fact.months or 0), fact.words.casefold()),
        )
        if own:
            lines += [words[kind], *(f"- {fact.words}{_for(fact.months, words)}" for fact in own)]
    return "\n".join(lines)


def _for(months: int | None, words: dict[str, str]) -> str:
    """In half years: the month would give a date away."""
    if months is None:
        return ""
    if months < A_YEAR:
        return f", {months} {words['months']}"
    halves = round(2 * months / A_YEAR)
    return f", {halves / 2:g} {words['years']}"
