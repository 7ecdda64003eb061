"""Where ratings vary and how many are enough, as tables and in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich import box
from rich.table import Table

from second_opinion.cli.generalizability_answer import Decision, named, numbered
from second_opinion.cli.output import readable
from second_opinion.engine.generalizability import Enough, Study

NOT_KNOWN = "–"
ROUGH_CANDIDATES = 20


def print_study(study: Study, decision: Decision) -> None:
    """The study on standard output."""
    console = readable()
    console.print()
    console.print(_components(study))
    for sentence in _sentences(study, decision):
        console.print(sentence, soft_wrap=False)
    console.print()
    console.print(_decision(decision))
    for one in decision.enough:
        console.print(_enough(one, study, decision))


def _components(study: Study) -> Table:
    table = Table(
        title=f"Variance of {study.design.notation}", title_justify="left", box=box.SIMPLE_HEAD
    )
    table.add_column("Effect")
    for heading in ("Levels", "Variance", "Standard error", "Share"):
        table.add_column(heading, justify="right")
    total = sum(one.variance for one in study.components)
    for one in study.components:
        table.add_row(
            one.name,
            f"{one.n_levels:,}",
            f"{one.variance:.6f}",
            "boundary: zero" if one.is_boundary else f"{one.standard_error:.6f}",
            f"{100 * one.variance / total:.0f} %",
        )
    return table


def _sentences(study: Study, decision: Decision) -> Iterator[str]:
    now = decision.now
    sizes = ", ".join(numbered(facet, round(size, 2)) for facet, size in now.sizes.items())
    yield (
        f"With {sizes} as rated: G {now.g_coefficient:.3f} (order of candidates), "
        f"phi {now.phi:.3f} (their level)."
    )
    if decision.fixed:
        yield f"Fixed: {', '.join(named(facet) for facet in decision.fixed)}."
    if not study.converged:
        yield "The estimate did not converge; do not read these figures."
    for one in study.components:
        if one.name == study.design.facets[0] and one.n_levels < ROUGH_CANDIDATES:
            yield (f"Only {one.n_levels} candidates: G and phi are rough below {ROUGH_CANDIDATES}.")
    yield from study.notes


def _decision(decision: Decision) -> Table:
    """G and phi, a row for each number of the main facet, two columns for each beside it."""
    table = Table(title="How many are enough", title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column(named(decision.main).capitalize(), justify="right")
    by_row: dict[float, list[str]] = {}
    for row in decision.rows:
        beside = decision.beside
        heading = numbered(beside, row.sizes[beside]) if beside else "G    phi"
        if heading not in [column.header for column in table.columns]:
            table.add_column(heading, justify="right")
        figures = f"{_figure(row.g_coefficient)}  {_figure(row.phi)}"
        by_row.setdefault(row.sizes[decision.main], []).append(figures)
    for number, cells in sorted(by_row.items()):
        table.add_row(f"{number:g}", *cells[: len(table.columns) - 1])
    return table


def _enough(one: Enough, study: Study, decision: Decision) -> str:
    others = [
        numbered(facet, round(size, 2)) for facet, size in study.sizes.items() if facet != one.facet
    ]
    beside = f", with {' and '.join(others)}" if others else ""
    return (
        f"For {decision.target:g}{beside}: {_number(one.for_order, one.facet)} for the order, "
        f"{_number(one.for_level, one.facet)} for the level."
    )


def _number(number: int | None, facet: str) -> str:
    return f"no number of {named(facet)}" if number is None else numbered(facet, number)


def _figure(value: float) -> str:
    return NOT_KNOWN if math.isnan(value) else f"{value:.3f}"
