"""Each two raters over the units that both rated: their contingency tables in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.agreement.cohen import kappa_of_contingency
from second_opinion.engine.agreement.estimate import Agreement
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.agreement.weights import WeightKind, agreement_weights
from second_opinion.engine.arrays import Floats, Integers

_LEAST_UNITS = 2  # one unit in common says nothing beyond its own two scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """How two raters agree on the units that both rated.

    n : units
    mean_difference : first less second, score points: who rates higher
    same : share of units given one value, 0 to 1
    kappa, weighted_kappa : beyond chance
    """

    first: str
    second: str
    n: int
    mean_difference: float
    same: float
    kappa: Agreement
    weighted_kappa: Agreement


def agreement_of_pairs(
    units: Units,
    *,
    weights: WeightKind | Floats,
    values: Floats | None = None,
    level: float = 0.95,
) -> Iterator[Pair]:
    """Every two raters who share two units or more, in the order of their numbers.

    Parameters
    ----------
    weights : of the weighted kappa
    values : (V,), all values that can be given; by default those that were

    Raises
    ------
    ArgumentError
    """
    known = np.unique(units.score if values is None else values)
    table = agreement_weights(known, weights)
    first, second = _meetings(units)
    code = np.searchsorted(known, units.score)
    pair = units.rater[first] * units.n_raters + units.rater[second]
    order = np.argsort(pair, kind="stable")
    starts = np.flatnonzero(np.diff(pair[order], prepend=-1))
    stops = np.append(starts, len(order))[1:]
    for start, stop in zip(starts, stops, strict=True):
        if stop - start < _LEAST_UNITS:
            continue
        rows = order[start:stop]
        cell = code[first[rows]] * len(known) + code[second[rows]]
        joint = np.bincount(cell, minlength=len(known) ** 2).reshape(len(known), -1).astype(float)
        difference = units.score[first[rows]] - units.score[second[rows]]
        yield Pair(
            first=units.raters[units.rater[first[rows[0]]]],
            second=units.raters[units.rater[second[rows[0]]]],
            n=len(rows),
            mean_difference=float(difference.mean()),
            same=float((difference == 0).mean()),
            kappa=kappa_of_contingency(joint, level=level),
            weighted_kappa=kappa_of_contingency(joint, weights=table, level=level),
        )


def _meetings(units: Units) -> tuple[Integers, Integers]:
    """Rows of every two ratings of one unit, the rater with the lower number first."""
    order = np.lexsort((units.rater, units.unit))
    unit = units.unit[order]
    firsts, seconds = [], []
    for apart in range(1, int(units.n_ratings.max())):
        together = np.flatnonzero(unit[apart:] == unit[:-apart])
        firsts.append(order[together])
        seconds.append(order[together + apart])
    if not firsts:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return np.concatenate(firsts), np.concatenate(seconds)
