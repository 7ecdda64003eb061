"""Advice in the terminal: the sentence first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from second_opinion.cli.output import readable

if TYPE_CHECKING:
    from second_opinion.reports.writing.worth import WorthTable


def print_advice(advice: str, *, reasons: Iterable[str], tables: Iterable[WorthTable]) -> None:
    """On standard output."""
    console = readable()
    console.print()
    console.print(advice)
    console.print()
    for reason in reasons:
        console.print(f"- {reason}")
    console.print()
    for table in tables:
        console.print(_drawn(table))


def _drawn(table: WorthTable) -> Table:
    drawn = Table(title=table.caption, title_justify="left", box=box.SIMPLE_HEAD)
    for place, heading in enumerate(table.columns):
        drawn.add_column(heading, justify="right" if place in table.numeric else "left")
    for row in table.rows:
        drawn.add_row(*row)
    return drawn
