"""What answers say of items and people, as tables and in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice

from rich import box
from rich.console import Console
from rich.table import Table

from second_opinion.cli.output import readable, shown
from second_opinion.cli.questionnaire.analysis import Analysis, Classical, thresholds_of
from second_opinion.cli.questionnaire.answer import person_rows

NOT_KNOWN = "–"
MOST_PEOPLE = 10
MOST_STEPS = 6  # that have room side by side


def print_analysis(analysis: Analysis) -> None:
    """The analysis on standard output."""
    console = readable()
    console.print()
    for sentence in _reliability(analysis):
        console.print(sentence)
    if analysis.classical is not None:
        console.print()
        console.print(_classical_items(analysis, analysis.classical))
    console.print()
    console.print(_graded_items(analysis))
    for note in analysis.notes:
        console.print(shown(note))
    _print_people(console, analysis)


def _reliability(analysis: Analysis) -> Iterator[str]:
    classical = analysis.classical
    if classical is None:
        yield f"No reliability can be told: {analysis.why_no_reliability}"
        return
    alpha = classical.alpha
    yield (
        f"Alpha {alpha.estimate:.3f} (95 % interval {alpha.low:.3f} to {alpha.high:.3f}), omega "
        f"{_figure(classical.omega)}, of the sum of {len(analysis.names)} items, from "
        f"{analysis.moments.n_people:,} people."
    )
    yield f"Standard error of measurement of the sum: {classical.error:.2f} points."


def _table(title: str, headings: tuple[str, ...]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, justify="left" if heading in ("Item", "Person") else "right")
    return table


def _name(analysis: Analysis, item: int) -> str:
    turned = " (reversed)" if analysis.file.items.is_reversed[item] else ""
    return shown(analysis.names[item]) + turned


def _classical_items(analysis: Analysis, classical: Classical) -> Table:
    table = _table(
        "Items in the keyed direction",
        ("Item", "n", "Mean", "SD", "With the rest", "Alpha without"),
    )
    found, low = classical.statistics, analysis.file.items.low
    for item in range(len(analysis.names)):
        table.add_row(
            _name(analysis, item),
            f"{found.n[item]:,}",
            f"{low[item] + found.mean[item]:.2f}",
            f"{found.deviation[item]:.2f}",
            _figure(found.item_rest[item]),
            _figure(found.alpha_without[item]),
        )
    return table


def _graded_items(analysis: Analysis) -> Table:
    how = "estimated" if analysis.is_estimated else "as the file of parameters has them"
    n_steps = analysis.items.threshold.shape[1]
    headings = ["Thresholds"]
    if n_steps <= MOST_STEPS:
        headings = [f"Step {step}" for step in range(1, n_steps + 1)]
    table = _table(
        f"Graded response model, {how}; standard errors in brackets",
        ("Item", "Discrimination", *headings),
    )
    for item in range(len(analysis.names)):
        slope = float(analysis.items.discrimination[item])
        error = float(analysis.discrimination_error[item])
        steps = _steps(analysis, item)
        cells = steps if n_steps <= MOST_STEPS else ["  ".join(steps)]
        table.add_row(_name(analysis, item), _with_error(slope, error), *cells)
    table.caption = f"Log-likelihood {analysis.log_likelihood:,.2f}."
    table.caption_justify = "left"
    return table


def _steps(analysis: Analysis, item: int) -> list[str]:
    thresholds = thresholds_of(analysis.items, item)
    errors = analysis.threshold_error[item, : len(thresholds)].tolist()
    if analysis.items.threshold.shape[1] > MOST_STEPS:
        errors = [math.nan] * len(errors)
    return [_with_error(step, error) for step, error in zip(thresholds, errors, strict=True)]


def _print_people(console: Console, analysis: Analysis) -> None:
    persons = analysis.persons
    if not persons.n:
        return
    table = _table("People", ("Person", "EAP", "Standard error", "Answered"))
    for row in islice(person_rows(analysis), MOST_PEOPLE):
        table.add_row(
            shown(str(row["person"])),
            _figure(float(str(row["eap"])), digits=2),
            _figure(float(str(row["standard_error"])), digits=2),
            str(row["answered"]),
        )
    console.print()
    console.print(table)
    if persons.n > MOST_PEOPLE:
        console.print(f"The first {MOST_PEOPLE} of {persons.n:,} people; --json has all.")
    console.print(
        f"Mean {persons.mean:.2f}, standard deviation {math.sqrt(persons.variance):.2f}, mean "
        f"standard error {math.sqrt(persons.error_variance):.2f}, reliability "
        f"{persons.reliability:.2f}, in standard deviations of the population that the items were "
        "estimated for. A score is where somebody probably stands, never what somebody is."
    )


def _with_error(value: float, error: float) -> str:
    if math.isnan(value):
        return NOT_KNOWN
    said = f"{value:.2f}"
    return said if math.isnan(error) else f"{said} ({error:.2f})"


def _figure(value: float, *, digits: int = 3) -> str:
    return NOT_KNOWN if math.isnan(value) else f"{value:.{digits}f}"
