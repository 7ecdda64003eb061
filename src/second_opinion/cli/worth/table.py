"""The advice in the terminal: the sentence first, then what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override
from rich import box
from rich.table import Table

from second_opinion.cli.output import readable
from second_opinion.reports.analysis.worth import Figure
from second_opinion.reports.writing import numbers
from second_opinion.reports.writing.worth import names
from second_opinion.reports.writing.worth.money import grouped

if TYPE_CHECKING:
    from second_opinion.reports.analysis.worth import WorthAnalysis
    from second_opinion.reports.writing.worth import WorthText

_MONEY = frozenset({Figure.STAKES, Figure.PRICE})


def print_worth(analysis: WorthAnalysis, text: WorthText, *, language: str) -> None:
    """The answer on standard output."""
    console = readable()
    with override(language):
        console.print()
        console.print(text.advice)
        console.print()
        for reason in text.reasons:
            console.print(f"- {reason}")
        console.print()
        console.print(_options(analysis, text))
        console.print(_numbers(analysis))
        console.print(_tornado(analysis, text))
        console.print(_assumptions(analysis, text))


def _options(analysis: WorthAnalysis, text: WorthText) -> Table:
    table = _table(_("What could be done (%(currency)s)") % {"currency": analysis.order.currency})
    table.add_column(_("Option"))
    for heading in (
        _("Number"),
        _("Worth"),
        _("Cost"),
        _("Gain"),
        _("Changes the decision"),
        _("Pays up to"),
    ):
        table.add_column(heading, justify="right")
    for name, each in zip(text.options, analysis.worth.options, strict=True):
        table.add_row(
            name,
            str(max(each.opinions, 1)),
            grouped(each.value),
            grouped(each.cost),
            grouped(each.net),
            numbers.percent(each.probability_of_change),
            grouped(each.pays_up_to),
        )
    return table


def _numbers(analysis: WorthAnalysis) -> Table:
    asked = analysis.worth.options[0]
    table = _table(_("Second opinions together"))
    table.add_column("")
    for place in range(1, len(asked.values) + 1):
        table.add_column(str(place), justify="right")
    table.add_row(_("Worth"), *(grouped(float(each)) for each in asked.values))
    table.add_row(_("Gain"), *(grouped(float(each)) for each in asked.nets))
    return table


def _tornado(analysis: WorthAnalysis, text: WorthText) -> Table:
    table = _table(_("What moves the answer: the second opinion's gain at either end"))
    table.add_column(_("What is varied"))
    for heading in (_("Low"), _("High"), _("Gain at low"), _("Gain at high")):
        table.add_column(heading, justify="right")
    table.add_column(_("Advice at low"))
    table.add_column(_("Advice at high"))
    for name, swing in zip(text.swings, analysis.worth.tornado, strict=True):
        is_money = swing.figure in _MONEY
        table.add_row(
            name,
            *(grouped(end) if is_money else f"{end:.2f}" for end in (swing.low, swing.high)),
            grouped(swing.net_low),
            grouped(swing.net_high),
            names.advice(swing.advice_low),
            names.advice(swing.advice_high),
        )
    return table


def _assumptions(analysis: WorthAnalysis, text: WorthText) -> Table:
    table = _table(_("What it rests on"))
    table.add_column(_("Figure"))
    table.add_column(_("Value"), justify="right")
    table.add_column(_("Varied"), justify="right")
    table.add_column(_("Source"))
    for name, each in zip(text.assumptions, analysis.assumptions, strict=True):
        ends = "" if each.low == each.high else f"{_value(each.low)}\N{EN DASH}{_value(each.high)}"
        table.add_row(name, _value(each.value), ends, names.source(each.source))
    return table


def _value(value: float) -> str:
    return grouped(value) if value >= 1000 else f"{value:.2f}"


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
