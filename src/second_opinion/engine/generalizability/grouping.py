"""Which effects the ratings can tell apart, and each rating's level in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError, NotEnoughRatingsError
from second_opinion.engine.generalizability.design import RESIDUAL, Design, Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """The ratings by the levels of one effect.

    level : (N,), from 0
    n_levels : every level is rated
    """

    effect: Effect
    level: Integers
    n_levels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Groupings:
    """The effects that can be told apart, and sentences on those that cannot."""

    effects: tuple[Grouping, ...]
    notes: tuple[str, ...]


def groupings_of(
    codes: Mapping[str, Integers], design: Design, *, only: Sequence[str] | None = None
) -> Groupings:
    """Levels of each effect; one that cannot be told from another is left to that other.

    Parameters
    ----------
    codes : (N,) for each facet, its level in every rating; nested levels may be numbered anew
        within their nest
    only : names of the effects to keep, the others being part of the residual; by default all

    Raises
    ------
    ArgumentError : a facet has no codes, or an effect is not in the design
    NotEnoughRatingsError : no effect is left
    """
    missing = [facet for facet in design.facets if facet not in codes]
    if missing:
        raise ArgumentError(f"The design names {missing[0]!r}, which the ratings do not have.")
    _require_known(design, only)
    n_ratings = len(next(iter(codes.values())))
    kept: list[Grouping] = []
    notes = []
    for effect in design.effects:
        if only is not None and effect.name not in only:
            continue
        level, n_levels = levels_of(codes, effect.facets)
        grouping = Grouping(effect=effect, level=level, n_levels=n_levels)
        why = _why_not(grouping, kept, n_ratings)
        if why:
            notes.append(why)
        else:
            kept.append(grouping)
    if not kept:
        raise NotEnoughRatingsError(
            f"None of the effects of {design.notation!r} can be told from the residual: "
            "every level is rated once, or there is one level only."
        )
    return Groupings(effects=tuple(kept), notes=tuple(notes))


def levels_of(codes: Mapping[str, Integers], facets: frozenset[str]) -> tuple[Integers, int]:
    """Each rating's level in the combination of some facets, and how many there are."""
    level = np.zeros(len(next(iter(codes.values()))), dtype=np.int64)
    n_levels = 1
    for facet in sorted(facets):
        joint = level * (int(codes[facet].max()) + 1) + codes[facet]
        level, n_levels = _renumbered(joint)
    return level, n_levels


def _renumbered(joint: Integers) -> tuple[Integers, int]:
    """Levels without gaps; counted where that is cheaper than sorting."""
    size = int(joint.max()) + 1
    if size > 20 * len(joint) + 1000:
        found, level = np.unique(joint, return_inverse=True)
        return level.astype(np.int64), len(found)
    used = np.zeros(size, dtype=np.int64)
    used[joint] = 1
    number = np.cumsum(used) - 1
    return number[joint], int(number[-1]) + 1


def _why_not(grouping: Grouping, kept: list[Grouping], n_ratings: int) -> str | None:
    name = grouping.effect.name
    if grouping.n_levels == 1:
        return f"{name}: there is one level only, so it is part of the mean."
    if grouping.n_levels == n_ratings:
        return f"{name}: every level is rated once, so it is part of the {RESIDUAL}."
    for other in kept:
        if other.n_levels == grouping.n_levels and _same(other, grouping):
            return (
                f"{name}: its levels are those of {other.effect.name}, so it is part of "
                f"{other.effect.name}."
            )
    return None


def _same(one: Grouping, other: Grouping) -> bool:
    joint = one.level * other.n_levels + other.level
    return _renumbered(joint)[1] == one.n_levels


def _require_known(design: Design, only: Sequence[str] | None) -> None:
    known = [effect.name for effect in design.effects]
    unknown = [name for name in only or () if name not in known]
    if unknown:
        raise ArgumentError(
            f"{unknown[0]!r} is not an effect of {design.notation!r}; those are {', '.join(known)}."
        )


def block_facet(design: Design, groupings: Groupings) -> str:
    """The facet by whose levels most of the effects fall into separate blocks."""

    def levels_outside(facet: str) -> int:
        return sum(
            grouping.n_levels
            for grouping in groupings.effects
            if facet not in grouping.effect.facets
        )

    return min(design.facets, key=levels_outside)


def standardised(score: Floats) -> tuple[Floats, float]:
    """Scores with mean 0 and variance 1, and the standard deviation they had.

    Raises
    ------
    NotEnoughRatingsError : all scores are alike
    """
    spread = float(score.std())
    if not spread > 0:
        raise NotEnoughRatingsError(
            f"All {len(score)} ratings are {score[0]:g}; nothing can be told from them."
        )
    return (score - score.mean()) / spread, spread
