"""What every further document made of a case has in common: its head, its foot and its dates."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.blocks import Fact
from second_opinion.reports.writing.characters import cleaned, with_every_text
from second_opinion.reports.writing.document import Part, ReportDocument


def framed(
    case: CaseFile,
    *,
    kicker: str,
    parts: tuple[Part, ...],
    issued_on: date,
    candidates: tuple[str, ...] = (),
) -> ReportDocument:
    """A document in the active language.

    candidates : whom it names at its head, by the names in the case file
    """
    document = ReportDocument(
        language=(get_language() or case.language)[:2],
        kicker=kicker,
        title=case.role.strip() or _("(no role named)"),
        facts=_facts(case, candidates, issued_on),
        parts=parts,
        contents_title=_("Contents"),
        page_words=(pgettext("page 1 of 2", "Page"), pgettext("page 1 of 2", "of")),
        footer=kicker,
        issued_on=issued_on,
        note_word=_("Source"),
    )
    return names.with_names_apart(with_every_text(document, cleaned), case)


def _facts(case: CaseFile, candidates: tuple[str, ...], issued_on: date) -> tuple[Fact, ...]:
    found = (
        Fact(
            label=_("Candidate") if len(candidates) == 1 else _("Candidates"),
            text=numbers.listed(tuple(map(names.person, candidates))) if candidates else "",
        ),
        Fact(label=_("Client"), text=case.client),
        Fact(label=_("Provider"), text=case.provider),
        Fact(label=_("Reference"), text=case.reference),
        Fact(label=_("Issued"), text=numbers.day(issued_on)),
    )
    return tuple(fact for fact in found if fact.text.strip())
