"""The advice in the terminal: the sentence first, then what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from second_opinion.cli.output import readable
from second_opinion.reports.writing.worth import worth_tables

if TYPE_CHECKING:
    from second_opinion.reports.analysis.worth import WorthAnalysis
    from second_opinion.reports.writing.worth import WorthTable, WorthText


def print_worth(analysis: WorthAnalysis, text: WorthText, *, language: str) -> None:
    """The answer on standard output."""
    console = readable()
    console.print()
    console.print(text.advice)
    console.print()
    for reason in text.reasons:
        console.print(f"- {reason}")
    console.print()
    for table in worth_tables(analysis, text, language=language):
        console.print(_drawn(table))


def _drawn(table: WorthTable) -> Table:
    drawn = Table(title=table.caption, title_justify="left", box=box.SIMPLE_HEAD)
    for place, heading in enumerate(table.columns):
        drawn.add_column(heading, justify="right" if place in table.numeric else "left")
    for row in table.rows:
        drawn.add_row(*row)
    return drawn
