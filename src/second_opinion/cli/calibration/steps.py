"""The steps from score to score: whose they are, where they lie, and what they show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from second_opinion.cli.calibration.words import ScoreWords
from second_opinion.drawings import Cell, Figure, Ladder, draw_ladders

if TYPE_CHECKING:
    from second_opinion.engine.facets import FacetsFit

_MOST_LADDERS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class StepGroup:
    """The steps of one rating scale; scores that nobody used have none.

    label : whose they are, empty where all share them
    facet : "criterion", "assessor" or empty
    measures : thresholds, logits, around zero
    places : the same on the ruler, moved by the criterion's or assessor's own measure
    scores : in words, one more than measures, from the lowest
    """

    label: str
    facet: str
    measures: tuple[float, ...]
    places: tuple[float, ...]
    scores: tuple[str, ...]

    @property
    def upper(self) -> tuple[str, ...]:
        """The score that each step leads to."""
        return self.scores[1:]

    @property
    def length(self) -> float:
        """From the first step to the last, logits."""
        return self.measures[-1] - self.measures[0]


def step_groups(fit: FacetsFit, score_words: ScoreWords) -> list[StepGroup]:
    """Thresholds by whose they are."""
    own = {
        (facet.name, label): measure
        for facet in fit.facets
        for label, measure in zip(facet.labels, facet.measure.tolist(), strict=True)
    }
    found: dict[tuple[str | None, str | None], list[tuple[float, float]]] = {}
    for one in fit.thresholds:
        found.setdefault((one.criterion, one.assessor), []).append((one.step, one.measure))
    groups = []
    for (criterion, assessor), steps in found.items():
        used = [(step, measure) for step, measure in steps if math.isfinite(measure)]
        if not used:
            continue
        facet, label = _whose(criterion, assessor)
        moved = own.get((facet, label), 0.0)
        lowest = 2 * steps[0][0] - steps[1][0] if len(steps) > 1 else steps[0][0] - 1
        groups.append(
            StepGroup(
                label=label,
                facet=facet,
                measures=tuple(measure for _, measure in used),
                places=tuple(measure + moved for _, measure in used),
                scores=(score_words(lowest), *(score_words(step) for step, _ in used)),
            )
        )
    return groups


def _whose(criterion: str | None, assessor: str | None) -> tuple[str, str]:
    if criterion is not None:
        return "criterion", criterion
    return ("assessor", assessor) if assessor is not None else ("", "")


def steps_figure(groups: Sequence[StepGroup]) -> Figure:
    """The steps of each criterion or assessor, one below the other, around zero."""
    longest = max(groups, key=lambda group: group.length)
    shortest = min(groups, key=lambda group: group.length)
    title = (
        f"From lowest to highest score it is {longest.length:.1f} logits with {longest.label}, "
        f"{shortest.length:.1f} with {shortest.label}"
    )
    description = (
        "Where each score becomes likelier than the one below it. Steps far apart mean that "
        "the middle of the scale is given often, steps close together that its ends are."
    )
    if len(groups) > _MOST_LADDERS:
        order = sorted(groups, key=lambda group: group.length, reverse=True)
        drawn = [*order[: _MOST_LADDERS // 2], *order[-(_MOST_LADDERS // 2) :]]
        description += (
            f" Drawn are the {len(drawn)} with the longest and the shortest way; all "
            f"{len(groups)} are in the table."
        )
    else:
        drawn = list(groups)
    return Figure(
        name="steps",
        title=title,
        description=description,
        svg=draw_ladders(
            title=title,
            description=description,
            ruler_name="logits, around each one's own middle",
            ladders=[
                Ladder(label=group.label, values=group.measures, steps=group.upper)
                for group in drawn
            ],
            identity="steps",
        ),
        columns=("label", "score", "measure"),
        rows=tuple(_rows(groups)),
    )


def _rows(groups: Sequence[StepGroup]) -> list[tuple[Cell, ...]]:
    return [
        (group.label, score, measure)
        for group in groups
        for score, measure in zip(group.upper, group.measures, strict=True)
    ]
