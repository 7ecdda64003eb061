"""An interview guide as a document, so that its page and its PDF are made as a report's are."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from second_opinion.cases.models import Case
from second_opinion.instruments.models import Guide
from second_opinion.instruments.selectors import GuideSection, minutes_of, sections_of
from second_opinion.reports.writing import numbers
from second_opinion.reports.writing.blocks import Block, Fact, Facts, Heading, Items, Paragraph
from second_opinion.reports.writing.characters import cleaned, with_every_text
from second_opinion.reports.writing.document import Part, ReportDocument

_LINE = "_" * 60
NOTE_LINES = 6


def write_guide(
    guide: Guide, case: Case, *, candidate: str = "", issued_on: date
) -> ReportDocument:
    """In the guide's own language, which the interview is held in.

    candidate : the name at its head, where it is printed for one interview
    """
    sections = sections_of(guide)
    with override(guide.language):
        document = ReportDocument(
            language=guide.language,
            kicker=_("Interview guide"),
            title=case.role.strip() or _("(no role named)"),
            facts=_facts(guide, case, candidate, minutes=minutes_of(sections)),
            parts=(_before(), *(_part(section) for section in sections), _after()),
            contents_title=_("Contents"),
            page_words=(pgettext("page 1 of 2", "Page"), pgettext("page 1 of 2", "of")),
            footer=" ".join([_("Interview guide"), case.reference]),
            issued_on=issued_on,
        )
    return with_every_text(document, cleaned)


def _facts(guide: Guide, case: Case, candidate: str, *, minutes: int) -> tuple[Fact, ...]:
    state = (
        _("fixed %(day)s") % {"day": numbers.day(guide.frozen_at.date())}
        if guide.frozen_at
        else _("a draft: fixed when the first assessor is shown it")
    )
    found = (
        Fact(label=_("Case"), text=case.reference),
        Fact(label=_("Candidate"), text=candidate),
        Fact(label=_("Time"), text=_("%(n)s minutes of questions") % {"n": minutes}),
        Fact(label=_("Guide"), text=state),
    )
    return tuple(fact for fact in found if fact.text.strip())


def _before() -> Part:
    return Part(
        title=_("Before you begin"),
        anchor="before",
        blocks=(
            Items(
                items=(
                    _("Ask every finalist the same questions, in this order."),
                    _("Say at the start that you take notes, how long it lasts, and what follows."),
                    _("Write what is said and done. Rate each criterion before you go on."),
                    _("If you leave a question out or ask it differently, note which and why."),
                    _("The candidate's own questions come last and are not rated."),
                )
            ),
        ),
    )


def _part(section: GuideSection) -> Part:
    blocks: list[Block] = [
        Paragraph(text=_("%(n)s minutes") % {"n": section.minutes}, tone="small"),
    ]
    if section.definition:
        blocks.append(Paragraph(text=section.definition))
    for question in section.core:
        blocks += [
            Heading(level=3, text=f"{question.number} {question.text}"),
            Items(items=question.probes),
        ]
    if section.reserve:
        blocks.append(Heading(level=4, text=_("If time allows")))
        blocks.append(Items(items=tuple(f"{each.number} {each.text}" for each in section.reserve)))
    for title, texts in (
        (_("What to listen for"), section.listen_for),
        (_("What leads raters astray"), section.rating_errors),
    ):
        if texts:
            blocks += [Heading(level=4, text=title), Items(items=texts)]
    if section.anchors:
        levels = tuple(Fact(label=f"{point:g}", text=words) for point, words in section.anchors)
        blocks += [Heading(level=4, text=_("Levels")), Facts(items=levels)]
    blocks.append(Heading(level=4, text=_("Notes, and your score")))
    blocks += [Paragraph(text=_LINE)] * NOTE_LINES
    return Part(
        title=f"{section.position}. {section.criterion}",
        anchor=f"criterion-{section.position}",
        blocks=tuple(blocks),
        opens_page=True,
    )


def _after() -> Part:
    return Part(
        title=_("Afterwards"),
        anchor="afterwards",
        blocks=(
            Items(
                items=(
                    _("Thank the candidate, and say what happens next and when."),
                    _("Go through your scores against the levels before you talk to anybody."),
                    _("Carry notes and scores into the service the same day."),
                )
            ),
        ),
    )
