"""What an assessor shows, line by line, and what two versions differ in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from second_opinion.instruments.writing.language_names import name_of_language
from second_opinion.panels.selectors.assessors import (
    Certificate,
    Shown,
    ShownCompetence,
    Spoken,
)
from second_opinion.panels.selectors.vocabulary import Entry
from second_opinion.reports.writing.worth.money import exactly


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """before, after : empty where it was not told"""

    label: str
    before: str
    after: str


def lines_of(shown: Shown, entries: Mapping[str, Entry]) -> dict[str, str]:
    """By label, all that was told; competences first. entries : of the vocabulary, by key"""
    told = {_name(one.key, entries): _competence(one) for one in shown.competences}
    told |= {
        _("Languages to assess in"): "; ".join(map(_spoken, shown.languages)),
        _("Cases at once, at most"): str(shown.cap),
        _("Price for one case"): "" if shown.price is None else exactly(shown.price, "SEK"),
        _("Free from, where not at once"): _day(shown.free_from),
        _("Instruments with a certificate"): "; ".join(map(_certificate, shown.instruments)),
        _("Training in methods of assessing"): shown.certificates,
        _("Years of assessing"): _number(shown.years),
        _("Places where you can meet a candidate"): shown.places,
        _("Sectors you know"): shown.sectors,
        _("Where you were trained to assess, parted by commas"): shown.schools,
        _("What else a coordinator should know"): shown.declares,
    }
    return {label: words for label, words in told.items() if words}


def differences(before: Shown, after: Shown, entries: Mapping[str, Entry]) -> list[Difference]:
    """What was added, changed and taken away, in the order of the lines."""
    old, new = lines_of(before, entries), lines_of(after, entries)
    return [
        Difference(label=label, before=old.get(label, ""), after=new.get(label, ""))
        for label in dict.fromkeys((*new, *old))
        if old.get(label) != new.get(label)
    ]


def _name(key: str, entries: Mapping[str, Entry]) -> str:
    return entries[key].label(get_language() or "en") if key in entries else key


def _competence(one: ShownCompetence) -> str:
    told = f"{one.level.label}; {one.proof.label}"
    if one.expires_on is None:
        return told
    return _("%(what)s, until %(day)s") % {"what": told, "day": _day(one.expires_on)}


def _spoken(one: Spoken) -> str:
    return f"{name_of_language(one.code)}: {one.level.label}"


def _certificate(one: Certificate) -> str:
    if one.valid_until is None:
        return one.instrument
    return _("%(what)s, until %(day)s") % {"what": one.instrument, "day": _day(one.valid_until)}


def _number(value: float | None) -> str:
    return "" if value is None else number_format(value, 0)


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
