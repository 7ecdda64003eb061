"""Where a candidate's posterior is highest, and how sharp: what the nodes are placed by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.categories import score_moments
from second_opinion.engine.facets.halo.pairs import Pairs
from second_opinion.engine.facets.parameters import Parameters

_MOST_STEPS = 50
_LONGEST_STEP = 2.0  # logits: Newton's step from far away overshoots
_CLOSE = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What the passes read of the rows, those of a pair beside each other.

    location : (n_rows,), sum of the row's elements, logits
    table : (n_rows, n_categories), t of the row's categories
    """

    category: Integers
    group: Integers
    elements: Integers
    weight: Floats
    location: Floats
    table: Floats
    pair: Integers

    @classmethod
    def of(cls, block: Block, pairs: Pairs, values: Floats, table: Floats) -> Rows:
        """The block's rows at some values of the parameters."""
        order = pairs.order
        elements = block.elements[order].astype(np.int64)
        group = block.group[order].astype(np.int64)
        return cls(
            category=block.category[order].astype(np.int64),
            group=group,
            elements=elements,
            weight=np.ones(len(order)) if block.weight is None else block.weight[order],
            location=values[elements].sum(axis=1),
            table=table[group],
            pair=pairs.pair,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """The highest point of each candidate's posterior, and a normal density that fits there.

    impression : (n_pairs,), most likely ability plus halo
    pull, precision : (n_pairs,), of the normal curve in u that the pair's ratings amount to:
        exp(pull u - precision u**2 / 2)
    ability, variance : (n_candidates,), of the normal posterior of the ability
    """

    impression: Floats
    pull: Floats
    precision: Floats
    ability: Floats
    variance: Floats


def peak_of(rows: Rows, pairs: Pairs, parameters: Parameters, start: Floats) -> Peak:
    """Newton's steps on all impressions and the ability of each candidate at once.

    Parameters
    ----------
    start : (n_pairs,), impressions to begin at
    """
    impression = start.copy()
    halo = parameters.halo_sd**2
    population = float(parameters.covariance[0, 0])
    n_candidates = len(pairs.first_of_candidate) - 1
    for _ in range(_MOST_STEPS):
        moments = score_moments(impression[rows.pair] - rows.location, rows.table)
        slope = rows.weight * (rows.category - moments.expected)
        precision = np.zeros(pairs.n_pairs)
        np.add.at(precision, rows.pair, rows.weight * moments.variance)
        pull = np.bincount(rows.pair, slope, pairs.n_pairs) + precision * impression
        kept = 1 / (1 + precision * halo)
        total = 1 / population + np.bincount(pairs.candidate, precision * kept, n_candidates)
        ability = (
            float(parameters.mean[0]) / population
            + np.bincount(pairs.candidate, pull * kept, n_candidates)
        ) / total
        target = (pull * halo + ability[pairs.candidate]) * kept
        step = np.clip(target - impression, -_LONGEST_STEP, _LONGEST_STEP)
        impression += step
        if np.abs(step).max(initial=0) < _CLOSE:
            break
    return Peak(
        impression=impression,
        pull=pull,
        precision=precision,
        ability=ability,
        variance=1 / total,
    )
