"""Displacement: how far an anchored element would move if it were let go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.tables.effective_information import (
    Nuisance,
    effective_information,
)
from second_opinion.engine.facets.tables.expectation import Expectation
from second_opinion.engine.facets.tables.responses import Responses
from second_opinion.engine.facets.tables.sums import sums_by
from second_opinion.engine.facets.tables.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplacementTable(Table):
    """One row for each anchored element that has ratings.

    anchor : (n,), the measure it was held at, logits
    displacement : (n,), logits to add to the anchor; positive is stricter or harder than anchored
    standard_error, t : (n,), of the displacement; beyond 2 the anchor hardly holds any more
    """

    facet: tuple[str, ...]
    label: tuple[str, ...]
    anchor: Floats
    displacement: Floats
    standard_error: Floats
    t: Floats


def displacement_table(
    responses: Responses,
    expectation: Expectation,
    anchors: dict[str, Floats],
    *,
    units: Nuisance,
    others: Sequence[Nuisance],
) -> DisplacementTable:
    """One scoring step from the anchor, all free parameters moving along.

    Parameters
    ----------
    anchors : by facet, (n_elements,), the anchored measure and NaN where an element is free
    units, others : all that was estimated

    References
    ----------
    Rao (1948); Linacre's displacement is the same step with everything else held fixed.
    """
    information = responses.weight * expectation.variance
    residual = responses.weight * expectation.residual(responses)
    parts = []
    for name, anchor in anchors.items():
        facet = responses.facets[name]
        target = np.where(np.isfinite(anchor)[facet.codes], facet.codes, -1)
        left = effective_information(
            information=information,
            target=target,
            n_targets=len(facet),
            units=units,
            others=others,
        )
        score = sums_by(facet.codes, residual, len(facet))
        shown = np.flatnonzero(np.isfinite(anchor) & (left > 0))
        labels = [(name, facet.labels[index]) for index in shown]
        parts.append((labels, anchor[shown], -score[shown] / left[shown], left[shown] ** -0.5))
    return DisplacementTable(
        facet=tuple(name for labels, *_ in parts for name, _ in labels),
        label=tuple(label for labels, *_ in parts for _, label in labels),
        anchor=_joined([part[1] for part in parts]),
        displacement=_joined([part[2] for part in parts]),
        standard_error=_joined([part[3] for part in parts]),
        t=_joined([part[2] / part[3] for part in parts]),
    )


def _joined(parts: list[Floats]) -> Floats:
    return np.concatenate([np.empty(0), *parts])
