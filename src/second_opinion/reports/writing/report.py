"""The whole report, written in one language from a case and its figures."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from second_opinion.ingest.case_file import CaseFile, as_dict
from second_opinion.reports.analysis import CaseAnalysis
from second_opinion.reports.writing import names, notes, numbers
from second_opinion.reports.writing.afterwards import no_own_words
from second_opinion.reports.writing.answer import answer
from second_opinion.reports.writing.blocks import Fact
from second_opinion.reports.writing.candidate import candidate_in_detail
from second_opinion.reports.writing.characters import cleaned, has_disallowed, with_every_text
from second_opinion.reports.writing.computing import how_it_was_computed
from second_opinion.reports.writing.document import Part, ReportDocument
from second_opinion.reports.writing.method import how_this_was_done
from second_opinion.reports.writing.parting import where_opinions_part
from second_opinion.reports.writing.side_by_side import side_by_side
from second_opinion.reports.writing.sources import NoteBook, numbered_in_order
from second_opinion.reports.writing.starting import getting_started
from second_opinion.reports.writing.subject import subjects

_FOOTER_MOST = 50


def write_document(
    case: CaseFile, analysis: CaseAnalysis, *, language: str, issued_on: date
) -> ReportDocument:
    """The report as one plain object, ready to be rendered."""
    with override(language):
        document = ReportDocument(
            language=language,
            kicker=_("Second opinion"),
            title=case.role.strip() or _("(no role named)"),
            facts=_facts(case, issued_on),
            parts=_parts(case, analysis, issued_on=issued_on),
            contents_title=_("Contents"),
            page_words=(pgettext("page 1 of 2", "Page"), pgettext("page 1 of 2", "of")),
            footer=_footer(case),
            issued_on=issued_on,
            note_word=_("Source"),
            isolated=names.from_the_right(case),
        )
    return with_every_text(document, cleaned)


def _parts(case: CaseFile, analysis: CaseAnalysis, *, issued_on: date) -> tuple[Part, ...]:
    everyone, book = subjects(case, analysis), NoteBook()
    is_alone = len(everyone) == 1
    parts = [
        answer(case, everyone, book),
        *(() if is_alone else (side_by_side(everyone, book),)),
        *(candidate_in_detail(subject, book, is_alone=is_alone) for subject in everyone),
        where_opinions_part(everyone),
        getting_started(case),
        no_own_words(),
        how_this_was_done(case, analysis, issued_on=issued_on),
        how_it_was_computed(case, analysis, issued_on=issued_on),
        book.part(),
    ]
    if _holds_disallowed(as_dict(case)):
        parts.append(notes.on_text((notes.disallowed_removed(),)))
    return numbered_in_order(tuple(parts))


def _facts(case: CaseFile, issued_on: date) -> tuple[Fact, ...]:
    found = (
        Fact(
            label=_("Candidate") if len(case.candidates) == 1 else _("Candidates"),
            text=numbers.listed(tuple(names.person(name) for name in case.candidates)),
        ),
        Fact(label=_("Client"), text=case.client),
        Fact(label=_("Provider"), text=case.provider),
        Fact(label=_("Reference"), text=case.reference),
        Fact(label=_("Author"), text=names.person(case.author) if case.author else ""),
        Fact(label=_("Ordered"), text=numbers.day(case.ordered_on) if case.ordered_on else ""),
        Fact(label=_("Issued"), text=numbers.day(issued_on)),
    )
    return tuple(fact for fact in found if fact.text.strip())


def _footer(case: CaseFile) -> str:
    """One line for every page's foot, so what people wrote is cut where it is long."""
    parts = (_("Second opinion"), _in_short(case.role), _in_short(case.reference))
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def _in_short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _FOOTER_MOST else words[: _FOOTER_MOST - 1].rstrip() + "…"


def _holds_disallowed(value: object) -> bool:
    if isinstance(value, str):
        return has_disallowed(value)
    if isinstance(value, dict):
        return any(_holds_disallowed(item) for item in value.values())
    return isinstance(value, list) and any(_holds_disallowed(item) for item in value)
