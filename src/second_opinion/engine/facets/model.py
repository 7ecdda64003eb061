"""What a many-facet model is asked to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from second_opinion.engine.errors import ArgumentError

CANDIDATE, ASSESSOR, CRITERION = "candidate", "assessor", "criterion"

Thresholds = Literal["shared", "criterion", "assessor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetsModel:
    """The options of a many-facet model; as it stands, the rating-scale model of main effects.

    thresholds : shared by all ratings on scales of one length (rating scale), by criterion
        (partial credit), or by assessor (central tendency and extremity)
    facets : which facets beside the candidate have a measure; by default all that the ratings have
    interactions : pairs of those facets, each with a measure for every pair of levels that meets
    anchors : by facet, then label: measures in logits that are known and stay as they are
    threshold_anchors : by criterion or assessor ("" where shared): the known thresholds, one for
        each step, which sum to zero
    dimensions : by criterion, the name of the ability that it measures; by default one ability
    halo : each assessor's impression of a candidate is a random effect of its own

    Raises
    ------
    ArgumentError : thresholds of another kind, or an interaction of a facet with itself
    """

    thresholds: Thresholds = "shared"
    facets: tuple[str, ...] | None = None
    interactions: tuple[tuple[str, str], ...] = ()
    anchors: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    threshold_anchors: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)
    halo: bool = False

    def __post_init__(self) -> None:
        if self.thresholds not in ("shared", "criterion", "assessor"):
            raise ArgumentError(
                f"Thresholds are shared, by criterion or by assessor; got {self.thresholds!r}."
            )
        for first, second in self.interactions:
            if first == second or CANDIDATE in (first, second):
                raise ArgumentError(
                    f"{first} x {second} is no interaction of two facets beside the candidate."
                )


RATING_SCALE = FacetsModel()
PARTIAL_CREDIT = FacetsModel(thresholds="criterion")
