"""The answer's tables, in words and figures as they are read; for the terminal and the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from second_opinion.reports.analysis.worth import Figure, WorthAnalysis
from second_opinion.reports.writing import numbers
from second_opinion.reports.writing.worth import names
from second_opinion.reports.writing.worth.money import grouped
from second_opinion.reports.writing.worth.text import WorthText

_MONEY = frozenset({Figure.STAKES, Figure.PRICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthTable:
    """One table.

    numeric : places of the columns that hold figures
    """

    caption: str
    columns: tuple[str, ...]
    numeric: frozenset[int]
    rows: tuple[tuple[str, ...], ...]


def worth_tables(
    analysis: WorthAnalysis, text: WorthText, *, language: str
) -> tuple[WorthTable, ...]:
    """What could be done, how many, what moves the answer, and what it rests on."""
    with override(language):
        return (
            _options(analysis, text),
            _numbers(analysis),
            _tornado(analysis, text),
            _assumptions(analysis, text),
        )


def _options(analysis: WorthAnalysis, text: WorthText) -> WorthTable:
    return WorthTable(
        caption=_("What could be done (%(currency)s)") % {"currency": analysis.order.currency},
        columns=(
            _("Option"),
            _("Number"),
            _("Worth"),
            _("Cost"),
            _("Gain"),
            _("Changes the decision"),
            _("Pays up to"),
        ),
        numeric=frozenset(range(1, 7)),
        rows=tuple(
            (
                name,
                str(max(each.opinions, 1)),
                grouped(each.value),
                grouped(each.cost),
                grouped(each.net),
                numbers.percent(each.probability_of_change),
                grouped(each.pays_up_to),
            )
            for name, each in zip(text.options, analysis.worth.options, strict=True)
        ),
    )


def _numbers(analysis: WorthAnalysis) -> WorthTable:
    asked = analysis.worth.options[0]
    places = range(1, len(asked.values) + 1)
    return WorthTable(
        caption=_("Second opinions together"),
        columns=("", *(str(place) for place in places)),
        numeric=frozenset(places),
        rows=(
            (_("Worth"), *(grouped(float(each)) for each in asked.values)),
            (_("Gain"), *(grouped(float(each)) for each in asked.nets)),
        ),
    )


def _tornado(analysis: WorthAnalysis, text: WorthText) -> WorthTable:
    return WorthTable(
        caption=_("What moves the answer: the second opinion's gain at either end"),
        columns=(
            _("What is varied"),
            _("Low"),
            _("High"),
            _("Gain at low"),
            _("Gain at high"),
            _("Advice at low"),
            _("Advice at high"),
        ),
        numeric=frozenset(range(1, 5)),
        rows=tuple(
            (
                name,
                *(_end(swing.figure, end) for end in (swing.low, swing.high)),
                grouped(swing.net_low),
                grouped(swing.net_high),
                names.advice(swing.advice_low),
                names.advice(swing.advice_high),
            )
            for name, swing in zip(text.swings, analysis.worth.tornado, strict=True)
        ),
    )


def _assumptions(analysis: WorthAnalysis, text: WorthText) -> WorthTable:
    rows = []
    for name, each in zip(text.assumptions, analysis.assumptions, strict=True):
        ends = "" if each.low == each.high else f"{_value(each.low)}\N{EN DASH}{_value(each.high)}"
        rows.append((name, _value(each.value), ends, names.source(each.source)))
    return WorthTable(
        caption=_("What it rests on"),
        columns=(_("Figure"), _("Value"), _("Varied"), _("Source")),
        numeric=frozenset({1, 2}),
        rows=tuple(rows),
    )


def _end(figure: Figure, value: float) -> str:
    return grouped(value) if figure in _MONEY else f"{value:.2f}"


def _value(value: float) -> str:
    return grouped(value) if value >= 1000 else f"{value:.2f}"
