"""Where people stand, given items whose parameters are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import AnswersError
from second_opinion.engine.personality.answers import Answers
from second_opinion.engine.personality.graded.grid import Grid, grid_for
from second_opinion.engine.personality.graded.items import GradedItems
from second_opinion.engine.personality.graded.layout import Layout, layout_of_items, vector_of
from second_opinion.engine.personality.graded.tables import (
    boundaries_of,
    intercepts_of,
    log_probabilities,
)

_FEW = 20_000  # answers: up to here nothing is compiled
_FARTHEST = 20.0  # standard deviations; an estimate out there is none
_MOST_STEPS = 60
_CLOSE = 1e-8
_AT_ONCE = 20_000  # people


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """Where people stand, in standard deviations of the population.

    ability : (n_persons,); posterior mean, or the likelihood's highest point
    standard_error : (n_persons,); posterior standard deviation, or from the observed information
    answered : (n_persons,), items answered
    log_likelihood : of all answers; by posterior mean with abilities integrated out, and of
        maximum likelihood at the estimates
    """

    ability: Floats
    standard_error: Floats
    answered: Integers
    log_likelihood: float


def expected_abilities(items: GradedItems, answers: Answers) -> Abilities:
    """Posterior means and deviations (EAP) under a standard normal prior.

    Who answered nothing has NaN for both.

    Raises
    ------
    AnswersError : items and answers do not fit each other

    References
    ----------
    Bock and Mislevy (1982).
    """
    layout = _layout(items, answers)
    values = vector_of(layout, items)
    grid = grid_for(layout, values)
    table = np.ascontiguousarray(log_probabilities(boundaries_of(layout, values, grid.ability)))
    if answers.category.size <= _FEW:
        posterior, log_likelihood = plain_posteriors(layout, answers, table, grid)
    else:
        from second_opinion.engine.personality.graded.kernel.people import pass_over

        posterior = np.zeros((len(answers), 2))
        log_likelihood = pass_over(
            np.ascontiguousarray(answers.category),
            np.ones(len(answers)),
            layout.row,
            table,
            grid.ability,
            grid.log_weight,
            posterior,
            np.empty((0, 0)),
        )
    is_there = answers.answered > 0
    return Abilities(
        ability=np.where(is_there, posterior[:, 0], np.nan),
        standard_error=np.where(is_there, posterior[:, 1], np.nan),
        answered=answers.answered,
        log_likelihood=float(log_likelihood),
    )


def plain_posteriors(
    layout: Layout, answers: Answers, table: Floats, grid: Grid
) -> tuple[Floats, float]:
    """Mean and deviation of each person, (n_persons, 2), and the log-likelihood, in NumPy."""
    joint = np.tile(grid.log_weight, (len(answers), 1))
    for item in range(answers.n_items):
        given = answers.category[:, item]
        people = np.flatnonzero(given >= 0)
        joint[people] += table[layout.row[item, given[people]]]
    top = joint.max(axis=1, keepdims=True)
    share = np.exp(joint - top)
    marginal = share.sum(axis=1, keepdims=True)
    share /= marginal
    mean = share @ grid.ability
    variance = (share * (grid.ability - mean[:, None]) ** 2).sum(axis=1)
    log_likelihood = float((top + np.log(marginal)).sum())
    return np.stack([mean, np.sqrt(variance)], axis=1), log_likelihood


def likeliest_abilities(items: GradedItems, answers: Answers) -> Abilities:
    """Maximum likelihood, without a prior.

    Who answered only in the lowest or only in the highest categories lies beyond what the items
    can tell: minus or plus infinity, with an infinite standard error; who answered nothing, NaN.

    Raises
    ------
    AnswersError : items and answers do not fit each other

    References
    ----------
    Samejima (1969); the standard error is one over the root of the observed information.
    """
    layout = _layout(items, answers)
    values = vector_of(layout, items)
    parts = [
        _climb_ability(layout, values, answers.of_people(slice(begin, begin + _AT_ONCE)))
        for begin in range(0, max(len(answers), 1), _AT_ONCE)
    ]
    ability, error, height = (np.concatenate(each) for each in zip(*parts, strict=True))
    is_there = answers.answered > 0
    return Abilities(
        ability=np.where(is_there, ability, np.nan),
        standard_error=np.where(is_there, error, np.nan),
        answered=answers.answered,
        log_likelihood=float(height[is_there].sum()),
    )


def _climb_ability(
    layout: Layout, values: Floats, answers: Answers
) -> tuple[Floats, Floats, Floats]:
    """Newton steps within brackets, as the log-likelihood is concave in ability."""
    is_given: NDArray[np.bool_] = answers.category >= 0
    row = layout.row[np.arange(answers.n_items), np.where(is_given, answers.category, 0)]
    slope = np.where(is_given, values[layout.slope_place][row], 0.0)
    lower, upper = intercepts_of(layout, values)
    below, above = lower[row], upper[row]
    ability = np.zeros(len(answers))
    low, high = np.full(len(answers), -_FARTHEST), np.full(len(answers), _FARTHEST)
    for _ in range(_MOST_STEPS):
        gradient, information = _slope_and_bend(slope, below, above, ability)
        low, high = np.where(gradient > 0, ability, low), np.where(gradient > 0, high, ability)
        moved = ability + gradient / np.maximum(information, 1e-300)
        moved = np.where((moved > low) & (moved < high), moved, (low + high) / 2)
        step, ability = np.abs(moved - ability), moved
        if not (step > _CLOSE).any():
            break
    _, information = _slope_and_bend(slope, below, above, ability)
    is_out = np.abs(ability) > _FARTHEST - 0.01
    ability = np.where(is_out, np.sign(ability) * np.inf, ability)
    with np.errstate(divide="ignore"):
        error = np.where(is_out, np.inf, 1 / np.sqrt(information))
    inside = np.where(is_out, 0.0, ability)[:, None]
    height = log_probability_of(slope * inside + below, slope * inside + above)
    summed = np.where(is_given, height, 0.0).sum(axis=1)
    return ability, error, np.where(is_out, 0.0, summed)


def _slope_and_bend(
    slope: Floats, below: Floats, above: Floats, ability: Floats
) -> tuple[Floats, Floats]:
    """First derivative of each person's log-likelihood, and minus the second."""
    along = slope * ability[:, None]
    lower, upper = expit(along + below), expit(along + above)
    gradient = (slope * (1 - lower - upper)).sum(axis=1)
    bend = (slope**2 * (lower * (1 - lower) + upper * (1 - upper))).sum(axis=1)
    return gradient, bend


def log_probability_of(below: Floats, above: Floats) -> Floats:
    """Log probability of the category between two boundaries."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(expit(below) - expit(above)))


def _layout(items: GradedItems, answers: Answers) -> Layout:
    if len(items) != answers.n_items:
        raise AnswersError(f"There are {len(items)} items and answers to {answers.n_items}.")
    differ = np.flatnonzero(items.n_categories != answers.n_categories)
    if len(differ):
        item = int(differ[0])
        raise AnswersError(
            f"Item {item + 1} has {items.n_categories[item]} categories and answers in "
            f"{answers.n_categories[item]}."
        )
    return layout_of_items(items)
