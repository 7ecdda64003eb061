"""From components to how well candidates are measured, now and with other numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.generalizability.components import Component, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependability:
    """How well the means over some numbers of levels tell candidates apart.

    sizes : by facet, how many levels are averaged over; for a nested facet, within its nest
    universe : variance of what is to be measured, score points squared
    relative_error, absolute_error : of the order between candidates, and of the level itself
    g_coefficient, phi : universe over itself and the one or the other error, 0 to 1
    """

    sizes: Mapping[str, float]
    universe: float
    relative_error: float
    absolute_error: float
    g_coefficient: float
    phi: float


def dependability(
    study: Study, *, sizes: Mapping[str, float] | None = None, fixed: Collection[str] = ()
) -> Dependability:
    """Generalizability coefficient and index of dependability.

    Parameters
    ----------
    sizes : how many levels of each facet; one that is not named stays as the study had it
    fixed : facets that are not drawn from many, such as the criteria of a requirement profile;
        what candidates differ by on them is then part of what is measured

    Raises
    ------
    ArgumentError : a facet that the design does not have, or a number below 1

    References
    ----------
    Brennan (2001), eqs. 1.12-1.13, 4.9-4.12 and section 4.3 for fixed facets.
    """
    given = {**study.sizes, **(sizes or {})}
    _require_facets(study, given, fixed)
    measured = study.design.facets[0]
    universe = relative = absolute = 0.0
    for one in study.components:
        averaged = _averaged(one, given, measured)
        if one.facets - {measured} <= set(fixed):
            universe += averaged if measured in one.facets else 0.0
        else:
            absolute += averaged
            relative += averaged if measured in one.facets else 0.0
    return Dependability(
        sizes=MappingProxyType(given),
        universe=universe,
        relative_error=relative,
        absolute_error=absolute,
        g_coefficient=_share(universe, relative),
        phi=_share(universe, absolute),
    )


def decision_study(
    study: Study, *, sizes: Mapping[str, Sequence[float]], fixed: Collection[str] = ()
) -> tuple[Dependability, ...]:
    """A table: every combination of the given numbers, the facet named last changing fastest.

    Parameters
    ----------
    sizes : for each facet the numbers to try
    fixed : as in dependability

    Raises
    ------
    ArgumentError : as in dependability
    """
    return tuple(
        dependability(study, sizes=dict(zip(sizes, numbers, strict=True)), fixed=fixed)
        for numbers in product(*sizes.values())
    )


def _averaged(one: Component, sizes: Mapping[str, float], measured: str) -> float:
    averaged = one.variance
    for facet in one.facets - {measured}:
        averaged /= sizes[facet]
    return averaged


def _share(universe: float, error: float) -> float:
    return universe / (universe + error) if universe > 0 else 0.0


def _require_facets(study: Study, sizes: Mapping[str, float], fixed: Collection[str]) -> None:
    known = study.design.facets[1:]
    for facet in (*sizes, *fixed):
        if facet not in known:
            raise ArgumentError(
                f"{facet!r} is no facet to average over in {study.design.notation!r}; those are "
                f"{', '.join(known)}."
            )
    for facet, number in sizes.items():
        if not number >= 1:
            raise ArgumentError(f"There must be at least 1 of {facet!r}; got {number:g}.")
