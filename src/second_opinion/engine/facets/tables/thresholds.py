"""Two further readings of thresholds: even chances, and half points of the expected score."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.tables.responses import category_probabilities

HALVINGS = 60  # of a bracket: more digits than a double has


def thurstone_thresholds(category_table: Floats) -> Floats:
    """Where a category or a higher one has an even chance.

    Parameters
    ----------
    category_table : (n_sets, n_categories), t as ``Responses`` has it

    Returns
    -------
    (n_sets, n_categories), logits, rising with the category even where thresholds are disordered;
    NaN for the lowest category and for one that is not there

    References
    ----------
    Masters (1988), Measurement models for ordered response categories, on Thurstone thresholds.
    """
    return _solved(category_table, _chance_of_step_or_more)


def half_points(category_table: Floats) -> Floats:
    """Where the expected category lies half way between two neighbours.

    Parameters and Returns are those of ``thurstone_thresholds``.

    References
    ----------
    Linacre (2000), on measures corresponding to expected half-point ratings.
    """
    return _solved(category_table, _expected_above_half)


def _chance_of_step_or_more(probability: Floats, step: Integers) -> Floats:
    reached = np.arange(len(probability))[:, None] >= step
    chance: Floats = (probability * reached).sum(axis=0) - 0.5
    return chance


def _expected_above_half(probability: Floats, step: Integers) -> Floats:
    above: Floats = np.arange(len(probability)) @ probability - (step - 0.5)
    return above


def _solved(category_table: Floats, above: Callable[[Floats, Integers], Floats]) -> Floats:
    """Bisection of all at once: both curves rise steadily with the place on the ruler."""
    row, category = np.nonzero(np.isfinite(category_table))
    row, category = row[category > 0], category[category > 0]
    cumulative = category_table[row].T
    reach = 2 * float(np.abs(category_table[row, category]).max(initial=0)) + 10.0
    low, high = np.full(len(row), -reach), np.full(len(row), reach)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        too_high = above(category_probabilities(middle, cumulative), category) > 0
        low, high = np.where(too_high, low, middle), np.where(too_high, middle, high)
    answer = np.full_like(category_table, np.nan)
    answer[row, category] = (low + high) / 2
    return answer
