"""Page one: the answer, how sure it is, what it rests on, and what to do next."""

from __future__ import annotations

import dataclasses

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.writing import authored, drawings, judged, names, numbers, reasons
from second_opinion.reports.writing.blocks import Block, Finding, Heading, Paragraph, Statements
from second_opinion.reports.writing.document import Part
from second_opinion.reports.writing.side_by_side import against_each_other
from second_opinion.reports.writing.sources import NoteBook
from second_opinion.reports.writing.subject import Subject
from second_opinion.reports.writing.turning import next_step, what_would_change


def answer(case: CaseFile, subjects: tuple[Subject, ...], book: NoteBook) -> Part:
    """The conclusion on one candidate in full, or on several in short."""
    if len(subjects) == 1:
        (subject,) = subjects
        title = names.finding(authored.conclusion_of(subject), subject.name)
        blocks = (*_stands(subject, book), *in_full(subject, book))
    else:
        title = _("The answer")
        blocks = _several(subjects, book)
    return Part(title=title, anchor="answer", blocks=(*blocks, *_unusual(case)))


def _stands(subject: Subject, book: NoteBook) -> tuple[Block, ...]:
    """Where the candidate stands, in words and drawn; and both conclusions where they part."""
    lead = Paragraph(text=reasons.answer(subject), tone="lead", notes=_basis(subject, book))
    override = authored.override_in_words(subject)
    if not subject.figures.has_number:
        return (lead, *override)
    return (lead, *override, drawings.whole(subject.case, subject.figures))


def in_full(subject: Subject, book: NoteBook) -> tuple[Block, ...]:
    """What stands under the drawing: outlook, reasons, risks, what would change it, answers."""
    conclusion = authored.conclusion_of(subject)
    return (
        *_outlook(subject, book),
        Paragraph(text=next_step(conclusion), notes=(_rule(book),)),
        authored.reasons_and_risks(subject, book),
        *_change(subject, book),
        *authored.answers(subject, book),
        *authored.in_another_language(subject),
    )


def _change(subject: Subject, book: NoteBook) -> tuple[Block, ...]:
    note = book.how(
        "method-turning",
        _("Reckoned by the rule from the same opinions, with one thing changed."),
    )
    title, anchor = _("What would change the conclusion"), f"{subject.anchor}-change"
    return (
        Heading(level=3, text=title, anchor=anchor),
        Paragraph(text=what_would_change(subject), notes=(note,)),
    )


def _basis(subject: Subject, book: NoteBook) -> tuple[int, ...]:
    """Which opinions, on what requirements, and how they were combined."""
    return (
        book.number(
            reasons.rests_on(subject),
            target=f"{subject.anchor}-basis",
            title=_("See the figures"),
        ),
        book.number(
            _("The bar of %(bar)s, the criteria and their weights were fixed beforehand.")
            % {"bar": numbers.score(subject.case.bar)},
            target="method-profile",
            title=_("See the requirement profile"),
        ),
        book.how("method-model", _("The ratings are combined by a fixed model, with intervals.")),
    )


def _rule(book: NoteBook) -> int:
    return book.number(
        _("The conclusion follows from a rule that was fixed before anything was rated."),
        target="method-rule",
        title=_("See the rule"),
    )


def _outlook(subject: Subject, book: NoteBook) -> tuple[Block, ...]:
    text = judged.outlook_now_and_before(subject)
    if not text:
        return ()
    note = book.how(
        "method-outlook",
        _("From the client's base rate and the validity of assessments by a published review."),
    )
    return (Paragraph(text=text, notes=(note,)),)


def _several(subjects: tuple[Subject, ...], book: NoteBook) -> tuple[Block, ...]:
    case, rule = subjects[0].case, subjects[0].rule
    lead = Paragraph(
        text=_(
            "%(number)d finalists, assessed on the same criteria. The whole is on the scale "
            "%(low)s to %(high)s, the bar is %(bar)s, and %(often)s the truth lies in the "
            "interval shown."
        )
        % {
            "number": len(subjects),
            "low": numbers.score(case.scale_low),
            "high": numbers.score(case.scale_high),
            "bar": numbers.score(case.bar),
            "often": numbers.level(rule.interval_level),
        },
        tone="lead",
        notes=_basis(subjects[0], book)[1:],
    )
    found = tuple(block for subject in subjects for block in _found(subject, book))
    return (lead, *found, *against_each_other(subjects, book), _where_the_rest_is())


def _found(subject: Subject, book: NoteBook) -> tuple[Block, ...]:
    """The conclusion on one of several, with its drawing where there is a number to draw."""
    conclusion = authored.conclusion_of(subject)
    heading = Heading(level=3, text=names.finding(conclusion, subject.name))
    sentences = (
        _by_rule(subject),
        reasons.why(subject),
        judged.outlook_in_short(subject),
    )
    paragraph = Paragraph(
        text=" ".join(each for each in sentences if each),
        tone="small",
        notes=(_basis(subject, book)[0], _rule(book)),
    )
    strongest = _strongest(subject, book)
    if not subject.figures.has_number:
        return (heading, paragraph, *strongest)
    drawing = drawings.whole(subject.case, subject.figures)
    return (Finding(heading=heading, paragraph=paragraph, drawing=drawing), *strongest)


def _strongest(subject: Subject, book: NoteBook) -> tuple[Block, ...]:
    """The first reason and the first risk, as their author ranks them."""
    written = subject.written
    found = [
        dataclasses.replace(
            authored.statement(subject, one, book), text=text % {"sentence": one.text}
        )
        for text, one in (
            *((_("Speaks for most: %(sentence)s"), one) for one in written.reasons[:1]),
            *((_("Greatest risk: %(sentence)s"), one) for one in written.risks[:1]),
        )
    ]
    language = authored.language_of(subject)
    return (Statements(items=tuple(found), language=language),) if found else ()


def _by_rule(subject: Subject) -> str:
    if subject.written.override is None:
        return ""
    return _("By the rule: %(conclusion)s; why it is otherwise here stands further on.") % {
        "conclusion": names.of_conclusion(subject.figures.conclusion)
    }


def _where_the_rest_is() -> Paragraph:
    return Paragraph(
        text=_(
            "For each finalist, what speaks for, the risks, what would change the conclusion and "
            "the answers to what was asked stand first in the chapter with the finalist's name."
        ),
        tone="small",
    )


def _unusual(case: CaseFile) -> tuple[Block, ...]:
    """What a reader must know of how this case was run, where it was not as usual."""
    sentences = [
        _("The criteria were changed after they had been locked. The reason given: %(reason)s")
        % {"reason": reason}
        for reason in case.profile_changes
    ]
    if case.no_first_opinion:
        sentences.append(
            _(
                "This case has no first opinion: the client gave none of its own before the "
                "second, so what the second added to it cannot be measured. The reason given: "
                "%(reason)s"
            )
            % {"reason": case.no_first_opinion}
        )
    return tuple(Paragraph(text=sentence, tone="small") for sentence in sentences)
