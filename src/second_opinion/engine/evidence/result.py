"""What the study answers: one row for each method and number of opinions."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """How a held-out opinion is predicted."""

    COMBINATION = "combination"
    ON_SCALE = "combination_on_scale"
    OVERALL_ONLY = "overall_only"
    MANY_FACET = "many_facet"
    PLAIN_MEAN = "plain_mean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with the ends of its 95 % bootstrap interval, candidates drawn anew."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """How well one method predicts held-out overall scores from so many opinions.

    least_opinions : that the candidates have; rows of one number are on the same held-out scores
    n, candidates : predictions, and whom they are on
    rmse : root mean squared error, score points
    mean_log_score : mean natural log of the probability of the step that was given; at most 0
    coverage : by level in percent, the share of held-out scores inside the central interval
    more_than_combination : rmse and mean log score less those of the combination, same scores
    order_agreement : share of pairs of candidates put in the held-out order; ties count one half
    verdict_changed : share of verdicts at the bar that the last opinion changed
    verdict_change_right : of those, how often the held-out score lies on the new side
    verdict_change_right_expected : the same as the method itself expects it
    """

    opinions: int
    least_opinions: int
    method: Method
    n: int
    candidates: int
    rmse: Figure
    mean_log_score: Figure
    coverage: Mapping[str, Figure]
    more_than_combination: Mapping[str, Figure]
    order_agreement: float
    verdict_changed: float | None
    verdict_change_right: float | None
    verdict_change_right_expected: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The study's rows, and what they were computed from.

    candidates : with at least one rating
    candidates_used : with at least two opinions that have an overall score
    step : the grid that ratings were given on, score points
    bar : where a verdict turns, score points; the training median where none was given
    notes : what the ratings could not tell apart, or no method could use, in words
    """

    candidates: int
    candidates_used: int
    assessors: int
    step: float
    bar: float
    rows: tuple[EvidenceRow, ...]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Plain numbers, strings, lists and mappings, ready for JSON."""
        answer = {name: getattr(self, name) for name in self.__slots__}
        answer["rows"] = [dataclasses.asdict(row) for row in self.rows]
        answer["notes"] = list(self.notes)
        return answer
