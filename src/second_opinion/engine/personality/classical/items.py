"""How each item does beside the others, and how sure a sum of answers is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import AnswersError
from second_opinion.engine.personality.answers import Answers
from second_opinion.engine.personality.classical.alpha import alpha_of, usable_covariance
from second_opinion.engine.personality.moments import Moments


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatistics:
    """Of each item, (n_items,), in categories from 0 and in the keyed direction.

    n : who answered
    mean, deviation : of the answers
    item_rest : correlation with the sum of the other items (corrected item-total)
    alpha_without : alpha of the others; NaN where only one is left
    """

    n: Integers
    mean: Floats
    deviation: Floats
    item_rest: Floats
    alpha_without: Floats


def item_statistics(moments: Moments) -> ItemStatistics:
    """The statistics from covariances over pairs of answers.

    Raises
    ------
    NotEnoughAnswersError : as cronbach_alpha
    """
    covariance = usable_covariance(moments)
    variance = np.diagonal(covariance)
    with_rest = covariance.sum(axis=1) - variance
    rest = covariance.sum() - 2 * covariance.sum(axis=1) + variance
    n_items = len(covariance)
    with np.errstate(invalid="ignore", divide="ignore"):
        item_rest = with_rest / np.sqrt(variance * rest)
    without = np.full(n_items, np.nan)
    if n_items > 2:
        for item in range(n_items):
            others = np.delete(np.arange(n_items), item)
            without[item] = alpha_of(covariance[np.ix_(others, others)])
    return ItemStatistics(
        n=np.diagonal(moments.n_both).copy(),
        mean=moments.mean,
        deviation=np.sqrt(variance),
        item_rest=item_rest,
        alpha_without=without,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassicalScores:
    """Means of the answers that each person gave, in categories from 0.

    score, standard_error : (n_persons,); NaN for who answered too little
    answered : (n_persons,), items
    """

    score: Floats
    standard_error: Floats
    answered: Integers


def classical_scores(
    answers: Answers, *, alpha: float, deviation: float, least: float = 0.8
) -> ClassicalScores:
    """Mean answer, with the standard error of measurement that its number of items leaves.

    Parameters
    ----------
    alpha : reliability of all items together, 0 to 1
    deviation : of the mean answer between people, in categories; from a group like these
    least : share of the items that must be answered for a score

    Raises
    ------
    AnswersError : alpha, deviation or least outside what it can mean

    References
    ----------
    Lord and Novick (1968), eq. 3.4.6, deviation times the root of 1 less reliability; with fewer
    items answered, error variance grows as the items dwindle.
    """
    if not (0 <= alpha <= 1 and 0 < deviation < np.inf and 0 < least <= 1):
        raise AnswersError(
            "alpha lies from 0 to 1, deviation above 0, and least above 0 and up to 1; got "
            f"{alpha:g}, {deviation:g} and {least:g}."
        )
    is_given = answers.category >= 0
    answered = answers.answered
    total = np.where(is_given, answers.category, 0).sum(axis=1)
    enough = answered >= max(least * answers.n_items, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        score = np.where(enough, total / answered, np.nan)
        error = deviation * np.sqrt((1 - alpha) * answers.n_items / answered)
    return ClassicalScores(
        score=score, standard_error=np.where(enough, error, np.nan), answered=answered
    )


def error_of_measurement(moments: Moments) -> float:
    """Standard error of measurement of the sum of all items, in score points.

    Raises
    ------
    NotEnoughAnswersError : as cronbach_alpha

    References
    ----------
    Lord and Novick (1968), eq. 3.4.6, with alpha for the reliability.
    """
    covariance = usable_covariance(moments)
    return float(np.sqrt(covariance.sum() * max(1 - alpha_of(covariance), 0.0)))
