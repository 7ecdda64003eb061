"""A masked text beside its original, paragraph by paragraph, and what each mask stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from second_opinion.ingest.redaction import Kind, Mask, Residue, Risk, residual_risks

KINDS = {
    Kind.PERSON: _("a person"),
    Kind.ORGANISATION: _("an employer, a school or another organisation"),
    Kind.ASSOCIATION: _("an association"),
    Kind.MAIL: _("a mail address"),
    Kind.PHONE: _("a telephone number"),
    Kind.LINK: _("a link"),
    Kind.PERSONAL_NUMBER: _("a personal number"),
    Kind.ADDRESS: _("an address"),
    Kind.YEAR: _("a year"),
    Kind.AGE: _("an age"),
    Kind.GENDERED: _("a word that tells a gender, or another word"),
}
RESIDUES = {
    Residue.CAPITAL: _("a word with a capital letter that is no common word"),
    Residue.NUMBER: _("a number of many digits"),
    Residue.DATE: _("a year"),
    Residue.SUPERLATIVE: _("something that only one person has been or done"),
}


@dataclass(slots=True)
class Row:
    """One paragraph in both texts, as pieces: words, and whether they differ."""

    original: list[tuple[str, bool]] = field(default_factory=list)
    shown: list[tuple[str, bool]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One line of the map: what stands in the text, for what, and how often."""

    shown: str
    original: str
    kind: str
    times: int


def side_by_side(text: str, masks: Iterable[Mask]) -> list[Row]:
    """Paragraphs that say nothing are left out."""
    rows, at = [Row()], 0
    for mask in masks:
        _add(rows, text[at : mask.start])
        rows[-1].original.append((mask.original, True))
        rows[-1].shown.append((mask.shown, True))
        at = mask.end
    _add(rows, text[at:])
    return [row for row in rows if any(words.strip() for words, _differs in row.original)]


def _add(rows: list[Row], words: str) -> None:
    first, *others = words.split("\n")
    for new, line in enumerate((first, *others)):
        if new:
            rows.append(Row())
        if line:
            rows[-1].original.append((line, False))
            rows[-1].shown.append((line, False))


def map_of(masks: Iterable[Mask]) -> list[Standing]:
    """In the order in which they first stand in the text."""
    counted = Counter((one.shown, one.original.strip(), one.kind) for one in masks)
    return [
        Standing(shown=shown, original=original, kind=str(KINDS[kind]), times=times)
        for (shown, original, kind), times in counted.items()
    ]


def risks_in(shown: str) -> list[tuple[Risk, str]]:
    """What may still tell who it is, each with why, in the reader's language."""
    return [(risk, str(RESIDUES[risk.residue])) for risk in residual_risks(shown)]
