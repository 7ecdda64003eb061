"""What an order or a requirement profile should be looked at for once more, each with its reason.

A flag is advice: it says why, and the writer decides. What an order cannot be sent without is in
`readiness`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from second_opinion.cases.models import Case, Criterion, OpenQuestion
from second_opinion.cases.selectors.methods import leaves_out_interviews
from second_opinion.cases.selectors.profile import FEWEST_LEVELS, criteria_of
from second_opinion.cases.states import Method
from second_opinion.library.words import WordKind, question_faults, words_found

WEIGHT_TOLERANCE = 0.01  # percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """about: the criterion or the question it concerns, empty where it is the profile."""

    about: str
    sentence: str


def profile_flags(case: Case) -> list[Flag]:
    """Of the version that counts now, in the order of its criteria."""
    return flags_of_criteria(criteria_of(case))


def flags_of_criteria(of_criteria: Iterable[Criterion]) -> list[Flag]:
    criteria = list(of_criteria)
    total = sum(criterion.weight for criterion in criteria)
    flags = []
    if criteria and abs(total - 100) > WEIGHT_TOLERANCE:
        flags.append(Flag(about="", sentence=weights_do_not_sum(total)))
    if leaves_out_interviews(criteria):
        flags.append(Flag(about="", sentence=_without_interview()))
    return flags + [
        Flag(about=criterion.name, sentence=sentence)
        for criterion in criteria
        for sentence in _of_criterion(criterion)
    ]


def question_flags(case: Case) -> list[Flag]:
    """Questions that are closed, leading or not neutral."""
    return [flag for question in case.open_questions.all() for flag in flags_of_question(question)]


def flags_of_question(question: OpenQuestion) -> list[Flag]:
    return [
        Flag(about=question.text, sentence=_of_question(kind) % {"words": words})
        for kind, words in question_faults(question.text)
    ]


def _without_interview() -> str:
    return _(
        "No criterion is measured by an interview: no assessor is needed, nobody meets the "
        "candidates, and the case opens on what tests, work samples and references say. Tick "
        "the interview where you want one."
    )


def weights_do_not_sum(total: float) -> str:
    return _(
        "The weights sum to %(total)s and not to 100. "
        "Until they do, nobody can tell how much a criterion counts."
    ) % {"total": f"{total:g}"}


def _of_criterion(criterion: Criterion) -> list[str]:
    sentences = [_of_methods(criterion)]
    if not criterion.reason.strip():
        sentences.append(
            _(
                "It says not why the job demands it. What has no reason in the work "
                "tends to become a matter of taste."
            )
        )
    if len(criterion.anchors) < FEWEST_LEVELS:
        sentences.append(
            _(
                "Describe at least three levels. Without them two assessors mean "
                "different things by the same score."
            )
        )
    return [sentence for sentence in [*sentences, *_of_words(criterion)] if sentence]


def _of_methods(criterion: Criterion) -> str:
    if not criterion.methods:
        return _("No method measures it. Choose at least one, or leave the criterion out.")
    if len(criterion.methods) == 1:
        return _(
            "One method alone measures it (%(method)s). What that method cannot see, "
            "nobody will: a second source would tell."
        ) % {"method": Method(criterion.methods[0]).label}
    return ""


def _of_words(criterion: Criterion) -> list[str]:
    anchors = " ".join(str(text) for _point, text in criterion.anchors)
    text = " ".join([criterion.name, criterion.definition, criterion.reason, anchors])
    sentences = []
    if found := words_found(text, WordKind.PROTECTED_GROUND):
        sentences.append(
            _(
                "It mentions %(words)s, which may touch a protected ground of discrimination. "
                "Say what the work demands instead, if it does."
            )
            % {"words": quoted(found)}
        )
    if found := words_found(text, WordKind.SALARY_HISTORY):
        sentences.append(
            _(
                "It mentions %(words)s. What a candidate has earned says what others paid, "
                "and may not be asked for."
            )
            % {"words": quoted(found)}
        )
    return sentences


def _of_question(kind: WordKind) -> str:
    return {
        WordKind.CLOSED: _(
            "It begins with “%(words)s” and can be answered by yes or no. "
            "Ask how, what or when, and the answer tells more."
        ),
        WordKind.LEADING: _("“%(words)s” tells which answer is wished for. Leave it out."),
        WordKind.LOADED: _(
            "“%(words)s” judges beforehand. Ask what happens, and let the assessors judge."
        ),
    }[kind]


def quoted(words: Iterable[str]) -> str:
    """Words of a text, in the quotation marks of the reader's language."""
    return ", ".join(_("“%(word)s”") % {"word": word} for word in words)
