"""Selection arithmetic in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich import box
from rich.table import Table

from second_opinion.cli.output import readable


def print_utility(answer: Mapping[str, Any]) -> None:
    """The figures of `--json`, for a reader."""
    console = readable()
    table = Table(title="What it gives", title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column("Figure")
    table.add_column("Value", justify="right")
    for name, value in _rows(answer):
        table.add_row(name, value)
    console.print(table)
    console.print(_expectancy(answer["expectancy"]))
    console.print(
        "Validities come from applicants and supervisors' ratings, mostly North American; "
        "finalists differ less (--sd-ratio). Methods: docs/methods/selection-arithmetic.md."
    )


def _rows(answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    validity, best, across = answer["validity"], answer["best_of_finalists"], answer["across_hires"]
    names = {
        "of_one": "Validity of one opinion",
        "reliability": "Reliability of the mean of the opinions",
        "of_mean": "Validity of the mean of the opinions",
        "among_finalists": "Validity among finalists",
    }
    for key, name in names.items():
        if key in validity:
            yield name, f"{validity[key]:.3f}"
    yield "Right order of two people", f"{answer['right_order']:.3f}"
    if "selection" in answer:
        yield from _selection(answer["selection"])
    many = "1 finalist" if best["finalists"] == 1 else f"best of {best['finalists']} finalists"
    yield f"Mean performance gained, {many} (SD)", f"{best['gain']:.3f}"
    yield (
        "The same with the option of hiring nobody (SD)",
        (f"{best['gain_with_the_option_of_none']:.3f}"),
    )
    yield (
        "Of 100 hires, disappoint without the procedure",
        (f"{across['disappoint_of_100_before']:.0f}"),
    )
    yield "Of 100 hires made by it, disappoint", f"{across['disappoint_of_100']:.0f}"
    if "money" in answer:
        yield "Gain in money, costs taken off", f"{answer['money']['gain']:,.0f}"


def _selection(selection: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    yield "Success among the selected (Taylor-Russell)", f"{selection['success']:.3f}"
    yield "The same with what is done today", f"{selection['success_before']:.3f}"
    yield "Mean standing of the selected (SD)", f"{selection['mean_standing']:.3f}"
    yield (
        "Mean performance of the selected (Naylor-Shine, SD)",
        (f"{selection['mean_performance']:.3f}"),
    )


def _expectancy(bands: list[Mapping[str, float]]) -> Table:
    table = Table(
        title="Success by fifth of the scores, 80 % interval of the validity",
        title_justify="left",
        box=box.SIMPLE_HEAD,
    )
    for heading in ("Fifth, from the lowest", "Succeed", "Between"):
        table.add_column(heading, justify="right")
    for band in bands:
        table.add_row(
            str(band["band"]),
            f"{band['success']:.0%}",
            f"{band['low']:.0%} to {band['high']:.0%}",
        )
    return table
