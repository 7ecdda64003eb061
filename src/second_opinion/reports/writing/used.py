"""How each instrument was used: version, language, norm, reliability, by whom and when."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import CaseFile, InstrumentEntry, InstrumentKind, UsedEntry
from second_opinion.instruments.writing.language_names import name_of_language
from second_opinion.library.calendar_months import months_before
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.blocks import Block, Fact, Facts, Heading, Paragraph

MONTHS_OF_PERSONALITY = 18
_MEASURES = (InstrumentKind.QUESTIONNAIRE, InstrumentKind.TEST)


def how_instruments_were_used(case: CaseFile) -> Iterator[Block]:
    """One statement for each instrument and use; nothing where there were no instruments."""
    if not case.instruments:
        return
    yield Heading(level=3, text=_("How the instruments were used"), anchor="method-instruments")
    yield Facts(items=tuple(facts_of(case.instruments, are_named=len(case.candidates) > 1)))


def facts_of(
    instruments: Iterable[InstrumentEntry], *, are_named: bool, are_people_told: bool = True
) -> Iterator[Fact]:
    """Alike uses on several candidates stand once, with their names.

    are_people_told : whether it is said who used or rated an instrument
    """
    alike: dict[tuple[str, InstrumentKind, UsedEntry], list[str]] = {}
    for one in instruments:
        alike.setdefault((one.name, one.kind, _as_compared(one)), []).append(one.candidate)
    for (name, kind, used), candidates in alike.items():
        who = numbers.listed(tuple(map(names.person, dict.fromkeys(candidates))))
        label = _("%(instrument)s, on %(candidates)s") if are_named else "%(instrument)s"
        yield Fact(
            label=label % {"instrument": name, "candidates": who},
            text="\n".join(_lines(kind, used, are_people_told=are_people_told)),
        )


def _as_compared(instrument: InstrumentEntry) -> UsedEntry:
    """A norm of the provider's own, where scores were placed in one, and not the manual's."""
    used = instrument.used
    return dataclasses.replace(used, norm=instrument.norm) if instrument.norm else used


def _lines(kind: InstrumentKind, used: UsedEntry, *, are_people_told: bool) -> Iterator[str]:
    said, missing = [], []
    for what, text in (
        *_told(kind, used),
        *(_people(kind, used) if are_people_told else ()),
        *_when(kind, used),
    ):
        if text:
            said.append(f"{what}: {text}")
        else:
            missing.append(what)
    yield from said
    if missing:
        yield _("Not noted: %(what)s.") % {"what": ", ".join(_small(one) for one in missing)}


def _told(kind: InstrumentKind, used: UsedEntry) -> Iterator[tuple[str, str]]:
    """What there is to say of an instrument of this kind; empty where nobody noted it."""
    if kind in _MEASURES:
        yield _("Version"), used.version
        yield _("Language"), name_of_language(used.language)
        yield _("Norm"), used.norm.rstrip(". ")
        yield _("Reliability"), _reliability(used)


def _people(kind: InstrumentKind, used: UsedEntry) -> Iterator[tuple[str, str]]:
    if kind in _MEASURES:
        yield _("Used by"), names.person(used.used_by) if used.used_by else ""
        yield _("Certificate"), _certificate(used)
    if kind is InstrumentKind.WORK_SAMPLE:
        yield _("Rated by"), used.used_by


def _when(kind: InstrumentKind, used: UsedEntry) -> Iterator[tuple[str, str]]:
    day = numbers.day(used.on) if used.on is not None else ""
    yield (_("Taken") if kind in _MEASURES else _("Given")), day


def _reliability(used: UsedEntry) -> str:
    if not used.reliability:
        return ""
    low, high = used.reliability[0], used.reliability[-1]
    if low == high:
        return numbers.points(low, decimals=2)
    return _("%(low)s to %(high)s") % {
        "low": numbers.points(low, decimals=2),
        "high": numbers.points(high, decimals=2),
    }


def _certificate(used: UsedEntry) -> str:
    if not used.certificate or used.certified_until is None:
        return used.certificate
    until = numbers.day(used.certified_until)
    if used.on is not None and used.certified_until < used.on:
        return _("%(certificate)s; it had run out on %(day)s") % {
            "certificate": used.certificate,
            "day": until,
        }
    return _("%(certificate)s, valid until %(day)s") % {
        "certificate": used.certificate,
        "day": until,
    }


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def expiry(case: CaseFile, issued_on: date) -> Iterator[Block]:
    """Questionnaires say less the older they are: counted from the first that was taken."""
    taken = [one for one in case.instruments if one.kind is InstrumentKind.QUESTIONNAIRE]
    if not taken:
        return
    yield Heading(level=3, text=_("Until when it holds"), anchor="method-expiry")
    first = min((one.used.on for one in taken if one.used.on is not None), default=None)
    sentence = (
        _(
            "Results of personality questionnaires are not to be used after %(day)s, "
            "%(months)d months from this report; the limit is our own choice."
        )
        if first is None
        else _(
            "Results of personality questionnaires are not to be used after %(day)s, "
            "%(months)d months from when the first was taken; the limit is our own choice."
        )
    )
    until = months_before(first or issued_on, -MONTHS_OF_PERSONALITY)
    words = {"day": numbers.day(until), "months": MONTHS_OF_PERSONALITY}
    yield Paragraph(text=sentence % words)
