"""Answers become scores with their errors, what stands out within a person, and readings."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.combination import error_of_validity, planning_population
from second_opinion.engine.personality import (
    Answers,
    acquiescence,
    against_others,
    classical_scores,
    inconsistency,
    long_strings,
    speed,
)
from second_opinion.engine.ratings import Scale as ScoreScale
from second_opinion.ingest.case_file import ReadingEntry
from second_opinion.library.questionnaires import Questionnaire, Scale
from second_opinion.library.validity import DEFAULT_VALUE_SET, VALUE_SETS

Floats = NDArray[np.float64]

LEVEL = 0.9  # that nothing stands out by chance among all of a person's scales
USUAL_RELIABILITY = 0.8  # of scales that published validity comes from; planning assumption
ACQUIESCENT = 1.0  # points off the middle; McCrae, Herbst and Costa (2001) give no limit
CAREFUL = "low"
"""The value set for a language in which nobody has shown that a questionnaire measures."""
SHARED_ERROR, SAME_SCALE_ERROR = 0.3, 0.9
"""Correlation of two readings' errors: one person, one sitting; and one scale. Planning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleScore:
    """Mean answer on one scale, from 1 to the number of answers, with its standard error."""

    scale: Scale
    score: float
    standard_error: float
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandOut:
    """A scale on which somebody's answers lie above or below their own others."""

    scale: Scale
    is_higher: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How somebody answered, where that is a question to a person; None where it is none.

    same_answers : statements in a row with one and the same answer
    seconds : the median for a statement
    agreeing : points above the middle of the scale, whatever was asked; below 0 disagreeing
    """

    same_answers: int | None
    is_inconsistent: bool
    seconds: float | None
    agreeing: float | None

    @property
    def is_question(self) -> bool:
        return self.is_inconsistent or any(
            each is not None for each in (self.same_answers, self.seconds, self.agreeing)
        )


def scale_scores(
    questionnaire: Questionnaire, answers: Sequence[int | None]
) -> tuple[ScaleScore, ...]:
    """Of the scales with enough answers.

    Parameters
    ----------
    answers : for each item in its order, from 1; None where it was left out
    """
    keyed = _keyed(questionnaire, answers)
    found = []
    for scale in questionnaire.scale:
        own = np.array([item.scale == scale.key for item in questionnaire.item])
        scored = classical_scores(keyed.on_items(own), alpha=scale.alpha, deviation=scale.deviation)
        if math.isfinite(float(scored.score[0])):
            found.append(
                ScaleScore(
                    scale=scale,
                    score=1 + float(scored.score[0]),
                    standard_error=float(scored.standard_error[0]),
                    answered=int(scored.answered[0]),
                )
            )
    return tuple(found)


def stand_outs(scores: Sequence[ScaleScore]) -> tuple[StandOut, ...]:
    """Where the interval of a scale less the person's others leaves out zero, all together."""
    if len(scores) < 2:
        return ()
    found = against_others(
        [_standing(each) for each in scores],
        [_standing_error(each) for each in scores],
        level=LEVEL,
    )
    return tuple(
        StandOut(scale=each.scale, is_higher=contrast.estimate > 0)
        for each, contrast in zip(scores, found, strict=True)
        if not contrast.low <= 0 <= contrast.high
    )


def manner_of(
    questionnaire: Questionnaire,
    answers: Sequence[int | None],
    seconds: Sequence[float | None],
) -> Manner:
    """Figures that are questions to a person, and change no score."""
    given = _row(answers)
    strings, fast = long_strings(given), speed(_row(seconds))
    index = _agreeing(questionnaire, given)
    return Manner(
        same_answers=int(strings.longest[0]) if strings.is_question[0] else None,
        is_inconsistent=_is_inconsistent(questionnaire, answers),
        seconds=float(fast.median[0]) if fast.is_question[0] else None,
        agreeing=index if abs(index) >= ACQUIESCENT else None,
    )


def readings_of(
    scores: Sequence[ScaleScore],
    *,
    bears_on: Mapping[str, str],
    scale: tuple[float, float],
    is_validated: bool,
) -> tuple[tuple[ReadingEntry, ...], float]:
    """What the scores say of criteria, with the correlation of the readings' errors.

    A criterion is read at the same distance from its middle as the score is from its own, both in
    standard deviations. The error is that of a measure with the validity of personality
    questionnaires, S sqrt(1 / r^2 - 1), and with the doubt where the middle lies: several times
    what separates candidates, so it moves a combination little.

    Parameters
    ----------
    bears_on : criterion to key of a scale
    scale : lowest and highest point of the case's scale
    is_validated : in the language of the answers
    """
    ruler = ScoreScale(*scale)
    by_key = {each.scale.key: each for each in scores}
    borne = {criterion: key for criterion, key in bears_on.items() if key in by_key}
    readings = tuple(
        _reading(criterion, by_key[key], ruler=ruler, is_validated=is_validated)
        for criterion, key in borne.items()
    )
    shared = SAME_SCALE_ERROR if len(set(borne.values())) < len(borne) else SHARED_ERROR
    return readings, shared if len(readings) > 1 else 0.0


def _reading(
    criterion: str, score: ScaleScore, *, ruler: ScoreScale, is_validated: bool
) -> ReadingEntry:
    """To hundredths of a point: more would say what nobody knows."""
    population = planning_population([ruler])
    parts = population.components
    spread = math.sqrt(parts.candidate + parts.candidate_by_criterion)
    value = float(population.mean[0]) + spread * _standing(score)
    error = math.hypot(
        error_of_validity(validity_of(score.scale, is_validated=is_validated), scale=ruler),
        spread * score.scale.middle_error / score.scale.deviation,
    )
    return ReadingEntry(
        criterion=criterion,
        value=round(min(max(value, ruler.low), ruler.high), 2),
        standard_error=round(error, 2),
    )


def validity_of(scale: Scale, *, is_validated: bool) -> float:
    """Of a questionnaire against performance, less for a scale less reliable than usual."""
    methods = VALUE_SETS[DEFAULT_VALUE_SET if is_validated else CAREFUL].methods
    return methods["personality_test"].validity * min(
        1.0, math.sqrt(scale.alpha / USUAL_RELIABILITY)
    )


def _standing(score: ScaleScore) -> float:
    """In standard deviations of people, from where their middle is taken to lie."""
    return (score.score - score.scale.middle) / score.scale.deviation


def _standing_error(score: ScaleScore) -> float:
    return math.hypot(score.standard_error, score.scale.middle_error) / score.scale.deviation


def _agreeing(questionnaire: Questionnaire, given: Floats) -> float:
    """0 where all items have one direction: agreeing cannot be told from what is measured."""
    turned = [item.is_reversed for item in questionnaire.item]
    if all(turned) or not any(turned):
        return 0.0
    found = acquiescence(given, is_reversed=turned, low=1, high=questionnaire.n_categories)
    return float(found.index[0])


def _is_inconsistent(questionnaire: Questionnaire, answers: Sequence[int | None]) -> bool:
    """Neighbours of one scale and part are the pairs; they were fixed with the questionnaire."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for place, item in enumerate(questionnaire.item):
        kinds.setdefault((item.scale, item.facet), []).append(place)
    pairs = [pair for places in kinds.values() for pair in list(pairwise(places))[::2]]
    found = inconsistency(
        _keyed(questionnaire, answers), np.array(pairs, dtype=np.int64).reshape(-1, 2)
    )
    return bool(found.is_question[0])


def _keyed(questionnaire: Questionnaire, answers: Sequence[int | None]) -> Answers:
    return Answers.from_scores(
        _row(answers),
        low=1,
        high=questionnaire.n_categories,
        is_reversed=[item.is_reversed for item in questionnaire.item],
    )


def _row(values: Sequence[float | None]) -> Floats:
    """(1, n_items), NaN where there is none."""
    return np.array([[math.nan if each is None else each for each in values]], dtype=np.float64)
