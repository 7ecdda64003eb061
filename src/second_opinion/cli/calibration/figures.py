"""The drawings of a calibration: each with the finding as its title, in words and as a table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from second_opinion.cli.calibration.curves import category_figures
from second_opinion.cli.calibration.steps import StepGroup, step_groups, steps_figure
from second_opinion.cli.calibration.words import (
    ScoreWords,
    further_right,
    high_and_low,
    interval,
    known,
    listed_plainly,
    number_of_levels,
    plural,
)
from second_opinion.drawings import (
    Band,
    Cell,
    Figure,
    Interval,
    Ladder,
    Ladders,
    draw_forest,
    draw_one_ruler,
)
from second_opinion.drawings.ruler import signed

if TYPE_CHECKING:
    from second_opinion.engine.facets import FacetMeasures, FacetsFit

_MOST_NAMED_CANDIDATES = 12
_MOST_LADDERS = 8
_STEPS_TITLE = "Scores: where each overtakes the one below"


def figures_of(fit: FacetsFit, *, score_words: ScoreWords) -> list[Figure]:
    """The Wright map, a forest for each facet, and the curves of the scores."""
    groups = step_groups(fit, score_words)
    facets = [facet for facet in fit.facets if np.isfinite(facet.measure).sum() > 1]
    return [
        wright_map(fit, groups),
        *(measures_figure(facet) for facet in facets),
        *([steps_figure(groups)] if len(groups) > 1 else []),
        *category_figures(groups),
    ]


# --- Wright map


@dataclass(frozen=True, slots=True)
class _Kind:
    """One facet as a band: its measures that are known."""

    name: str
    labels: tuple[str, ...]
    measures: tuple[float, ...]
    errors: tuple[float, ...]
    dimension: str = ""

    @property
    def whose(self) -> str:
        """In the table: the facet, and of several abilities which."""
        return f"{self.name}: {self.dimension}" if self.dimension else self.name

    @property
    def levels(self) -> str:
        """'60 candidates', '60 candidates on people'."""
        on = f" on {self.dimension}" if self.dimension else ""
        return number_of_levels(len(self.measures), self.name) + on

    @property
    def spread(self) -> float:
        return float(np.std(self.measures, ddof=1)) if len(self.measures) > 1 else 0.0

    @property
    def sentence(self) -> str:
        low, high = min(self.measures), max(self.measures)
        return (
            f"{self.levels[:1].upper()}{self.levels[1:]} from "
            f"{signed(low, digits=2)} to {signed(high, digits=2)}."
        )


def wright_map(fit: FacetsFit, groups: Sequence[StepGroup]) -> Figure:
    """Candidates, facets and scores on one ruler."""
    kinds = [*_candidates(fit), *(_of(facet) for facet in fit.facets if " x " not in facet.name)]
    kinds = [kind for kind in kinds if kind.measures]
    bands: list[Band | Ladders] = [_band(kind) for kind in kinds]
    if len(groups) <= _MOST_LADDERS:
        bands.append(Ladders(title=_STEPS_TITLE, ladders=[_ladder(group) for group in groups]))
    title = _spread_sentence(kinds)
    description = " ".join(
        [
            "One ruler in logits from left to right.",
            *(kind.sentence for kind in kinds),
            *(["Each ability has its own zero."] if kinds[0].dimension else []),
        ]
    )
    return Figure(
        name="wright-map",
        title=title,
        description=description,
        svg=draw_one_ruler(
            title=title,
            description=description,
            ruler_name="logits",
            bands=bands,
            identity="wright-map",
        ),
        columns=("facet", "label", "measure", "standard_error"),
        rows=tuple(_rows_of_map(kinds, groups)),
    )


def _candidates(fit: FacetsFit) -> list[_Kind]:
    """One, or with several abilities one for each."""
    names = fit.arrangement.layout.dimensions if fit.ability.ndim > 1 else ("",)
    columns = fit.ability.reshape(len(fit.candidates), -1).T.tolist()
    errors = fit.standard_error.reshape(len(fit.candidates), -1).T.tolist()
    return [
        replace(_kind("candidate", fit.candidates, ability, error), dimension=name)
        for name, ability, error in zip(names, columns, errors, strict=True)
    ]


def _of(facet: FacetMeasures) -> _Kind:
    return _kind(facet.name, facet.labels, facet.measure.tolist(), facet.standard_error.tolist())


def _kind(
    name: str, labels: Sequence[str], measures: Sequence[float], errors: Sequence[float]
) -> _Kind:
    rated = [place for place, measure in enumerate(measures) if math.isfinite(measure)]
    return _Kind(
        name,
        tuple(labels[place] for place in rated),
        tuple(measures[place] for place in rated),
        tuple(errors[place] for place in rated),
    )


def _band(kind: _Kind) -> Band:
    n = len(kind.measures)
    is_named = kind.name != "candidate" or n <= _MOST_NAMED_CANDIDATES
    return Band(
        title=f"{kind.levels}: further right, {further_right(kind.name)}",
        values=kind.measures,
        labels=kind.labels if is_named else (),
        bar_words=f"{{count}} {plural(kind.name)}",
    )


def _ladder(group: StepGroup) -> Ladder:
    return Ladder(label=group.label, values=group.places, steps=group.upper)


def _spread_sentence(kinds: Sequence[_Kind]) -> str:
    """How far candidates lie apart, beside how far assessors do."""
    spreads = {kind.name: kind.spread for kind in kinds}
    several = [kind for kind in kinds if kind.dimension]
    if several:
        return "Candidates spread " + listed_plainly(
            [f"{kind.spread:.2f} logits on {kind.dimension}" for kind in several]
        )
    candidates, assessors = spreads.get("candidate", 0.0), spreads.get("assessor", 0.0)
    if "assessor" not in spreads or not candidates:
        return f"Candidates spread {candidates:.2f} logits"
    more = "more" if candidates > assessors else "less"
    return (
        f"Candidates differ {more} than assessors do: a spread of {candidates:.2f} logits against "
        f"{assessors:.2f}"
    )


def _rows_of_map(kinds: Sequence[_Kind], groups: Sequence[StepGroup]) -> Iterator[tuple[Cell, ...]]:
    for kind in kinds:
        for label, measure, error in zip(kind.labels, kind.measures, kind.errors, strict=True):
            yield (kind.whose, label, measure, known(error))
    for group in groups:
        for upper, place in zip(group.upper, group.places, strict=True):
            yield ("score", f"{group.label} {upper}".strip(), place, None)


# --- intervals


def measures_figure(facet: FacetMeasures) -> Figure:
    """One facet's measures with their intervals, the highest on top."""
    rows = []
    for label, measure, error, count in zip(
        facet.labels,
        facet.measure.tolist(),
        facet.standard_error.tolist(),
        facet.count.tolist(),
        strict=True,
    ):
        if math.isfinite(measure):
            low, high = interval(measure, error)
            rows.append((Interval(label=label, value=measure, low=low, high=high), error, count))
    rows.sort(key=lambda row: row[0].value, reverse=True)
    intervals = [row[0] for row in rows]
    name = facet.name.replace(" x ", "-by-").replace(" ", "-")
    title, description = _beside_the_average(facet.name, intervals)
    return Figure(
        name=f"measures-{name}",
        title=title,
        description=description,
        svg=draw_forest(
            title=title,
            description=description,
            ruler_name=f"logits; further right is {further_right(facet.name)}",
            intervals=intervals,
            left_out="Those in between are in the table.",
            identity=f"measures-{name}",
        ),
        columns=("label", "measure", "standard_error", "low_95", "high_95", "ratings"),
        rows=tuple(
            (one.label, one.value, known(error), one.low, one.high, _whole(count))
            for one, error, count in rows
        ),
    )


def _whole(count: float) -> int | float:
    """A number of ratings; only weighted ones have decimals."""
    return int(count) if count.is_integer() else count


def _beside_the_average(facet: str, intervals: Sequence[Interval]) -> tuple[str, str]:
    """The finding, and the description that a reader hears."""
    high_word, low_word = high_and_low(facet)
    first, last = intervals[0], intervals[-1]
    ends = (
        f"From {first.label} at {signed(first.value, digits=2)} to {last.label} at "
        f"{signed(last.value, digits=2)} logits; the average is 0."
    )
    if all(one.low is None for one in intervals):
        return f"{first.label} is highest, {last.label} lowest; intervals are not known", ends
    high = sum(one.low is not None and one.low > 0 for one in intervals)
    low = sum(one.high is not None and one.high < 0 for one in intervals)
    of_all = number_of_levels(len(intervals), facet)
    is_or_are = "is" if high + low < 2 else "are"
    every = f"Both {plural(facet)}" if len(intervals) == 2 else f"All {of_all}"
    share = {0: f"None of {of_all}", len(intervals): every}.get(
        high + low, f"{high + low} of {of_all}"
    )
    title = f"{share} {is_or_are} clearly {high_word} or {low_word} than the average"
    if " x " in facet:
        by_chance = 0.05 * len(intervals)
        title = (
            f"{share} {'stands' if high + low < 2 else 'stand'} out from what the two measures "
            f"say; by chance about {by_chance:.0f} would"
        )
    return title, (
        f"Measures with 95 % intervals. {high} clearly {high_word}, {low} clearly {low_word}, "
        f"{len(intervals) - high - low} with an interval that holds the average. {ends}"
    )
