"""The requirement profile of a case file: criteria with weights, minimum levels and anchors."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from second_opinion.ingest.case_file.entries import CriterionEntry
from second_opinion.ingest.case_file.section import Section, is_close
from second_opinion.ingest.errors import quoted

WEIGHTS_MAY_MISS = 0.01  # percent: three weights of 33.33 are meant to be a whole


@dataclass(frozen=True, slots=True)
class RatingScale:
    """The scale all ratings of the case are given on."""

    low: float
    high: float

    def require(self, value: float, *, section: Section, key: str) -> float:
        """The value, if it lies on the scale."""
        if not self.low <= value <= self.high:
            raise section.refusal(
                key=key,
                found=f"{value:g} is outside the scale {self.low:g} to {self.high:g}.",
                mend="Correct it, or the key 'scale'.",
            )
        return value


def read_scale(case: Section) -> RatingScale:
    """The case's scale."""
    low, high = case.pair("scale")
    if low >= high:
        raise case.refusal(
            key="scale",
            found=f"The highest score, {high:g}, is not above the lowest, {low:g}.",
            mend="Write the lowest first, as [1, 5].",
        )
    return RatingScale(low, high)


def read_criterion(section: Section, scale: RatingScale) -> CriterionEntry:
    """One criterion."""
    section.only("name", "weight", "minimum", "definition", "anchors")
    weight = section.number("weight")
    if not 0 < weight <= 100:
        raise section.refusal(
            key="weight",
            found=f"{weight:g} is no weight; weights are percent of the whole.",
            mend="Write a number above 0 and up to 100, or remove the criterion.",
        )
    minimum = section.number_if_any("minimum")
    if minimum is not None:
        scale.require(minimum, section=section, key="minimum")
    return CriterionEntry(
        name=section.name("name"),
        weight=weight,
        minimum=minimum,
        anchors=_anchors(section, scale),
        definition=section.text("definition"),
    )


def require_whole(criteria: tuple[CriterionEntry, ...], *, case: Section) -> None:
    """Refuse weights that do not sum to 100 percent."""
    total = math.fsum(criterion.weight for criterion in criteria)
    if not is_close(total, 100, within=WEIGHTS_MAY_MISS):
        weights = " + ".join(f"{criterion.weight:g}" for criterion in criteria[:20])
        weights += " + ..." if len(criteria) > 20 else ""
        raise case.refusal(
            found=f"The weights of the criteria sum to {total:.6g}, not to 100 ({weights}).",
            mend=f"Change them by {abs(100 - total):.6g} in all.",
        )


def _anchors(section: Section, scale: RatingScale) -> Mapping[float, str]:
    anchors: dict[float, str] = {}
    table = section.table("anchors")
    inside = Section(f"{section.place}, [criterion.anchors]", table)
    for key in table:
        try:
            score = float(key)
        except ValueError:
            score = math.nan
        if not math.isfinite(score):
            raise inside.refusal(
                key=key,
                found="This is no score.",
                mend='Write anchors as "1" = "What it looks like".',
            )
        scale.require(score, section=inside, key=key)
        if score in anchors:
            raise inside.refusal(
                key=key,
                found=f"Score {score:g} has an anchor already.",
                mend="Keep one of the two.",
            )
        anchors[score] = _anchor(inside, key)
    return dict(sorted(anchors.items()))


def _anchor(inside: Section, key: str) -> str:
    if isinstance(inside.values[key], dict):
        raise inside.refusal(
            key=key,
            found="A score with a decimal point needs quotation marks around it.",
            mend=f"Write {quoted(key + '.5')} = ... with them.",
        )
    return inside.text(key, required=True)
