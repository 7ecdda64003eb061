"""A case's conclusions as tables in the terminal: every figure with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich import box
from rich.table import Table

from second_opinion.cli.output import readable, shown


def print_conclusions(figures: Mapping[str, Any]) -> None:
    """The figures of `--json`, for a reader."""
    console = readable()
    whole = _table("What the evidence says")
    for heading in ("Candidate", "Conclusion"):
        whole.add_column(heading)
    for heading in ("Whole", "Likely between", "P(above bar)"):
        whole.add_column(heading, justify="right")
    for candidate in figures["candidates"]:
        whole.add_row(
            shown(candidate["name"]),
            candidate["conclusion"],
            *_whole(candidate),
        )
    console.print(whole)
    for candidate in figures["candidates"]:
        console.print(_criteria(candidate))
    for candidate in figures["candidates"]:
        if candidate["works_out"]:
            works_out = candidate["works_out"]
            console.print(
                f"{shown(candidate['name'])}: works out in the role, now {works_out['now']:.2f}, "
                f"before {works_out['before']:.2f}."
            )
    console.print(
        "Likely between: in four cases of five the truth lies there. -o report.pdf writes the "
        "report with evidence, differences and method."
    )


def _whole(candidate: Mapping[str, Any]) -> tuple[str, str, str]:
    if candidate["whole"] is None:
        return ("too little known", "", "")
    return (*_estimate(candidate["whole"]), f"{candidate['probability_above_bar']:.2f}")


def _criteria(candidate: Mapping[str, Any]) -> Table:
    table = _table(candidate["name"])
    table.add_column("Criterion")
    for heading in ("Opinions", "Combined", "Likely between"):
        table.add_column(heading, justify="right")
    for criterion in candidate["criteria"]:
        observed = criterion["opinions"] + criterion["readings"] > 0
        table.add_row(
            shown(criterion["name"]),
            str(criterion["opinions"]) if observed else "not observed",
            *(_estimate(criterion) if observed else ("", "")),
        )
    return table


def _table(title: str) -> Table:
    return Table(title=shown(title), title_justify="left", box=box.SIMPLE_HEAD)


def _estimate(figures: Mapping[str, Any]) -> tuple[str, str]:
    return f"{figures['mean']:.1f}", f"{figures['low']:.1f} to {figures['high']:.1f}"
