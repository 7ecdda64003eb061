"""Nodes of ability, for a standard normal population."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.personality.graded.layout import Layout
from second_opinion.engine.personality.graded.tables import boundaries_of, information_of_items

_REACH = 7.0  # standard deviations; beyond lie 3e-12 of a normal population
_WIDEST = 0.25
_FINENESS = 0.8  # spacing in standard deviations of the narrowest posterior


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Equally spaced nodes, and logs of what they weigh in the population.

    References
    ----------
    Trefethen and Weideman (2014): the trapezoidal rule errs by about 2 exp(-2 pi^2 / h^2) for a
    normal integrand and a spacing of h standard deviations, here below 1e-12.
    """

    ability: Floats
    log_weight: Floats


def grid_for(layout: Layout, values: Floats) -> Grid:
    """A grid as fine as the most informative answers need."""
    coarse = np.linspace(-4, 4, 41)
    information = information_of_items(layout, boundaries_of(layout, values, coarse)).sum(axis=0)
    narrowest = 1 / math.sqrt(1 + float(information.max()))
    return grid_of_spacing(min(_WIDEST, _FINENESS * narrowest))


def grid_of_spacing(spacing: float) -> Grid:
    """Nodes at most that far apart, 0 among them."""
    n_each_way = math.ceil(_REACH / spacing)
    ability = np.linspace(-_REACH, _REACH, 2 * n_each_way + 1)
    log_weight = -0.5 * ability**2 - 0.5 * math.log(2 * math.pi) + math.log(_REACH / n_each_way)
    return Grid(ability=ability, log_weight=log_weight)
