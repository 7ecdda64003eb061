"""Measures that the ratings hardly determine: held by a weak prior, and named.

A pair of assessor and criterion with few ratings, or an assessor's own steps from few ratings, can
be separable without being extreme: the likelihood then rises for ever along some direction, the
search stops where it is flat, and an interaction's share of that wandering reaches the criteria.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.arrangement import EXTREME_SD
from second_opinion.engine.facets.climb import Beginning, Climb, Pass, Top
from second_opinion.engine.facets.identification import Identification
from second_opinion.engine.facets.layout import Layout

_LEAST_CURVATURE = 1e-9  # of the largest: below, a direction counts as flat
_NEAR_WORST = 0.4  # of the largest standard error: three of a row of three wander by 1, 1/2, 1/2
_MOST_ROUNDS = 4
_MOST_NAMED = 6


def search(
    layout: Layout,
    identification: Identification,
    pass_over: Pass,
    begin: Beginning,
) -> tuple[Layout, Top]:
    """The top, and the layout with the priors that it took.

    Where an interaction or an assessor's own steps come out less well known than a weak prior
    would know them, the worst get that prior, and the search is made once more.
    """
    held, weak = layout, np.zeros(layout.n_values, dtype=np.bool_)
    top = Climb(held, identification, pass_over).top(begin)
    for _ in range(_MOST_ROUNDS):
        more = _weak(held, identification, top)
        if not more.any():
            break
        weak |= more
        held = replace(
            layout,
            prior_mean=np.where(weak, layout.start, layout.prior_mean),
            prior_precision=np.where(weak, EXTREME_SD**-2, layout.prior_precision),
            notes=(*layout.notes, _note(layout, weak)),
        )
        top = Climb(held, identification, pass_over).top(begin)
    return held, top


def _weak(layout: Layout, identification: Identification, top: Top) -> NDArray[np.bool_]:
    """(n_values,), of interactions and assessors' own steps, the least well determined.

    What wanders takes all that is centred with it along, each a little: only those that wander
    most are held, and the rest seen again after that.
    """
    asked = np.zeros(layout.n_values, dtype=np.bool_)
    for effect in layout.effects:
        asked[effect.places] = len(effect.facets) > 1
    for places, group in zip(layout.category, layout.groups, strict=True):
        asked[places[places >= 0]] = group.assessor is not None
    asked &= ~layout.fixed & (layout.prior_precision == 0)
    if not asked.any():
        return asked
    deviation = _deviations(identification, top.statistics.information)[: layout.n_values]
    least = max(EXTREME_SD, _NEAR_WORST * float(deviation[asked].max()))
    return np.asarray(asked & (deviation > least))


def _deviations(identification: Identification, information: Floats) -> Floats:
    """(n_coordinates,), standard errors, large where the information has a flat direction."""
    try:
        return np.sqrt(np.diagonal(identification.invert(information)))
    except np.linalg.LinAlgError:
        size, direction = np.linalg.eigh(identification.within(information))
        known = np.maximum(size, size.max() * _LEAST_CURVATURE)
        inside = identification.project(direction)
        return np.asarray(np.sqrt((inside**2 / known).sum(axis=1)))


def _note(layout: Layout, weak: NDArray[np.bool_]) -> str:
    named = [
        f"{effect.name} {' x '.join(label)!r}"
        for effect in layout.effects
        for label, is_weak in zip(effect.labels, weak[effect.places], strict=True)
        if is_weak
    ]
    named += [
        f"the steps of assessor {group.assessor!r}"
        for places, group in zip(layout.category, layout.groups, strict=True)
        if weak[places[places >= 0]].any()
    ]
    shown = named[:_MOST_NAMED]
    if len(named) > len(shown):
        shown.append(f"{len(named) - len(shown)} more")
    return (
        f"The ratings hardly determine {', '.join(shown)}, so these rest on a weak prior (standard "
        f"deviation {EXTREME_SD:g} logits): read their intervals only. The model asks for more "
        "than the ratings hold; leave out the interaction, or let all share the steps between "
        "scores."
    )
