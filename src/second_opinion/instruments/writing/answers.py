"""Answers to a questionnaire in words: for the assessor's interview, and for the report."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from second_opinion.instruments.analysis import Manner, manner_of, scale_scores, stand_outs
from second_opinion.instruments.selectors import Progress
from second_opinion.instruments.writing.language_names import name_of_language
from second_opinion.instruments.writing.register import is_normed, warnings_on
from second_opinion.library.questionnaires import Questionnaire

LONGEST_PAUSE = 300  # seconds after which somebody did something else in between


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One statement as it was asked, and what was answered; empty where it was left out."""

    place: int
    text: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersInWords:
    """
    hypotheses : what to ask in the interview, each about what stands out within the person
    questions : about how the questionnaire was answered; none is a verdict
    language : of the statements
    """

    name: str
    language: str
    language_name: str
    warnings: tuple[str, ...]
    hypotheses: tuple[str, ...]
    questions: tuple[str, ...]
    statements: tuple[StatementLine, ...]


def answers_in_words(progress: Progress, *, language: str) -> AnswersInWords:
    """For an assessor, in their language; statements in the language they were answered in."""
    questionnaire = progress.questionnaire
    answers = [progress.answered[place].answer for place in sorted(progress.answered)]
    found = stand_outs(scale_scores(questionnaire, answers))
    manner = manner_of(questionnaire, answers, _seconds(progress))
    return AnswersInWords(
        name=questionnaire.name.in_language(language),
        language=progress.language,
        language_name=name_of_language(progress.language),
        warnings=tuple(
            warnings_on(
                questionnaire,
                language=progress.language,
                has_own_norm=is_normed(
                    questionnaire,
                    language=progress.language,
                    provider=progress.given.candidacy.case.provider,
                ),
            )
        ),
        hypotheses=tuple(
            (each.scale.higher if each.is_higher else each.scale.lower).in_language(language)
            for each in found
        ),
        questions=tuple(_questions(manner)),
        statements=_statements(progress, answers),
    )


def name_in_report(questionnaire: Questionnaire, language: str) -> str:
    return questionnaire.name.in_language(language)[:120]


def source_of(questionnaire: Questionnaire, language: str, *, answered_in: str) -> str:
    """How the figures came about, in the language of the report."""
    with override(language):
        return _(
            "The candidate's own answers in %(language)s to %(n)s statements, version %(version)s. "
            "The error is that of personality questionnaires against performance: the figure "
            "weighs little, and is no sole source."
        ) % {
            "language": name_of_language(answered_in),
            "n": len(questionnaire.item),
            "version": questionnaire.version,
        }


def _questions(manner: Manner) -> list[str]:
    asked = []
    if manner.same_answers is not None:
        asked.append(
            ngettext(
                "%(n)s statement in a row has the same answer. How was it to answer?",
                "%(n)s statements in a row have the same answer. How was it to answer?",
                manner.same_answers,
            )
            % {"n": manner.same_answers}
        )
    if manner.is_inconsistent:
        asked.append(
            _(
                "Statements that are much alike were answered differently. Which of them depend "
                "on the situation, and how?"
            )
        )
    if manner.seconds is not None:
        asked.append(
            _(
                "The answers came faster than most people read. Was there little time, or were "
                "the statements known before?"
            )
        )
    if manner.agreeing is not None:
        asked.append(
            _("Statements and their opposites were both agreed with. When is which of them true?")
            if manner.agreeing > 0
            else _("Statements and their opposites were both denied. What would fit better?")
        )
    return asked


def _statements(progress: Progress, answers: list[int | None]) -> tuple[StatementLine, ...]:
    questionnaire = progress.questionnaire
    choices = questionnaire.choices[progress.language]
    return tuple(
        StatementLine(
            place=place,
            text=item.text(progress.language),
            answer="" if answer is None else choices[answer - 1],
        )
        for place, (item, answer) in enumerate(
            zip(questionnaire.item, answers, strict=True), start=1
        )
    )


def _seconds(progress: Progress) -> list[float | None]:
    """From one first answer to the next, where nothing else came in between."""
    times = [progress.answered[place].at for place in sorted(progress.answered)]
    apart = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    return [None, *(gap if 0 <= gap <= LONGEST_PAUSE else None for gap in apart)]
