"""What the author wrote: reasons, risks with their conditions, answers, and another conclusion."""

from __future__ import annotations

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import AnswerEntry, SentenceEntry
from second_opinion.reports.analysis import Conclusion
from second_opinion.reports.writing import names
from second_opinion.reports.writing.blocks import (
    Answers,
    Block,
    Heading,
    Paragraph,
    Side,
    Sides,
    Statement,
    Statements,
)
from second_opinion.reports.writing.sources import NoteBook
from second_opinion.reports.writing.subject import Subject


def conclusion_of(subject: Subject) -> Conclusion:
    """The author's own where there is one, or else the rule's."""
    override = subject.written.override
    return subject.figures.conclusion if override is None else Conclusion(override.conclusion)


def override_in_words(subject: Subject) -> tuple[Block, ...]:
    """Both conclusions, and the reason for the one that stands above them."""
    override = subject.written.override
    if override is None:
        return ()
    return (
        Paragraph(
            text=_(
                "This is the conclusion of %(author)s, who writes this report. The rule that was "
                "fixed beforehand gives another: %(rule)s. The reason: %(reason)s"
            )
            % {
                "author": names.person(subject.case.author),
                "rule": names.of_conclusion(subject.figures.conclusion),
                "reason": override.reason,
            }
        ),
    )


def reasons_and_risks(subject: Subject, book: NoteBook) -> Sides:
    """Side by side; what is missing is said."""
    written = subject.written
    return Sides(
        left=Side(
            title=_("Speaks for"),
            items=tuple(statement(subject, one, book) for one in written.reasons)
            or (_nothing(_("No reasons for have been written.")),),
        ),
        right=Side(
            title=_("Risks, and when they bite"),
            items=tuple(statement(subject, one, book) for one in written.risks)
            or (_nothing(_("No risks have been written.")),),
        ),
        language=language_of(subject),
    )


def answers(subject: Subject, book: NoteBook) -> tuple[Block, ...]:
    """Each open question with its answer, or why there is none."""
    case, given = subject.case, {one.question: one for one in subject.written.answers}
    asked = tuple(
        Side(title=question, items=_answer(subject, given.get(number), book))
        for number, question in enumerate(case.open_questions, start=1)
        if question.strip()
    )
    if not asked:
        return ()
    heading = Heading(level=3, text=_("What the client asked"), anchor=f"{subject.anchor}-answers")
    return (heading, Answers(items=asked, language=language_of(subject)))


def _answer(subject: Subject, answer: AnswerEntry | None, book: NoteBook) -> tuple[Statement, ...]:
    if answer is None:
        return (_nothing(_("Nobody has answered this question.")),)
    if answer.not_answered:
        return (Statement(text=not_answered(answer)),)
    return tuple(statement(subject, one, book) for one in answer.sentences)


def not_answered(answer: AnswerEntry) -> str:
    """Why a question has no answer."""
    return _("This could not be answered, because %(reason)s") % {
        "reason": _as_clause(answer.not_answered)
    }


def _as_clause(reason: str) -> str:
    """A reason that somebody began with "because" says it once."""
    for word in ("because ", "eftersom ", "därför att "):
        if reason.casefold().startswith(word):
            return reason[len(word) :]
    return reason


def statement(subject: Subject, sentence: SentenceEntry, book: NoteBook) -> Statement:
    """A sentence with its numbers; without any it is said to be a judgement."""
    notes = book.of_sentence(subject, sentence.sources)
    return Statement(
        text=sentence.text,
        notes=notes,
        remark="" if notes else judgement(),
        below=condition(sentence),
    )


def condition(sentence: SentenceEntry) -> str:
    """When a risk bites; empty of anything that is no risk."""
    if not sentence.condition:
        return ""
    return pgettext("when a risk bites", "When: %(condition)s") % {"condition": sentence.condition}


def judgement() -> str:
    return _("assessor's judgement")


def language_of(subject: Subject) -> str:
    """The language of what is written, where it is another than the reader's."""
    written, reader = subject.written, (get_language() or "")[:2]
    return "" if written.is_empty or written.language == reader else written.language


def in_another_language(subject: Subject) -> tuple[Block, ...]:
    """Said where the author wrote in one language only, and the reader reads another."""
    said = {
        "sv": _("The author has written in Swedish; the rest of the report is in your language."),
        "en": _("The author has written in English; the rest of the report is in your language."),
    }
    language = language_of(subject)
    return (Paragraph(text=said[language], tone="small"),) if language else ()


def advice(subject: Subject, book: NoteBook) -> tuple[Block, ...]:
    """On getting started, and what to ask references; what is missing is said."""
    written, language = subject.written, language_of(subject)
    found: list[Block] = []
    for title, sentences, missing in (
        (_("The first months"), written.starting, _("No advice has been written.")),
        (
            _("To ask references"),
            written.to_ask_references,
            _("No questions for references have been written."),
        ),
    ):
        found.append(Heading(level=3, text=title))
        if sentences:
            items = tuple(statement(subject, one, book) for one in sentences)
            found.append(Statements(items=items, language=language))
        else:
            found.append(Paragraph(text=missing, tone="small"))
    return tuple(found)


def _nothing(text: str) -> Statement:
    return Statement(text=text)
