"""The annex to the memo: what tests and instruments showed, with their errors and sources."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from second_opinion.ingest.case_file import CaseFile, InstrumentEntry
from second_opinion.reports.analysis import CaseAnalysis
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.blocks import Block, Facts, Heading, Items, Paragraph, Table
from second_opinion.reports.writing.document import Part, ReportDocument
from second_opinion.reports.writing.frame import framed
from second_opinion.reports.writing.subject import Subject, subjects
from second_opinion.reports.writing.used import facts_of


def write_test_annex(
    case: CaseFile, analysis: CaseAnalysis, *, language: str, issued_on: date
) -> ReportDocument:
    """Every candidate's results by instrument; that there are none is said."""
    with override(language):
        everyone = subjects(case, analysis)
        return framed(
            case,
            kicker=_("Annex to the memo: tests and instruments"),
            parts=(_about(case), *map(_results, everyone)),
            issued_on=issued_on,
            candidates=case.candidates,
        )


def _about(case: CaseFile) -> Part:
    sentences = [
        _(
            "This annex stands apart from the memo, because whether results of tests can be given "
            "out is decided separately and for each person."
        ),
        _(
            "A result is a measurement with an error. It says how well what was measured fits the "
            "requirements of this employment, and nothing else of the person."
        ),
        _("Results of personality questionnaires are not to be used after 18 months."),
    ]
    return Part(
        title=_("What this annex is"),
        anchor="about",
        blocks=tuple(Paragraph(text=sentence) for sentence in sentences)
        if case.instruments
        else (Paragraph(text=_("No tests and no other instruments were used in this case.")),),
    )


def _results(subject: Subject) -> Part:
    used = [one for one in subject.case.instruments if one.candidate == subject.name]
    blocks = [block for instrument in used for block in _instrument(subject, instrument)]
    return Part(
        title=names.person(subject.name),
        anchor=subject.anchor,
        blocks=tuple(blocks)
        or (Paragraph(text=_("There are no results of tests or instruments.")),),
    )


def _instrument(subject: Subject, instrument: InstrumentEntry) -> Iterator[Block]:
    case = subject.case
    yield Heading(level=3, text=_title(instrument))
    yield Table(
        caption=_("Results on the scale %(low)s to %(high)s; the bar is %(bar)s")
        % {
            "low": numbers.score(case.scale_low),
            "high": numbers.score(case.scale_high),
            "bar": numbers.score(case.bar),
        },
        columns=(_("Criterion"), _("Result"), _("Give or take")),
        rows=tuple(
            (
                reading.criterion,
                numbers.points(reading.value),
                numbers.size(reading.standard_error),
            )
            for reading in instrument.readings
        ),
        numeric=(1, 2),
    )
    yield from compared(instrument)
    yield Facts(
        items=tuple(
            dataclasses.replace(fact, label=_("How it was used"))
            for fact in facts_of((instrument,), are_named=False)
        )
    )
    if instrument.source.strip():
        yield Paragraph(
            text=_("Where the figures come from: %(source)s") % {"source": instrument.source},
            tone="small",
        )


def compared(instrument: InstrumentEntry) -> Iterator[Block]:
    """Where the scores stand among others, and among whom; nothing where there is no norm."""
    if instrument.norm:
        places = dict.fromkeys(each.words for each in instrument.standings)
        yield Items(items=tuple(places))
        yield Paragraph(text=instrument.norm, tone="small")


def _title(instrument: InstrumentEntry) -> str:
    """With its kind, where that is not its name already."""
    kind = names.of_instrument(instrument.kind)
    if instrument.name.casefold() == kind.casefold():
        return instrument.name
    return _("%(name)s, %(opinion)s") % {"name": instrument.name, "opinion": kind}
