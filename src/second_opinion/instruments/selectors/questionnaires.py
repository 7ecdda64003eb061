"""Questionnaires given to candidates, and the answers. Who may see answers, opinions decides."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from second_opinion.audit.services import decrypt
from second_opinion.cases.models import Candidacy, Case, Criterion
from second_opinion.cases.selectors import criteria_of, state_since
from second_opinion.cases.states import Method
from second_opinion.instruments.models import (
    GivenQuestionnaire,
    QuestionnaireForm,
    SentQuestionnaire,
    StatementAnswer,
)
from second_opinion.library.questionnaires import (
    Questionnaire,
    QuestionnaireCollection,
    questionnaires,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What stands at one place: the number of the answer from 1, None where it was left out.

    at : when the place was first answered
    """

    place: int
    answer: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a candidate has come, for their own page.

    language : fixed by the first answer; empty before
    next_place : the first without an answer; None where there is none
    """

    given: GivenQuestionnaire
    questionnaire: Questionnaire
    language: str
    answered: dict[int, Answered]
    sent_at: datetime | None

    @property
    def n_items(self) -> int:
        return len(self.questionnaire.item)

    @property
    def next_place(self) -> int | None:
        places = range(1, self.n_items + 1)
        return next((place for place in places if place not in self.answered), None)

    @property
    def left_out(self) -> list[int]:
        return sorted(place for place, each in self.answered.items() if each.answer is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenState:
    """That a questionnaire was given and sent in, for the coordinators: nothing of the answers."""

    given: GivenQuestionnaire
    questionnaire: Questionnaire
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A questionnaire that is asked of nobody any more, and why."""

    questionnaire: Questionnaire
    at: datetime
    because: str


def offered_questionnaires() -> QuestionnaireCollection:
    """Ours, and those that are installed."""
    return questionnaires(settings.SECOND_OPINION_QUESTIONNAIRE_FOLDER)


def measured_by_questionnaire(case: Case) -> list[Criterion]:
    """The criteria whose methods in the profile name a questionnaire."""
    return [each for each in criteria_of(case) if Method.QUESTIONNAIRE in each.methods]


def suggested_scales(case: Case, questionnaire: Questionnaire) -> dict[str, str]:
    """Criterion to scale, where the questionnaire says that a scale bears on it; else empty."""
    return {
        criterion.name: next(
            (
                scale.key
                for scale in questionnaire.scale
                if criterion.library_key and criterion.library_key in scale.criteria
            ),
            "",
        )
        for criterion in measured_by_questionnaire(case)
    }


def given_to(candidacy: Candidacy) -> list[GivenState]:
    """What stands, the oldest first; what was taken back is asked of nobody."""
    rows = candidacy.given_questionnaires.filter(taken_back_at__isnull=True)
    rows = rows.select_related("form", "sent", "candidacy__case")
    return [
        GivenState(
            given=row,
            questionnaire=questionnaire_in(row.form),
            sent_at=row.sent.at if hasattr(row, "sent") else None,
        )
        for row in rows
    ]


def taken_back_in(case: Case) -> list[TakenBack]:
    """For the coordinators, the oldest first: one for all candidates from whom it was taken."""
    rows = GivenQuestionnaire.objects.filter(candidacy__case=case, taken_back_at__isnull=False)
    found: dict[tuple[str, datetime], TakenBack] = {}
    for row in rows.select_related("form", "candidacy__case").order_by("taken_back_at", "pk"):
        if row.taken_back_at is None or row.taken_back_because is None:
            continue
        because = decrypt(row.taken_back_because, case=row.candidacy.case, label=row.reason_label)
        found.setdefault(
            (row.form.key, row.taken_back_at),
            TakenBack(
                questionnaire=questionnaire_in(row.form),
                at=row.taken_back_at,
                because=because.decode(),
            ),
        )
    return list(found.values())


def waited_for_since(given: GivenQuestionnaire, *, told_at: datetime) -> datetime:
    """Since when nothing was heard: it could be answered, or the newest answer came.

    told_at : when the candidate had read of it
    """
    newest = given.answers.order_by("pk").last()
    begun = max(told_at, state_since(given.candidacy.case))
    return begun if newest is None else max(begun, newest.at)


def has_answers(candidacy: Candidacy) -> bool:
    """Whether the candidate has sent in a questionnaire."""
    return SentQuestionnaire.objects.filter(given__candidacy=candidacy).exists()


def sent_in_by(candidacy: Candidacy) -> list[Progress]:
    """What the candidate has sent in, with the answers; the oldest first."""
    return [progress_of(state.given) for state in given_to(candidacy) if state.sent_at]


def given_for(candidacy: Candidacy, pseudonym: UUID) -> GivenQuestionnaire | None:
    return (
        candidacy.given_questionnaires.filter(pseudonym=pseudonym)
        .select_related("form", "sent", "candidacy__case__provider")
        .first()
    )


def progress_of(given: GivenQuestionnaire) -> Progress:
    rows = list(given.answers.order_by("pk"))
    return Progress(
        given=given,
        questionnaire=questionnaire_in(given.form),
        language=rows[0].language if rows else "",
        answered=_answered(given, rows),
        sent_at=given.sent.at if hasattr(given, "sent") else None,
    )


def questionnaire_in(form: QuestionnaireForm) -> Questionnaire:
    """As it was kept; the rows never change, so a form is read once in a process."""
    return _read(form.content_hash, json.dumps(form.content))


def answer_label(answer: StatementAnswer) -> str:
    return f"statement-answer:{answer.pseudonym}"


@lru_cache(maxsize=32)
def _read(_content_hash: str, content: str) -> Questionnaire:
    return Questionnaire.model_validate_json(content)


def _answered(given: GivenQuestionnaire, rows: Iterable[StatementAnswer]) -> dict[int, Answered]:
    """By place; the newest answer counts, and the first time."""
    case, found = given.candidacy.case, dict[int, Answered]()
    for row in rows:
        stored = json.loads(decrypt(row.content, case=case, label=answer_label(row)))
        first = found[row.place].at if row.place in found else row.at
        found[row.place] = Answered(place=row.place, answer=stored["answer"], at=first)
    return found
