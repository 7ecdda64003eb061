"""An opinion as a sheet to fill in: each criterion with its scale points, and what is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from django.utils.translation import gettext as _

from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case, Criterion
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.models import Opinion
from second_opinion.web.pages.assessor.prompts import prompts_for_rating, prompts_for_text

NOT_OBSERVED = "not observed"
MOST_POINTS = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One choice on a criterion's scale."""

    value: str
    words: str
    anchor: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One criterion."""

    criterion: Criterion
    points: tuple[Point, ...]
    evidence: str
    reason_not_observed: str
    missing: str
    prompts: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    parts: tuple[Part, ...]
    conclusion: str
    prompts_for_conclusion: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        return sum(part.is_done for part in self.parts)

    @property
    def is_complete(self) -> bool:
        return self.done == len(self.parts)

    def part_at(self, position: int) -> Part | None:
        return next((part for part in self.parts if part.criterion.position == position), None)


def sheet_of(opinion: Opinion) -> Sheet:
    case = opinion.candidacy.case
    content = opinions.content_of(opinion)
    written = {rating.criterion: rating for rating in content.ratings}
    return Sheet(
        parts=tuple(
            part_of(criterion, written.get(criterion.name), opinion)
            for criterion in cases.criteria_of(case)
        ),
        conclusion=content.conclusion,
        prompts_for_conclusion=tuple(prompts_for_text(content.conclusion)),
    )


def entry_from(answers: Mapping[str, str], criterion: str) -> RatingEntry:
    """What was sent of one criterion; each line of the notes is a piece of evidence of its own."""
    chosen = answers.get("score", "")
    is_observed = chosen != NOT_OBSERVED
    return RatingEntry(
        criterion=criterion,
        score=score_from(chosen) if is_observed else None,
        evidence=tuple(answers.get("evidence", "").splitlines()),
        reason_not_observed="" if is_observed else answers.get("reason_not_observed", ""),
    )


def score_from(text: str) -> float | None:
    """A score; what is no number is outside every scale, and so refused with the scale's words."""
    try:
        return float(text) if text else None
    except ValueError:
        return float("nan")


def part_of(criterion: Criterion, written: RatingEntry | None, opinion: Opinion) -> Part:
    """One criterion with what is written on it; what is no number is chosen nowhere."""
    score = None if written is None else written.score
    reason = "" if written is None else written.reason_not_observed
    not_observed = Point(
        value=NOT_OBSERVED, words=_("Not observed"), anchor="", is_chosen=bool(reason)
    )
    return Part(
        criterion=criterion,
        points=(*levels_of(opinion.candidacy.case, criterion, score), not_observed),
        evidence="" if written is None else "\n".join(written.evidence),
        reason_not_observed=reason,
        missing=opinions.missing_of(written, kind=opinion.kind),
        prompts=tuple(prompts_for_rating(written)),
    )


def points_of(case: Case, criterion: Criterion, chosen: str) -> tuple[Point, ...]:
    """The levels of a criterion as they are chosen from elsewhere, and "not seen" after them."""
    score = score_from(chosen) if chosen and chosen != NOT_OBSERVED else None
    not_seen = Point(
        value=NOT_OBSERVED,
        words=_("I have not seen this"),
        anchor="",
        is_chosen=chosen == NOT_OBSERVED,
    )
    return (*levels_of(case, criterion, score), not_seen)


def levels_of(case: Case, criterion: Criterion, score: float | None) -> tuple[Point, ...]:
    """Whole steps from the lowest to the highest; a score between two of them has its own."""
    anchors = {float(point): text for point, text in criterion.anchors}
    steps = min(int(case.scale_high - case.scale_low), MOST_POINTS - 1)
    values = {case.scale_low + step for step in range(steps + 1)} | {case.scale_high}
    if score is not None and isfinite(score):
        values.add(score)
    return tuple(
        Point(
            value=f"{value:g}",
            words=f"{value:g}",
            anchor=anchors.get(value, ""),
            is_chosen=value == score,
        )
        for value in sorted(values)
    )
