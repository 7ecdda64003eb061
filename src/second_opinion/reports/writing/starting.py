"""Getting started: advice with a purpose of its own, in a document of its own."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis import CaseAnalysis
from second_opinion.reports.writing import authored, names, numbers
from second_opinion.reports.writing.blocks import Fact, Paragraph
from second_opinion.reports.writing.characters import cleaned, with_every_text
from second_opinion.reports.writing.document import Part, ReportDocument
from second_opinion.reports.writing.sources import NoteBook
from second_opinion.reports.writing.subject import Subject, subjects


def getting_started(case: CaseFile) -> Part:
    """The fifth chapter of the report, which says where it went."""
    is_written = any(one.starting or one.to_ask_references for one in case.written)
    text = (
        _(
            "Advice on getting started, and questions for references, have been written. They "
            "serve another purpose than the choice, and are given out apart from this report."
        )
        if is_written
        else _("No advice on getting started and no questions for references have been written.")
    )
    return Part(
        title=_("Getting started"), anchor="getting-started", blocks=(Paragraph(text=text),)
    )


def write_getting_started(
    case: CaseFile, analysis: CaseAnalysis, *, language: str, issued_on: date
) -> ReportDocument:
    """Advice and questions on every candidate, with what each sentence rests on."""
    with override(language):
        book = NoteBook(leads_on=False)  # there is no chapter on criteria to lead to
        parts = tuple(_part(subject, book) for subject in subjects(case, analysis))
        document = ReportDocument(
            language=language,
            kicker=_("Second opinion: getting started"),
            title=case.role.strip() or _("(no role named)"),
            facts=_facts(case, issued_on),
            parts=parts if book.is_empty else (*parts, book.part()),
            contents_title=_("Contents"),
            page_words=(pgettext("page 1 of 2", "Page"), pgettext("page 1 of 2", "of")),
            footer=_("Second opinion: getting started"),
            issued_on=issued_on,
            note_word=_("Source"),
            isolated=names.from_the_right(case),
        )
    return with_every_text(document, cleaned)


def _facts(case: CaseFile, issued_on: date) -> tuple[Fact, ...]:
    found = (
        Fact(label=_("Client"), text=case.client),
        Fact(label=_("Provider"), text=case.provider),
        Fact(label=_("Reference"), text=case.reference),
        Fact(label=_("Issued"), text=numbers.day(issued_on)),
    )
    return tuple(fact for fact in found if fact.text.strip())


def _part(subject: Subject, book: NoteBook) -> Part:
    purpose = Paragraph(
        text=_(
            "This is for whoever is hired and the one they will report to. It is no part of the "
            "choice, and says nothing that should weigh in it."
        ),
        tone="lead",
    )
    return Part(
        title=names.person(subject.name),
        anchor=subject.anchor,
        blocks=(
            purpose,
            *authored.in_another_language(subject),
            *authored.advice(subject, book),
        ),
        opens_page=subject.place > 0,
    )
