"""The worth of an order as plain values, and drawn."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from second_opinion.drawings import Curve, Figure, Interval, Level, draw_curves, draw_forest
from second_opinion.drawings.ruler import signed
from second_opinion.reports.analysis.worth import OptionWorth, Swing, WorthAnalysis
from second_opinion.reports.writing.worth import WorthText
from second_opinion.reports.writing.worth.names import in_running_text

SCHEMA = "second-opinion/worth/1"
_THOUSAND = 1000.0


def worth_figures(analysis: WorthAnalysis, text: WorthText, *, language: str) -> dict[str, Any]:
    """Every figure of the answer, with what it rests on."""
    worth, order = analysis.worth, analysis.order
    return {
        "schema": SCHEMA,
        "role": order.role,
        "language": language,
        "currency": order.currency,
        "advice": {
            **dataclasses.asdict(worth.advice),
            "kind": worth.advice.kind.value,
            "option": worth.options[worth.advice.option].name,
            "sentence": text.advice,
            "reasons": list(text.reasons),
        },
        "options": [_option(each) for each in worth.options],
        "candidates": [
            {"name": candidate.name, **dataclasses.asdict(prior)}
            for candidate, prior in zip(order.candidates, worth.candidates, strict=True)
        ],
        "slope": worth.slope,
        "break_even": worth.break_even,
        "perfect_assessment": worth.perfect_assessment,
        "perfect_foresight": worth.perfect_foresight,
        "hires_now": dataclasses.asdict(worth.hires_now),
        "hires_then": dataclasses.asdict(worth.hires_then),
        "tornado": [_swing(each) for each in worth.tornado],
        "value_set": {
            "name": analysis.value_set.name,
            "year": analysis.value_set.year,
            "source": analysis.value_set.source,
        },
        "assumptions": [
            dataclasses.asdict(each) | {"name": each.name.value, "is_stated": each.is_stated}
            for each in analysis.assumptions
        ],
    }


def worth_drawings(
    analysis: WorthAnalysis, text: WorthText, *, language: str
) -> tuple[Figure, ...]:
    """What moves the answer, and what each number of opinions is worth."""
    with override(language):
        return (_tornado(analysis, text), _by_number(analysis))


def _option(option: OptionWorth) -> dict[str, Any]:
    plain = dataclasses.asdict(option) | {"kind": option.kind.value}
    values, nets = plain.pop("values").tolist(), plain.pop("nets").tolist()
    plain["by_number"] = [
        {"opinions": place, "value": value, "net": net}
        for place, (value, net) in enumerate(zip(values, nets, strict=True), start=1)
    ]
    return plain


def _swing(swing: Swing) -> dict[str, Any]:
    return dataclasses.asdict(swing) | {
        "figure": swing.figure.value,
        "advice_low": swing.advice_low.value,
        "advice_high": swing.advice_high.value,
    }


def _tornado(analysis: WorthAnalysis, text: WorthText) -> Figure:
    worth, currency = analysis.worth, analysis.order.currency
    now = worth.options[0].net
    title = _("The answer depends most on %(figure)s") % {
        "figure": in_running_text(worth.tornado[0].figure)
    }
    description = _(
        "For each figure of the order, how much the second opinion gains after its cost when that "
        "figure alone is varied over its range. The line is no gain."
    )
    columns = (_("What is varied"), _("Low"), _("High"), _("Gain at low"), _("Gain at high"))
    return Figure(
        name="tornado",
        title=title,
        description=description,
        svg=draw_forest(
            title=title,
            description=description,
            ruler_name=_("gain, thousand %(currency)s") % {"currency": currency},
            intervals=[
                _bar(name, swing, now)
                for name, swing in zip(text.swings, worth.tornado, strict=True)
            ],
            identity="worth-tornado",
        ),
        columns=columns,
        rows=tuple(
            (name, swing.low, swing.high, swing.net_low, swing.net_high)
            for name, swing in zip(text.swings, worth.tornado, strict=True)
        ),
    )


def _bar(name: str, swing: Swing, now: float) -> Interval:
    """From the worst to the best that one figure's range leads to; both ends are said."""
    ends = [end / _THOUSAND for end in (swing.net_low, swing.net_high, now)]
    low, high = min(ends), max(ends)
    return Interval(
        label=name,
        value=now / _THOUSAND,
        low=low,
        high=high,
        figure=f"{signed(low, digits=0)}\N{HORIZONTAL ELLIPSIS}{signed(high, digits=0)}",
    )


def _by_number(analysis: WorthAnalysis) -> Figure:
    worth, currency = analysis.worth, analysis.order.currency
    asked = worth.options[0]
    title = (
        ngettext("One second opinion gains most", "%(n)d second opinions gain most", asked.opinions)
        % {"n": asked.opinions}
        if asked.opinions
        else _("No number of second opinions pays")
    )
    description = _(
        "Worth of one, two, three and more second opinions to you before their price, against "
        "what they cost. No number can be worth more than the line on top."
    )
    cost = asked.values - asked.nets
    highest = max(worth.perfect_assessment, float(cost.max())) / _THOUSAND
    return Figure(
        name="by-number",
        title=title,
        description=description,
        svg=draw_curves(
            title=title,
            description=description,
            ruler_name=_("second opinions"),
            height_name=_("thousand %(currency)s") % {"currency": currency},
            curves=[_curve(_("worth"), asked.values), _curve(_("cost"), cost)],
            level=Level(value=worth.perfect_assessment / _THOUSAND, label=_("all there is")),
            high=max(highest * 1.02, 1e-9),
            identity="worth-by-number",
        ),
        columns=(_("Opinions"), _("Worth"), _("Cost")),
        rows=tuple(
            (place, float(value), float(price))
            for place, (value, price) in enumerate(zip(asked.values, cost, strict=True), start=1)
        ),
    )


def _curve(label: str, heights: Iterable[float]) -> Curve:
    points = [(place, float(y) / _THOUSAND) for place, y in enumerate(heights, start=1)]
    return Curve(label=label, points=points)
