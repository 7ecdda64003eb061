"""How far each person's score spreads while the ability is unknown, along polynomials of it.

category, row : as in `people`
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.compiling import compiled
from second_opinion.engine.personality.graded.kernel.people import weigh_person, window

_REACH = 5.0  # standard deviations of the posterior; beyond lie 6e-7 of it
_SHORTEST = 1e-12  # a polynomial that hardly differs from those before it says nothing


@compiled
def project_scores(
    category: NDArray[np.int8],
    weight: Floats,
    row: NDArray[np.int32],
    log_probability: Floats,
    ability: Floats,
    log_weight: Floats,
    by_lower: Floats,
    by_upper: Floats,
    by_slope: Floats,
    place: Integers,
    first_row: Integers,
    near: Floats,
    projected: Floats,
) -> None:
    """Each person's score vector along polynomials that are orthonormal under the posterior.

    The squares of all but the constant one add up to the score's variance.

    by_lower, by_upper, by_slope : (n_rows, n_nodes), derivatives of log probabilities by the
        intercepts of the category's lower and upper boundary and by the slope
    place, first_row : (n_items + 1,), where each item's parameters and rows begin
    near : (n_persons, 2), each posterior's mean and deviation
    projected : (n_persons, n_polynomials, n_parameters), zeros
    """
    share, posterior = np.empty(len(ability)), np.empty(2)
    power = np.empty((projected.shape[1], len(ability)))
    for i in range(len(category)):
        begin, end = window(near[i], ability, _REACH)
        weigh_person(
            category[i], row, log_probability, ability, log_weight, begin, end, share, posterior
        )
        scale = math.sqrt(weight[i])
        for p in range(len(power)):
            _next_polynomial(share, ability, posterior, begin, end, power, p)
        for p in range(len(power)):
            for q in range(begin, end):
                power[p, q] *= share[q] * scale
        _project_person(
            category[i], row, by_lower, by_upper, by_slope, place, first_row, power, begin, end,
            projected[i],
        )  # fmt: skip


@compiled
def _project_person(
    category: NDArray[np.int8],
    row: NDArray[np.int32],
    by_lower: Floats,
    by_upper: Floats,
    by_slope: Floats,
    place: Integers,
    first_row: Integers,
    power: Floats,
    begin: int,
    end: int,
    projected: Floats,
) -> None:
    """All answers' slopes along the polynomials; boundaries follow an item's slope in order."""
    for j in range(len(category)):
        if category[j] < 0:
            continue
        own, lower = row[j, category[j]], place[j] + row[j, category[j]] - first_row[j]
        # Cut out once: sums over a part of a row are four times as slow.
        lower_row, upper_row = by_lower[own, begin:end], by_upper[own, begin:end]
        slope_row = by_slope[own, begin:end]
        for p in range(len(power)):
            weight = power[p, begin:end]
            projected[p, place[j]] = _dot(weight, slope_row)
            if own > first_row[j]:
                projected[p, lower] = _dot(weight, lower_row)
            if own < first_row[j + 1] - 1:
                projected[p, lower + 1] = _dot(weight, upper_row)


@compiled
def _dot(one: Floats, other: Floats) -> float:
    total = 0.0
    for q in range(len(one)):
        total += one[q] * other[q]
    return total


@compiled
def _next_polynomial(
    share: Floats, ability: Floats, posterior: Floats, begin: int, end: int, power: Floats, p: int
) -> None:
    """The polynomial of degree p + 1, orthonormal to the constant and to those before it."""
    for q in range(begin, end):
        centred = (ability[q] - posterior[0]) / posterior[1]
        power[p, q] = centred if p == 0 else centred * power[p - 1, q]
    for _ in range(2):  # twice: the first time leaves what rounding brought in
        _take_off(share, begin, end, power, p)
    square = 0.0
    for q in range(begin, end):
        square += share[q] * power[p, q] * power[p, q]
    length = math.sqrt(square)
    for q in range(begin, end):
        power[p, q] = power[p, q] / length if length > _SHORTEST else 0.0


@compiled
def _take_off(share: Floats, begin: int, end: int, power: Floats, p: int) -> None:
    """Of a polynomial, what the constant and those before it say already."""
    mean = 0.0
    for q in range(begin, end):
        mean += share[q] * power[p, q]
    for q in range(begin, end):
        power[p, q] -= mean
    for before in range(p):
        overlap = 0.0
        for q in range(begin, end):
            overlap += share[q] * power[p, q] * power[before, q]
        for q in range(begin, end):
            power[p, q] -= overlap * power[before, q]
