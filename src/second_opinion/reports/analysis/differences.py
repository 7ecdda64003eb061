"""Where a candidate's opinions differ, and whether by more than chance."""

from __future__ import annotations

import math

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination import Comparison, VarianceComponents, compare_opinions
from second_opinion.engine.ratings import Ratings
from second_opinion.reports.analysis.results import Difference


def differences_on(
    candidate: int,
    *,
    assessors: tuple[str, ...],
    ratings: Ratings,
    components: VarianceComponents,
    weights: Floats,
) -> tuple[Difference, ...]:
    """Each later assessor against the first one named."""
    code = ratings.assessor.labels.index
    return tuple(
        _difference(
            assessors[0],
            other,
            compare_opinions(
                ratings,
                candidate=candidate,
                first=code(assessors[0]),
                second=code(other),
                weights=weights,
                components=components,
            ),
        )
        for other in assessors[1:]
    )


def _difference(reference: str, other: str, comparison: Comparison) -> Difference:
    return Difference(
        reference=reference,
        other=other,
        by_criterion=tuple(_finite(value) for value in comparison.difference),
        is_surprising=tuple(bool(flag) for flag in comparison.surprising),
        chance_range=comparison.chance_range,
        whole=_finite(comparison.whole_difference),
        whole_chance_range=_finite(comparison.whole_chance_range),
        whole_is_surprising=comparison.whole_surprising,
    )


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
