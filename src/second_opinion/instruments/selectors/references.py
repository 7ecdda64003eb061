"""What referees answered. Nothing here asks who reads it: opinions does."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from second_opinion.audit.services import decrypt
from second_opinion.candidates.models import Referee
from second_opinion.candidates.selectors import together_of
from second_opinion.candidates.states import RefereeQuestion
from second_opinion.cases.models import Candidacy
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.instruments.models import Reference

MONTHS_APART = 2  # that people misremember by; more is a question to a person


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceAnswer:
    """What a referee says, in their own words.

    began, ended : from when to when they worked together; ended None where they still do
    words : what they want to add
    may_be_shown : to the candidate, after the report
    """

    ratings: tuple[RatingEntry, ...]
    began: date
    ended: date | None
    words: str
    may_be_shown: bool

    def as_dict(self) -> dict[str, Any]:
        return {
            "ratings": [
                [one.criterion, one.score, list(one.evidence), one.reason_not_observed]
                for one in self.ratings
            ],
            "began": self.began.isoformat(),
            "ended": self.ended.isoformat() if self.ended else "",
            "words": self.words,
            "may_be_shown": self.may_be_shown,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReference:
    """answer is None where they declined, and reason says why."""

    reference: Reference
    answer: ReferenceAnswer | None
    reason: str


def reference_of(referee: Referee) -> Reference | None:
    return Reference.objects.filter(referee=referee).first()


def references_of(candidacies: Iterable[Candidacy]) -> list[GivenReference]:
    """In the order in which they came; those of referees whom the candidate took back too."""
    rows = Reference.objects.filter(candidacy__in=candidacies).select_related(
        "candidacy__case", "referee__candidacy__case"
    )
    return [_given(row) for row in rows]


def noticed_in(candidacy: Candidacy) -> list[tuple[int, RefereeQuestion]]:
    """By key of the referee, what their answer makes a question of: dates that differ."""
    return [
        (given.reference.referee_id, RefereeQuestion.OTHER_DATES)
        for given in references_of([candidacy])
        if given.answer is not None and _differ(given.answer, given.reference.referee)
    ]


def _given(row: Reference) -> GivenReference:
    text = decrypt(row.content, case=row.candidacy.case, label=row.label)
    stored = json.loads(text)
    if row.is_declined:
        return GivenReference(reference=row, answer=None, reason=stored["reason"])
    answer = ReferenceAnswer(
        ratings=tuple(
            RatingEntry(
                criterion=criterion,
                score=score,
                evidence=tuple(evidence),
                reason_not_observed=reason,
            )
            for criterion, score, evidence, reason in stored["ratings"]
        ),
        began=date.fromisoformat(stored["began"]),
        ended=date.fromisoformat(stored["ended"]) if stored["ended"] else None,
        words=stored["words"],
        may_be_shown=stored["may_be_shown"],
    )
    return GivenReference(reference=row, answer=answer, reason="")


def _differ(answer: ReferenceAnswer, referee: Referee) -> bool:
    told = together_of(referee)
    if (answer.ended is None) != (told.ended is None):
        return True
    pairs = ((answer.began, told.began), (answer.ended, told.ended))
    return any(
        abs((one.year - other.year) * 12 + one.month - other.month) > MONTHS_APART
        for one, other in pairs
        if one is not None and other is not None
    )
