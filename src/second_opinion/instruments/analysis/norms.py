"""Norms of many scores, and where one score stands among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from second_opinion.engine.errors import NotEnoughAnswersError
from second_opinion.engine.personality import FEWEST_FOR_NORMS, Norms, norms_of, standing
from second_opinion.instruments.analysis.questionnaires import LEVEL, ScaleScore, scale_scores
from second_opinion.instruments.errors import NormError
from second_opinion.library.questionnaires import Questionnaire

__all__ = ["FEWEST_FOR_NORMS", "Place", "norm_content", "norms_in", "place_of", "scores_to_count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How many in a hundred score lower, and the same at the ends of the score's interval."""

    percent: int
    low: int
    high: int


def scores_to_count(
    questionnaire: Questionnaire, answers: Sequence[int | None]
) -> dict[str, float] | None:
    """By key of the scale; None where any scale has too few answers.

    Who is counted is counted on every scale, so that all scales have the same people behind them.
    """
    scored = scale_scores(questionnaire, answers)
    if len(scored) < len(questionnaire.scale):
        return None
    return {one.scale.key: one.score for one in scored}


def norm_content(people: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    """What is kept of many people's scores: of each scale mean, deviation and percentiles.

    To thousandths of a point: more would only help to tell people apart.

    Raises
    ------
    NormError : too few people, or all alike on a scale
    """
    content: dict[str, Any] = {}
    for key in sorted({key for person in people for key in person}):
        scores = np.array([person[key] for person in people if key in person], dtype=np.float64)
        try:
            made = norms_of(scores)
        except NotEnoughAnswersError as error:
            raise NormError(str(error)) from error
        content[key] = {
            "n": made.n,
            "mean": round(made.mean, 3),
            "deviation": round(made.deviation, 3),
            "percentile": [round(float(one), 3) for one in made.percentile],
        }
    return content


def norms_in(content: Mapping[str, Any]) -> dict[str, Norms]:
    """By key of the scale, as `norm_content` wrote them."""
    return {
        key: Norms(
            n=one["n"],
            mean=one["mean"],
            deviation=one["deviation"],
            percentile=np.array(one["percentile"], dtype=np.float64),
        )
        for key, one in content.items()
    }


def place_of(score: ScaleScore, norms: Norms) -> Place:
    """To whole percents, at the level of all that is said of scales."""
    found = standing(norms, score.score, score.standard_error, level=LEVEL)
    return Place(percent=round(found.percent), low=round(found.low), high=round(found.high))
