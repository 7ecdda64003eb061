"""Answers to a questionnaire, drawn from the graded response model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.personality import MISSING, Answers, GradedItems


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedAnswers:
    """Answers whose truth is known.

    ability : (n_persons,), standard normal unless given
    """

    answers: Answers
    ability: Floats
    items: GradedItems


def draw_items(*, n_items: int, n_categories: int, rng: np.random.Generator) -> GradedItems:
    """Items as personality questionnaires have them: discriminations .7 to 2.2, wide thresholds."""
    discrimination = np.exp(rng.uniform(np.log(0.7), np.log(2.2), n_items))
    centre = rng.normal(-0.4, 0.6, (n_items, 1))
    step = np.exp(rng.normal(-0.3, 0.25, (n_items, n_categories - 1)))
    threshold = np.cumsum(step, axis=1)
    return GradedItems.of(discrimination, centre + threshold - threshold.mean(axis=1)[:, None])


def simulate_answers(
    items: GradedItems,
    *,
    rng: np.random.Generator,
    n_persons: int = 0,
    ability: Floats | None = None,
    missing: float = 0.0,
) -> SimulatedAnswers:
    """Draw answers, and leave some out at random.

    Parameters
    ----------
    n_persons : how many, where ability is not given
    ability : (n_persons,)
    missing : share of the answers, 0 to below 1

    Raises
    ------
    ArgumentError : missing is outside its range
    """
    if not 0 <= missing < 1:
        raise ArgumentError(f"missing must be from 0 to below 1; got {missing:g}.")
    truth: Floats = rng.normal(size=n_persons) if ability is None else ability
    category = np.zeros((len(truth), len(items)), dtype=np.int64)
    for item in range(len(items)):
        slope = items.discrimination[item]
        threshold = items.threshold[item, : items.n_categories[item] - 1]
        is_above = rng.random(len(truth))[:, None] < expit(slope * (truth[:, None] - threshold))
        category[:, item] = is_above.sum(axis=1)
    category[rng.random(category.shape) < missing] = MISSING
    return SimulatedAnswers(
        answers=Answers.of(category, items.n_categories), ability=truth, items=items
    )
