"""For employers in the public sector: merits compared by facts, and the tests in an annex.

The memo holds what was said and done, and no figure of a test; the annex holds the figures. Either
can be given out without the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from second_opinion.ingest.case_file import CaseFile, CriterionEntry
from second_opinion.reports.analysis import CaseAnalysis
from second_opinion.reports.writing import authored, names, numbers
from second_opinion.reports.writing.blocks import Block, Heading, Items, Paragraph, Quotation, Table
from second_opinion.reports.writing.document import Part, ReportDocument
from second_opinion.reports.writing.frame import framed
from second_opinion.reports.writing.subject import Subject, subjects


def write_memo(
    case: CaseFile, analysis: CaseAnalysis, *, language: str, issued_on: date
) -> ReportDocument:
    """Merits compared, criterion by criterion."""
    with override(language):
        everyone = subjects(case, analysis)
        return framed(
            case,
            kicker=_("Memo: merits compared"),
            parts=(_matter(everyone), _required(case), _merits(everyone), _conclusion(everyone)),
            issued_on=issued_on,
            candidates=case.candidates,
        )


def _matter(everyone: tuple[Subject, ...]) -> Part:
    case = everyone[0].case
    return Part(
        title=_("The matter"),
        anchor="matter",
        blocks=(
            Paragraph(
                text=ngettext(
                    "%(number)d finalist for this employment has been assessed on the requirements "
                    "below. They were fixed, with their weights, before anybody's papers were "
                    "opened.",
                    "%(number)d finalists for this employment have been assessed on the same "
                    "requirements, in the same way. The requirements were fixed, with their "
                    "weights, before anybody's papers were opened.",
                    len(everyone),
                )
                % {"number": len(everyone)},
                tone="lead",
            ),
            Paragraph(
                text=_(
                    "This memo sets what was seen of each person against the requirements. It "
                    "holds facts and who observed them. Figures from tests and instruments stand "
                    "in an annex of their own, since whether they can be given out is decided "
                    "separately."
                )
            ),
            *_changes(case),
        ),
    )


def _changes(case: CaseFile) -> Iterator[Block]:
    for reason in case.profile_changes:
        text = _("The requirements were changed after they had been fixed. The reason: %(reason)s")
        yield Paragraph(text=text % {"reason": reason})


def _required(case: CaseFile) -> Part:
    return Part(
        title=_("What the employment requires"),
        anchor="requirements",
        blocks=(
            Table(
                caption=_("Requirements in the order of the profile"),
                columns=(_("Requirement"), _("What it means"), _("Weight")),
                rows=tuple(
                    (
                        criterion.name,
                        criterion.definition.strip() or "\N{EN DASH}",
                        numbers.weight(criterion.weight),
                    )
                    for criterion in case.criteria
                ),
                shares=(4, 8, 2),
            ),
        ),
    )


def _merits(everyone: tuple[Subject, ...]) -> Part:
    blocks: list[Block] = []
    for place, criterion in enumerate(everyone[0].case.criteria, start=1):
        blocks.append(Heading(level=3, text=criterion.name, anchor=f"merit-{place}"))
        for subject in everyone:
            blocks += _seen(subject, criterion, is_named=len(everyone) > 1)
    return Part(
        title=_("The merits, requirement by requirement"),
        anchor="merits",
        blocks=tuple(blocks),
        opens_page=True,
    )


def _seen(subject: Subject, criterion: CriterionEntry, *, is_named: bool) -> Iterator[Block]:
    if is_named:
        yield Heading(level=4, text=names.person(subject.name))
    noted = [
        (opinion, tuple(_lines(rating.evidence)))
        for opinion, rating in subject.ratings_on(criterion.name)
        if rating is not None and rating.score is not None and any(_lines(rating.evidence))
    ]
    for opinion, lines in noted:
        yield Quotation(paragraphs=lines, source=names.with_opinion(opinion))
    if not noted:
        yield Paragraph(text=_("No facts were noted on this requirement."), tone="small")


def _lines(texts: tuple[str, ...]) -> Iterator[str]:
    return (line.strip() for text in texts for line in text.splitlines() if line.strip())


def _conclusion(everyone: tuple[Subject, ...]) -> Part:
    conclusions = tuple(
        names.finding(authored.conclusion_of(subject), subject.name) + "." for subject in everyone
    )
    return Part(
        title=_("Overall assessment"),
        anchor="overall",
        blocks=(
            Items(items=conclusions),
            Paragraph(
                text=_(
                    "The conclusions follow from all opinions weighed together by a rule that was "
                    "fixed beforehand. They are a basis for the employer's decision and no "
                    "decision. The employer compares the merits, decides, and states its reasons."
                )
            ),
        ),
    )
