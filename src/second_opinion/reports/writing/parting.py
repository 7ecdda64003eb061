"""Where the opinions part: how they differ, what that looks like, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from second_opinion.reports.writing import judged, names, reasons
from second_opinion.reports.writing.blocks import Block, Fact, Facts, Heading, Paragraph
from second_opinion.reports.writing.document import Part
from second_opinion.reports.writing.ordinal import as_steps
from second_opinion.reports.writing.subject import Subject

ANCHOR = "opinions"


def where_opinions_part(subjects: tuple[Subject, ...]) -> Part:
    """For each candidate: differences, the diagnosis with its remedy, and who rates how hard."""
    blocks: list[Block] = []
    for subject in subjects:
        if len(subjects) > 1:
            blocks.append(Heading(level=3, text=names.person(subject.name)))
        blocks += _on(subject)
    return Part(title=_("Where the opinions part"), anchor=ANCHOR, blocks=tuple(blocks))


def _on(subject: Subject) -> tuple[Block, ...]:
    if not subject.opinions:
        return (Paragraph(text=_("No opinion has been given.")), *_facts(subject))
    if len(subject.opinions) < 2:
        alone = Paragraph(text=_("There is one opinion only, so there is nothing to compare."))
        return (alone, *_facts(subject))
    return _facts(subject)


def _facts(subject: Subject) -> tuple[Block, ...]:
    found = (
        Fact(label=_("How they differ"), text=reasons.differences(subject)),
        Fact(label=_("What to do about it"), text=judged.disagreement(subject)),
        Fact(label=_("To ask the assessors"), text="\n".join(judged.questions(subject))),
        Fact(label=_("Why the second moved"), text=judged.second_lower(subject)),
        Fact(label=_("Observed by some only"), text=judged.left_out(subject)),
        Fact(label=_("Assessors' severity"), text=judged.severity(subject)),
        Fact(label=_("Read as steps"), text=as_steps(subject)),
    )
    facts = tuple(fact for fact in found if fact.text)
    return (Facts(items=facts),) if facts else ()
