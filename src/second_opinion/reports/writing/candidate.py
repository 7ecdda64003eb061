"""Everything on one candidate: what the answer rests on, then criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from second_opinion.reports.writing import names, reasons
from second_opinion.reports.writing.answer import in_full
from second_opinion.reports.writing.authored import override_in_words
from second_opinion.reports.writing.blocks import Block, Facts, Heading, Paragraph, Quotation
from second_opinion.reports.writing.criterion import criterion_section, paragraphs_of
from second_opinion.reports.writing.document import Part
from second_opinion.reports.writing.figures import table_of_whole
from second_opinion.reports.writing.overview import at_a_glance
from second_opinion.reports.writing.sources import NoteBook
from second_opinion.reports.writing.subject import Subject


def candidate_in_detail(subject: Subject, book: NoteBook, *, is_alone: bool) -> Part:
    """Everything on one candidate; the answer in full too where page one was shared with others."""
    blocks: list[Block] = []
    if not is_alone:
        blocks.append(Paragraph(text=reasons.answer(subject), tone="lead"))
        blocks += [*override_in_words(subject), *in_full(subject, book)]
    blocks += _basis(subject)
    blocks += at_a_glance(subject)
    blocks += _own_words(subject)
    for place, (criterion, figures) in enumerate(subject.criteria(), start=1):
        blocks += criterion_section(subject, criterion, figures, place)
    title = (
        _("Criterion by criterion")
        if is_alone
        else _("%(candidate)s, criterion by criterion") % {"candidate": names.person(subject.name)}
    )
    return Part(title=title, anchor=subject.anchor, blocks=tuple(blocks), opens_page=True)


def _basis(subject: Subject) -> Iterator[Block]:
    """What the answer rests on, in figures and in words."""
    yield Heading(level=3, text=_("What the answer rests on"), anchor=f"{subject.anchor}-basis")
    if subject.figures.has_number:
        yield table_of_whole(subject)
    yield Facts(items=reasons.facts(subject))


def _own_words(subject: Subject) -> Iterator[Block]:
    written = [opinion for opinion in subject.opinions if opinion.conclusion.strip()]
    if written:
        yield Heading(level=3, text=_("The assessors' own conclusions"))
    for opinion in written:
        yield Quotation(
            paragraphs=paragraphs_of(opinion.conclusion), source=names.with_opinion(opinion)
        )
