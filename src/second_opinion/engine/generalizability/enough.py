"""How many levels of one facet are enough for a coefficient, the others as they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.generalizability.components import Study
from second_opinion.engine.generalizability.decision import Dependability, dependability

MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Enough:
    """The least numbers that reach a target; None where more of this facet never would.

    for_order : for G, the order between candidates
    for_level : for phi, the level itself
    """

    facet: str
    for_order: int | None
    for_level: int | None


def enough(
    study: Study,
    *,
    target: float,
    sizes: Mapping[str, float] | None = None,
    fixed: Collection[str] = (),
) -> tuple[Enough, ...]:
    """For each facet, by how many of it the target is reached.

    Parameters
    ----------
    target : above 0, below 1
    sizes, fixed : as in dependability

    Raises
    ------
    ArgumentError : a target that no coefficient can have, or as in dependability
    """
    if not 0 < target < 1:
        raise ArgumentError(f"target must lie between 0 and 1; got {target:g}.")
    given = dict(sizes or {})

    def least(facet: str, reached: Callable[[Dependability], bool]) -> int | None:
        def at(number: int) -> bool:
            return reached(dependability(study, sizes=given | {facet: number}, fixed=fixed))

        if not at(MOST):
            return None
        low, high = 0, MOST  # more is never worse, so halving finds the first
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if at(middle) else (middle, high)
        return high

    return tuple(
        Enough(
            facet=facet,
            for_order=least(facet, lambda found: found.g_coefficient >= target),
            for_level=least(facet, lambda found: found.phi >= target),
        )
        for facet in study.design.facets[1:]
        if facet not in fixed
    )
