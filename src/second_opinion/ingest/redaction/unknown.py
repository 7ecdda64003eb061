"""Names that nobody told of: what stands with capital letters and is no common word.

In place of a list of names, which would know some origins better than others, the shape is looked
at: two or more words with capitals in a row name somebody or something, wherever they come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from second_opinion.ingest.redaction.entities import Kind, Span
from second_opinion.ingest.redaction.known import folded
from second_opinion.ingest.redaction.ordinary import COMMON
from second_opinion.ingest.redaction.words import (
    ASSOCIATION_MARKS,
    FIRM_MARKS,
    GENDERED,
    NEUTRAL,
    ONLY_IN_ENGLISH,
    ONLY_IN_SWEDISH,
)

_CAPITAL = r"(?:[A-ZÅÄÖ]\.|[^\W\d_a-zåäöéèüøæçñ][\w'’]*(?:-[\w'’]+)*)"
_SMALL = r"(?:von|van|de|del|la|le|da|di|al|el|bin|ben|af|der|den|of|och|and|&|för|i|the|for)"
_RUN = re.compile(rf"(?<!\w){_CAPITAL}(?:[ \t]+(?:{_SMALL}[ \t]+){{0,2}}{_CAPITAL})*")
_END_OF_SENTENCE = re.compile(r"(?:^|[.!?:\n•\-*][\s”\"“]*)$")
# Two people in one run of words are two: Anna Ek and Bo Al.
_BETWEEN_PEOPLE = re.compile(r"\s(?:(?:och|and|&|of|för|for|the|i)\s)+")
_GENDERED = re.compile(r"(?<![\w@.])[^\W\d_]+(?:['’]s|s['’])?(?!\w)")
_PAIR = 2
_SHORT = 3  # letters


def names_in(text: str) -> Iterator[Span]:
    for run in _RUN.finditer(text):
        yield from _named(text, run)


def _named(text: str, run: re.Match[str]) -> Iterator[Span]:
    """The run without the common words at its ends; what it is, by what marks stand in it."""
    words = list(re.finditer(r"[^\s]+", run[0]))
    is_marked = any(map(_is_mark, (word[0] for word in words)))
    while words and _is_common(words[0][0]) and (not is_marked or _leads_in(words)):
        words.pop(0)
    while words and _is_common(words[-1][0]) and not is_marked:
        words.pop()
    if not words or (len(words) == 1 and _is_gendered(words[0][0])):
        return
    start, end = run.start() + words[0].start(), run.start() + words[-1].end()
    end -= len(text[start:end]) - len(text[start:end].rstrip(".,'’"))
    plain = [word[0].strip(".,()") for word in words]
    if any(map(_marks_association, plain)):
        yield Span(start, end, Kind.ASSOCIATION)
    elif any(map(_marks_firm, plain)):
        yield Span(start, end, Kind.ORGANISATION)
    elif len(plain) >= _PAIR or _is_alone_a_name(text, start):
        for between in _BETWEEN_PEOPLE.finditer(text, start, end):
            yield Span(start, between.start(), Kind.PERSON)
            start = between.end()
        yield Span(start, end, Kind.PERSON)


_ASSOCIATION_ENDS = ("foreningen", "forbundet", "klubben", "forening", "klubb", "karen")
_FIRM_ENDS = ("bolaget", "skolan", "gymnasiet", "verket", "banken", "universitetet", "hogskolan")


def _leads_in(words: list[re.Match[str]]) -> bool:
    """Whether the first word is what somebody is in the named: Treasurer of, Kassör i."""
    return words[0][0].islower() or (len(words) > 1 and words[1][0].islower())


def _is_common(word: str) -> bool:
    if len(word) == _PAIR and word.endswith("."):  # an initial
        return False
    plain = folded(word.strip(".,()"))
    stem = plain.removesuffix("s").removesuffix("'")
    return plain in _COMMON or stem in _COMMON


_COMMON = frozenset(folded(word) for word in COMMON)


def _is_mark(word: str) -> bool:
    word = word.strip(".,()")
    return _marks_association(word) or _marks_firm(word)


def _marks_association(word: str) -> bool:
    return _is_among(word, ASSOCIATION_MARKS) or folded(word).endswith(_ASSOCIATION_ENDS)


def _marks_firm(word: str) -> bool:
    return _is_among(word, FIRM_MARKS) or folded(word).endswith(_FIRM_ENDS)


def _is_among(word: str, marks: frozenset[str]) -> bool:
    """Short marks count as they are written by firms and clubs: Åsa is no ASA, and if no IF."""
    return word.lower() in marks and (len(word) > _SHORT or not word.islower())


def _is_gendered(word: str) -> bool:
    return word.strip(".,()”\"'’").lower() in GENDERED


def _is_alone_a_name(text: str, start: int) -> bool:
    """One word with a capital inside a sentence: at its beginning every word has one."""
    return not _END_OF_SENTENCE.search(text[max(start - 30, 0) : start])


def gendered_in(text: str, language: str) -> Iterator[Span]:
    """Words that tell a gender, with the neutral word for it where there is one."""
    other = ONLY_IN_ENGLISH if language == "sv" else ONLY_IN_SWEDISH
    for found in _GENDERED.finditer(text):
        word = found[0].lower().replace("’", "'")
        stem = word.removesuffix("'s").removesuffix("s'")
        for each in (word, stem):
            if each in GENDERED and each not in other:
                yield Span(*found.span(), Kind.GENDERED, NEUTRAL.get(each, ""))
                break
