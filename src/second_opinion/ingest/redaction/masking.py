"""A text with its identifying pieces replaced, and the map that puts them back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from second_opinion.ingest.redaction.entities import Entities, Kind, Span
from second_opinion.ingest.redaction.identifiers import identifiers_in
from second_opinion.ingest.redaction.known import folded, known_in
from second_opinion.ingest.redaction.unknown import gendered_in, names_in

_WORDS = {
    "sv": {
        Kind.PERSON: "person",
        Kind.ORGANISATION: "organisation",
        Kind.ASSOCIATION: "förening",
        Kind.MAIL: "e-post",
        Kind.PHONE: "telefon",
        Kind.LINK: "länk",
        Kind.PERSONAL_NUMBER: "personnummer",
        Kind.ADDRESS: "adress",
        Kind.YEAR: "år",
        Kind.AGE: "ålder",
        Kind.GENDERED: "ord",
    },
    "en": {kind: kind.value for kind in Kind} | {Kind.GENDERED: "word"},
}
# The same thing has the same number wherever it stands, so that the text can be followed.
_NUMBERED = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.ASSOCIATION})
# Where two are found in one place, the more certain kind wins, then the longer piece.
_BEFORE = (
    Kind.MAIL,
    Kind.LINK,
    Kind.PERSONAL_NUMBER,
    Kind.PHONE,
    Kind.ADDRESS,
    Kind.YEAR,
    Kind.AGE,
    Kind.ASSOCIATION,
    Kind.ORGANISATION,
    Kind.PERSON,
    Kind.GENDERED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """One piece: where it stood in the original, where its mask stands, and both words."""

    start: int
    end: int
    shown_at: int
    kind: Kind
    original: str
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """text : what a rater is shown; masks : the map back, in order, to be kept under its own key"""

    text: str
    masks: tuple[Mask, ...]


def redact(
    text: str,
    entities: Entities,
    *,
    language: str,
    also: Iterable[tuple[str, Kind]] = (),
    never: Collection[str] = (),
) -> Redacted:
    """The text with everything masked that says who somebody is.

    Parameters
    ----------
    language : sv or en, of the words that tell a gender and of the masks
    also : what a person wants masked besides, wherever it stands, each with what it is
    never : pieces that a person has seen to be false hits, as they were masked
    """
    told = [Span(*place, kind) for words, kind in also for place in places_of(text, words)]
    # What is known goes before what only looks like a name.
    certain = [*identifiers_in(text), *known_in(text, entities)]
    spans = _apart(text, told, certain, [*names_in(text)], [*gendered_in(text, language)])
    kept = {folded(words.strip()) for words in never}
    shown = [one for one in spans if folded(text[one.start : one.end].strip()) not in kept]
    return _masked(text, shown, language)


def places_of(text: str, words: str) -> list[tuple[int, int]]:
    """Where these words stand, whole, in small letters or large, with accents or without."""
    wanted = folded(words.strip())
    if not wanted:
        return []
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    return [found.span() for found in pattern.finditer(folded(text))]


def restored(redacted: str, masks: Iterable[Mask]) -> str:
    """The original, from what was shown and the map.

    Raises
    ------
    ValueError : the text is not the one that the map belongs to
    """
    pieces, at = [], 0
    for mask in masks:
        if redacted[mask.shown_at : mask.shown_at + len(mask.shown)] != mask.shown:
            raise ValueError(f"At {mask.shown_at} stands no {mask.shown!r}: this is another text.")
        pieces += [redacted[at : mask.shown_at], mask.original]
        at = mask.shown_at + len(mask.shown)
    return "".join([*pieces, redacted[at:]])


def _apart(text: str, *groups: list[Span]) -> list[Span]:
    """Without overlaps: earlier groups and more certain kinds keep their place."""
    kept: list[Span] = []
    order = {kind: place for place, kind in enumerate(_BEFORE)}
    by_rank = [
        one
        for group in groups
        for one in sorted(group, key=lambda one: (order[one.kind], one.start - one.end, one.start))
    ]
    taken: list[bool] = [False] * (max((one.end for one in by_rank), default=0) + 1)
    for span in by_rank:
        for start, end in _free(text, taken, span):
            kept.append(Span(start, end, span.kind, span.standing_for))
            taken[start:end] = [True] * (end - start)
    return sorted(kept)


def _free(text: str, taken: list[bool], span: Span) -> list[tuple[int, int]]:
    """The pieces of a span that nothing certain has taken; a gendered word counts only whole."""
    pieces, start = [], span.start
    for place in range(span.start, span.end + 1):
        if place == span.end or taken[place]:
            if any(each.isalnum() for each in text[start:place]):
                pieces.append((start, place))
            start = place + 1
    if span.kind is Kind.GENDERED and pieces != [(span.start, span.end)]:
        return []
    return pieces


def _masked(text: str, spans: list[Span], language: str) -> Redacted:
    numbers: dict[tuple[Kind, str], int] = {}
    pieces: list[str] = []
    masks: list[Mask] = []
    at = length = 0
    for span in spans:
        original = text[span.start : span.end]
        if not original.strip(" ,.-"):
            continue
        shown = _shown(span, original, numbers, language)
        pieces += [text[at : span.start], shown]
        length += span.start - at
        masks.append(
            Mask(
                start=span.start,
                end=span.end,
                shown_at=length,
                kind=span.kind,
                original=original,
                shown=shown,
            )
        )
        length += len(shown)
        at = span.end
    return Redacted(text="".join([*pieces, text[at:]]), masks=tuple(masks))


def _shown(span: Span, original: str, numbers: dict[tuple[Kind, str], int], language: str) -> str:
    word = span.standing_for or _WORDS[language][span.kind]
    if span.kind not in _NUMBERED:
        return f"[{word}]"
    plain = folded(original.strip()).removesuffix("'s").removesuffix("s")
    known = {key: number for (kind, key), number in numbers.items() if kind is span.kind}
    number = known.get(plain) or next(
        (found for key, found in known.items() if _is_part(plain, key)),
        max(known.values(), default=0) + 1,
    )
    numbers[span.kind, plain] = number
    return f"[{word} {number}]"


def _is_part(plain: str, key: str) -> bool:
    """Whether a shorter form of a name that was met: Lind, or A. Lind, after Anna Lind."""
    words = key.split()
    return bool(plain.split()) and all(
        part in words or (part.endswith(".") and any(word[:1] == part[0] for word in words))
        for part in plain.split()
    )
