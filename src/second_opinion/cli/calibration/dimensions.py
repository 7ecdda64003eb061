"""Several abilities: told in words, in a table, as a drawing and as JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

from second_opinion.cli.calibration.calibration import Calibration
from second_opinion.cli.calibration.words import known, listed_plainly
from second_opinion.cli.output import shown
from second_opinion.drawings import Cell, Figure, Interval, draw_forest
from second_opinion.drawings.ruler import signed

if TYPE_CHECKING:
    from second_opinion.engine.facets import AbilityCorrelation

_LIKE_ONE = 0.9  # correlation from which two abilities order candidates much alike


def dimensions_answer(calibration: Calibration) -> dict[str, Any]:
    """What JSON has of several abilities; empty lists where there is one."""
    fit, separation = calibration.fit, calibration.tables.separation
    return {
        "dimensions": [
            {
                "name": one.name,
                "criteria": criteria_of(calibration, one.name),
                "mean": one.mean,
                "mean_standard_error": known(one.mean_standard_error),
                "variance": one.variance,
                "variance_standard_error": known(one.variance_standard_error),
                "eap_reliability": known(one.eap_reliability),
                "candidates": separation[f"candidate: {one.name}"].single_values(),
            }
            for one in fit.abilities
        ],
        "correlations": [
            {
                "first": one.first,
                "second": one.second,
                "correlation": one.correlation,
                "standard_error": known(one.standard_error),
                "low_95": known(one.low),
                "high_95": known(one.high),
                "is_at_boundary": bool(one.is_at_boundary),
            }
            for one in fit.correlations
        ],
    }


def criteria_of(calibration: Calibration, dimension: str) -> list[str]:
    """Names of the criteria that measure an ability, in the ratings' order."""
    given = calibration.fit.model.dimensions
    return [one for one in calibration.read.ratings.criterion.labels if given[one] == dimension]


def dimension_table(calibration: Calibration) -> Table:
    """Each ability's spread and reliability, and its correlations with the others."""
    table = Table(title="Abilities", title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column("Ability", overflow="fold")
    table.add_column("Criteria", overflow="fold")
    for heading in ("Mean", "SD", "Reliability", "Strata"):
        table.add_column(heading, justify="right", no_wrap=True)
    names = [one.name for one in calibration.fit.abilities]
    for name in names[:-1]:
        table.add_column(f"r with {shown(name)}", justify="right", overflow="fold")
    pairs = {(one.second, one.first): one.correlation for one in calibration.fit.correlations}
    for one in calibration.fit.abilities:
        separation = calibration.tables.separation[f"candidate: {one.name}"]
        figures = (math.sqrt(one.variance), one.eap_reliability, separation.strata)
        table.add_row(
            shown(one.name),
            shown(", ".join(criteria_of(calibration, one.name))),
            signed(one.mean, digits=2),
            *(f"{figure:.2f}" if math.isfinite(figure) else "–" for figure in figures),
            *(
                signed(pairs[one.name, other], digits=2) if (one.name, other) in pairs else ""
                for other in names[:-1]
            ),
        )
    return table


def dimension_sentences(calibration: Calibration) -> Iterator[str]:
    """How surely candidates differ on each ability."""
    told = [
        f"{one.name} {one.eap_reliability:.2f}"
        for one in calibration.fit.abilities
        if math.isfinite(one.eap_reliability)
    ]
    if told:
        yield (
            f"Reliability: {listed_plainly(told)}. Each ability's measures draw on the other "
            "criteria too, as far as the abilities go together."
        )
    yield (
        "Measures of different abilities are not to be compared with each other: each has its "
        "criteria's average as zero."
    )


def correlation_sentences(calibration: Calibration) -> Iterator[str]:
    """How abilities go together, pair by pair, with intervals."""
    for one in calibration.fit.correlations:
        if one.is_at_boundary:
            continue  # a note says that the two are not told apart
        if not (math.isfinite(one.low) and math.isfinite(one.high)):
            yield (
                f"{one.first} and {one.second} correlate {signed(one.correlation, digits=2)}; no "
                "interval is known."
            )
            continue
        yield (
            f"{one.first} and {one.second} correlate {signed(one.correlation, digits=2)} (95 % "
            f"interval {signed(one.low, digits=2)} to {signed(one.high, digits=2)}), freed of the "
            f"error in their measures{_meaning(one.low, one.high)}."
        )


def _meaning(low: float, high: float) -> str:
    if low > _LIKE_ONE:
        return ": one ability may do for both"
    if high < _LIKE_ONE:
        return ": they are not one and the same"
    return ""


def correlation_figure(calibration: Calibration) -> Figure:
    """Each pair's correlation with its interval."""
    found = calibration.fit.correlations
    most = max(found, key=lambda one: one.correlation)
    title = f"{most.first} and {most.second} correlate {signed(most.correlation, digits=2)}"
    if len(found) > 1:
        title += ", most of all pairs"
    description = (
        "Correlations of the abilities themselves, freed of the error in their measures, with 95 % "
        "intervals. At 1 two abilities would be one."
    )
    return Figure(
        name="correlations",
        title=title,
        description=description,
        svg=draw_forest(
            title=title,
            description=description,
            ruler_name="correlation",
            intervals=list(map(_interval, found)),
            level=1.0,
            identity="correlations",
        ),
        columns=("first", "second", "correlation", "standard_error", "low_95", "high_95"),
        rows=tuple(map(_row, found)),
    )


def _interval(one: AbilityCorrelation) -> Interval:
    return Interval(
        label=f"{one.first} and {one.second}",
        value=one.correlation,
        low=known(one.low),
        high=known(one.high),
    )


def _row(one: AbilityCorrelation) -> tuple[Cell, ...]:
    figures = (one.standard_error, one.low, one.high)
    return (one.first, one.second, one.correlation, *map(known, figures))
