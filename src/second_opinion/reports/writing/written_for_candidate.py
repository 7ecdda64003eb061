"""What the author wrote, as the candidate it is about reads it: all of it, strengths first."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import AnswerEntry, SentenceEntry
from second_opinion.reports.writing import authored, numbers
from second_opinion.reports.writing.blocks import (
    Answers,
    Block,
    Heading,
    Paragraph,
    Side,
    Statement,
    Statements,
)
from second_opinion.reports.writing.document import Part
from second_opinion.reports.writing.subject import Subject


def what_is_written(subject: Subject) -> tuple[Part, ...]:
    """One chapter; none where nothing is written."""
    if subject.written.is_empty:
        return ()
    lead = Paragraph(
        text=_(
            "A person wrote this about how what was seen fits the role. It is what the employer "
            "reads too; advice on getting started it reads apart from the rest."
        ),
        tone="small",
    )
    return (
        Part(
            title=_("What the assessor writes"),
            anchor="written",
            blocks=(lead, *authored.in_another_language(subject), *_blocks(subject)),
        ),
    )


def _blocks(subject: Subject) -> Iterator[Block]:
    written, language = subject.written, authored.language_of(subject)
    yield from _listed(_("What speaks for you"), written.reasons, language)
    yield from _listed(_("Risks, and when they bite"), written.risks, language)
    answers = tuple(_answer(subject, one) for one in written.answers)
    if answers:
        yield Heading(level=3, text=_("What the employer asked"))
        yield Answers(items=answers, language=language)
    yield from _listed(_("If you are hired: the first months"), written.starting, language)
    yield from _listed(
        _("What references may be asked about you"), written.to_ask_references, language
    )


def another_conclusion(subject: Subject) -> Iterator[Block]:
    """Said where a person concluded otherwise than the rule, with the reason."""
    if subject.written.override is not None:
        yield Paragraph(
            text=_(
                "A person concluded this. The rule that was fixed beforehand concludes otherwise; "
                "the reason why it was not followed: %(reason)s"
            )
            % {"reason": subject.written.override.reason}
        )


def _listed(title: str, sentences: tuple[SentenceEntry, ...], language: str) -> Iterator[Block]:
    if sentences:
        yield Heading(level=3, text=title)
        yield Statements(items=tuple(map(_statement, sentences)), language=language)


def _statement(sentence: SentenceEntry) -> Statement:
    """What it rests on is told by criterion: whose ratings they are stands nowhere here."""
    criteria = tuple(dict.fromkeys(source.criterion for source in sentence.sources))
    rests_on = _("rests on %(criteria)s") % {"criteria": numbers.listed(criteria)}
    return Statement(
        text=sentence.text,
        remark=rests_on if criteria else authored.judgement(),
        below=authored.condition(sentence),
    )


def _answer(subject: Subject, answer: AnswerEntry) -> Side:
    items = tuple(map(_statement, answer.sentences))
    if answer.not_answered:
        items = (Statement(text=authored.not_answered(answer)),)
    return Side(title=_question(subject, answer.question), items=items)


def _question(subject: Subject, number: int) -> str:
    """In the client's words, unless these name another finalist."""
    question = subject.case.open_questions[number - 1]
    others = [name for name in subject.case.candidates if name != subject.name]
    words = {part for name in others for part in name.casefold().split()}
    if words & set(question.casefold().replace("?", " ").replace(",", " ").split()):
        return _("A question from the employer")
    return question
