"""A calibration's tables on the terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from rich import box
from rich.table import Table

from second_opinion.cli.calibration.calibration import Calibration, points_in_words
from second_opinion.cli.calibration.reading import place_of, scatter_of
from second_opinion.cli.calibration.words import plural
from second_opinion.cli.output import shown
from second_opinion.drawings.ruler import signed

if TYPE_CHECKING:
    from second_opinion.engine.facets.tables import ElementTable

NOT_KNOWN = "–"
_MOST_ROWS = 30  # of a facet without --full: half of them from each end
_MEASURES = {"candidate": "Ability", "assessor": "Severity", "criterion": "Difficulty"}


def table_of_elements(
    calibration: Calibration, name: str, elements: ElementTable, *, full: bool
) -> Table:
    """One facet, the highest measure on top; of a long one the middle only in full."""
    table = _table(plural(name).capitalize())
    _add_names(table, name.capitalize(), elements.label)
    headings = ["Ratings", "Mean", "Fair", _MEASURES.get(name, "Measure")]
    if calibration.has_intervals:
        headings += ["SE", "95 % interval"] if full else ["95 % interval"]
    headings += ["Infit", "z", "Outfit", "z", "r", "r exp."] if full else ["Infit"]
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    order = np.argsort(-np.nan_to_num(elements.measure, nan=-np.inf), kind="stable").tolist()
    kept = order if full or len(order) <= _MOST_ROWS else order[: _MOST_ROWS // 2]
    rows = [_element(calibration, name, elements, row, full=full) for row in kept]
    if len(kept) < len(order):
        rows.append([f"… {len(order) - _MOST_ROWS:,} between …"])
        rows += [
            _element(calibration, name, elements, row, full=full)
            for row in order[-(_MOST_ROWS // 2) :]
        ]
    if any(row[-1] for row in rows if len(row) > 1):
        longest = max(len(row[-1]) for row in rows if len(row) > 1)
        table.add_column("Reads as", no_wrap=True, min_width=longest)
    else:
        rows = [row[:-1] or row for row in rows]
    for cells in rows:
        table.add_row(*cells)
    return table


def _element(
    calibration: Calibration, name: str, elements: ElementTable, row: int, *, full: bool
) -> list[str]:
    measure, error = float(elements.measure[row]), float(elements.standard_error[row])
    cells = [
        shown(elements.label[row]),
        f"{elements.count[row]:,}",
        _figure(float(elements.observed_mean[row])),
        _figure(float(elements.fair_average[row])),
        _signed(measure),
    ]
    if calibration.has_intervals:
        low, high = calibration.interval(name, row, measure, error)
        between = (
            NOT_KNOWN
            if low is None or high is None
            else f"{signed(low, digits=2)} to {signed(high, digits=2)}"
        )
        cells += [_figure(error), between] if full else [between]
    fit = [elements.infit, elements.infit_z, elements.outfit, elements.outfit_z]
    fit += [elements.point_measure, elements.point_measure_expected]
    chosen = fit if full else [elements.infit]
    cells += [_figure(float(column[row])) for column in chosen]
    words = [scatter_of(float(elements.infit[row]), float(elements.infit_z[row]))]
    if name != "candidate" and calibration.has_intervals:
        words.insert(0, place_of(name, measure, error))
    return [*cells, ", ".join(filter(None, words))]


def score_table(calibration: Calibration) -> Table:
    """How each score was used, and where its step lies."""
    categories = calibration.tables.categories
    table = _table("Scores")
    owners = {
        "Criterion": categories.criterion,
        "Assessor": categories.assessor,
    }
    whose = {heading: names for heading, names in owners.items() if any(names)}
    for heading, names in whose.items():
        _add_names(table, heading, [name or "" for name in names])
    for heading in ("Score", "Given", "Share", "Mean place", "Expected", "Outfit", "Step", "SE"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in range(len(categories)):
        error = float(categories.standard_error[row])
        table.add_row(
            *(shown(names[row] or "") for names in whose.values()),
            points_in_words(float(categories.points[row])),
            f"{categories.count[row]:,}",
            f"{100 * categories.share[row]:.0f} %",
            _signed(float(categories.average[row])),
            _signed(float(categories.expected_average[row])),
            _figure(float(categories.outfit[row])),
            _signed(float(categories.threshold[row])),
            _figure(error) if calibration.has_intervals else NOT_KNOWN,
        )
    return table


def full_tables(calibration: Calibration) -> Iterator[Table]:
    """What else readers of many-facet output look for."""
    yield _separations(calibration)
    yield _agreement(calibration)
    yield from _bias(calibration)
    if len(calibration.tables.displacement):
        yield _displacement(calibration)


def _separations(calibration: Calibration) -> Table:
    table = _table("Separation")
    table.add_column("Facet")
    for heading in ("SD", "Error", "True SD", "Separation", "Strata", "Reliability"):
        table.add_column(heading, justify="right", no_wrap=True)
    for heading in ("Alike? chi²", "df", "p", "Normal? chi²", "df", "p"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, one in calibration.tables.separation.items():
        figures = (
            one.standard_deviation,
            one.error,
            one.true_standard_deviation,
            one.separation,
            one.strata,
            one.reliability,
        )
        table.add_row(
            name,
            *map(_figure, figures),
            _figure(one.fixed_chi_square, digits=1),
            str(one.fixed_degrees),
            _figure(one.fixed_probability),
            _figure(one.random_chi_square, digits=1),
            str(one.random_degrees),
            _figure(one.random_probability),
        )
    return table


def _agreement(calibration: Calibration) -> Table:
    agreement = calibration.tables.agreement
    table = _table("Agreement of each assessor with the others")
    _add_names(table, "Assessor", agreement.label)
    for heading in ("Pairs", "Same score", "Expected", "Correlation with the rest"):
        table.add_column(heading, justify="right")
    for row, label in enumerate(agreement.label):
        table.add_row(
            shown(label),
            f"{agreement.opportunities[row]:,}",
            _percent(float(agreement.observed[row])),
            _percent(float(agreement.expected[row])),
            _figure(float(agreement.single_rest[row])),
        )
    return table


_MOST_PAIRS = 40


def _bias(calibration: Calibration) -> Iterator[Table]:
    for bias in calibration.tables.interactions:
        surprise = np.nan_to_num(np.abs(bias.t), nan=-1.0)
        order = [row for row in np.argsort(-surprise, kind="stable").tolist() if surprise[row] >= 2]
        p = _figure(bias.probability)
        table = _table(
            f"Bias, {bias.facets}: {len(order)} of {len(bias)} pairs beyond t = 2; all together "
            f"chi-square {bias.chi_square:.1f} on {bias.degrees:.1f} degrees, p = {p}"
        )
        for heading, names in zip(bias.facets.split(" x "), (bias.first, bias.second), strict=True):
            _add_names(table, heading.capitalize(), names)
        for heading in ("Ratings", "Mean", "Expected", "Size", "SE", "t"):
            table.add_column(heading, justify="right", no_wrap=True)
        for row in order[:_MOST_PAIRS]:
            table.add_row(
                shown(bias.first[row]),
                shown(bias.second[row]),
                f"{bias.count[row]:,}",
                _figure(float(bias.observed[row])),
                _figure(float(bias.expected[row])),
                _signed(float(bias.size[row])),
                _figure(float(bias.standard_error[row])),
                _signed(float(bias.t[row])),
            )
        yield table


def _displacement(calibration: Calibration) -> Table:
    moved = calibration.tables.displacement
    table = _table("Anchors: how far each would move if it were let go")
    table.add_column("Facet")
    _add_names(table, "Label", moved.label)
    for heading in ("Anchor", "Displacement", "SE", "t"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in range(len(moved)):
        figures = (moved.anchor[row], moved.displacement[row])
        table.add_row(
            moved.facet[row],
            shown(moved.label[row]),
            *(_signed(float(value)) for value in figures),
            _figure(float(moved.standard_error[row])),
            _signed(float(moved.t[row])),
        )
    return table


def _add_names(table: Table, heading: str, names: Sequence[str]) -> None:
    """A column of names, wide enough for most of them; a long one goes on below."""
    longest = max(map(len, (heading, *names)))
    table.add_column(heading, overflow="fold", min_width=min(longest, _LONGEST_NAME))


_LONGEST_NAME = 22


def _table(title: str) -> Table:
    return Table(title=shown(title), title_justify="left", box=box.SIMPLE_HEAD)


def _figure(value: float, *, digits: int = 2) -> str:
    return f"{value:.{digits}f}".replace("-", "−") if math.isfinite(value) else NOT_KNOWN


def _signed(value: float) -> str:
    return signed(value, digits=2) if math.isfinite(value) else NOT_KNOWN


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %" if math.isfinite(value) else NOT_KNOWN
