"""How well assessors cover what a case needs to have judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError

Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One competence that a case needs in its assessors.

    level : required, above 0, on the scale that assessors' levels are told on
    weight : how much it counts beside the case's other needs, above 0
    is_gap : the client cannot judge it, so at least one assessor must

    Raises
    ------
    ArgumentError : a level or weight that is not above 0
    """

    competence: str
    level: float
    weight: float = 1.0
    is_gap: bool = False

    def __post_init__(self) -> None:
        for name, value in (("level", self.level), ("weight", self.weight)):
            if not (value > 0 and np.isfinite(value)):
                raise ArgumentError(
                    f"The {name} of {self.competence!r} must be above 0; got {value:g}."
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What each assessor covers of one case.

    by_need : (n_assessors, n_needs), 0 to 1
    score : (n_assessors,), 0 to 1, the weighted mean
    covers_gap : (n_assessors,), every gap is shown at its required level, with proof above nothing
    """

    by_need: Floats
    score: Floats
    covers_gap: Booleans


def coverage(needs: Sequence[Need], *, shown: Floats, quality: Floats) -> Coverage:
    """Level shown over level required, at most 1, times the quality of its proof; weighted.

    Parameters
    ----------
    needs : at least one
    shown : (n_assessors, n_needs), level, 0 where the competence is not claimed
    quality : (n_assessors, n_needs), 0 to 1, how far the proof can be trusted

    Raises
    ------
    ArgumentError : no need, other shapes, a level below 0, a quality outside 0 to 1
    """
    _require_possible(needs, shown=shown, quality=quality)
    required = np.array([need.level for need in needs])
    weight = np.array([need.weight for need in needs])
    is_gap = np.array([need.is_gap for need in needs])
    by_need = np.minimum(shown / required, 1.0) * quality
    reaches = (shown >= required) & (quality > 0)
    return Coverage(
        by_need=by_need,
        score=np.clip(by_need @ (weight / weight.sum()), 0.0, 1.0),
        covers_gap=np.all(reaches | ~is_gap, axis=1),
    )


def _require_possible(needs: Sequence[Need], *, shown: Floats, quality: Floats) -> None:
    if not needs:
        raise ArgumentError("A case needs at least one competence to be matched on.")
    if shown.ndim != 2 or shown.shape != quality.shape or shown.shape[1] != len(needs):
        raise ArgumentError(
            f"shown and quality must both be assessors by {len(needs)} needs; got {shown.shape} "
            f"and {quality.shape}."
        )
    if not (np.isfinite(shown).all() and (shown >= 0).all()):
        raise ArgumentError("Every level that is shown must be 0 or above.")
    if not ((quality >= 0) & (quality <= 1)).all():
        raise ArgumentError("The quality of every proof must be from 0 to 1.")
