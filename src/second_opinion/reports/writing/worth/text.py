"""From the worth of an order to sentences; the first of them is the answer."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from second_opinion.reports.analysis.worth import (
    AdviceKind,
    Assumed,
    OptionKind,
    OptionWorth,
    WorthAnalysis,
)
from second_opinion.reports.writing import numbers
from second_opinion.reports.writing.worth import names
from second_opinion.reports.writing.worth.money import about, exactly

_PROBABLY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthText:
    """The answer in words.

    advice : one or two sentences that stand alone
    reasons : a sentence each: what it rests on, and when it would be another
    options, swings, assumptions : names for the rows of the tables, in the analysis's order
    """

    advice: str
    reasons: tuple[str, ...]
    options: tuple[str, ...]
    swings: tuple[str, ...]
    assumptions: tuple[str, ...]


def write_worth(analysis: WorthAnalysis, *, language: str) -> WorthText:
    """The answer in a language."""
    with override(language):
        return WorthText(
            advice=_advice(analysis),
            reasons=tuple(_reasons(analysis)),
            options=tuple(names.option(each) for each in analysis.worth.options),
            swings=tuple(names.figure(each.figure) for each in analysis.worth.tornado),
            assumptions=tuple(names.assumed(each.name) for each in analysis.assumptions),
        )


def _advice(analysis: WorthAnalysis) -> str:
    worth = analysis.worth
    chosen, asked = worth.options[worth.advice.option], worth.options[0]
    words = {
        "value": about(chosen.value, analysis.order.currency),
        "cost": exactly(chosen.cost, analysis.order.currency),
        "criterion": chosen.name,
        "assessor": analysis.order.first_assessor or _("the first assessor"),
    }
    match worth.advice.kind:
        case AdviceKind.DO_NOT_ORDER:
            return _not_worth_it(asked, words)
        case AdviceKind.ORDER:
            return _worth_it(asked, words)
        case AdviceKind.ASK_SOMEONE_INDEPENDENT:
            first = _(
                "Ask somebody independent of %(assessor)s instead. That is worth about %(value)s "
                "to you and costs %(cost)s."
            )
        case AdviceKind.LOOK_AT_ONE_CRITERION:
            first = _(
                "Have somebody look at %(criterion)s instead, which nobody has seen yet. That is "
                "worth about %(value)s to you and costs %(cost)s."
            )
        case AdviceKind.DO_SOMETHING_CHEAPER:
            first = _cheaper(chosen.kind)
    return f"{first % words} {_the_order_itself(asked, analysis.order.currency)}"


def _not_worth_it(asked: OptionWorth, words: dict[str, str]) -> str:
    if asked.probability_of_change < _PROBABLY:
        first = _("As things stand, a second opinion would probably not change your decision.")
    else:
        first = _("A second opinion may well change your decision, but not for enough.")
    second = _("It is worth about %(value)s to you and costs %(cost)s.")
    return f"{first} {second % words}"


def _worth_it(asked: OptionWorth, words: dict[str, str]) -> str:
    first = ngettext(
        "A second opinion is worth its price here.",
        "%(n)d opinions, taken together, are worth their price here.",
        asked.opinions,
    ) % {"n": asked.opinions}
    second = ngettext(
        "It is worth about %(value)s to you and costs %(cost)s.",
        "They are worth about %(value)s to you and cost %(cost)s.",
        asked.opinions,
    )
    return f"{first} {second % words}"


def _cheaper(kind: OptionKind) -> str:
    return {
        OptionKind.OWN_INTERVIEW: _(
            "Do something cheaper first: interview once more yourselves, with our guide. That is "
            "worth about %(value)s to you and costs %(cost)s."
        ),
        OptionKind.REFERENCES: _(
            "Do something cheaper first: take references. That is worth about %(value)s to you "
            "and costs %(cost)s."
        ),
        OptionKind.TESTS: _(
            "Do something cheaper first: tests only. That is worth about %(value)s to you and "
            "costs %(cost)s."
        ),
    }[kind]


def _the_order_itself(asked: OptionWorth, currency: str) -> str:
    return _("The second opinion you asked about is worth about %(value)s and costs %(cost)s.") % {
        "value": about(asked.value, currency),
        "cost": exactly(asked.cost, currency),
    }


def _reasons(analysis: WorthAnalysis) -> Iterator[str]:
    worth, order = analysis.worth, analysis.order
    yield from _as_known_now(analysis)
    chance = worth.options[worth.advice.option].probability_of_change
    yield _("The answer would change your decision in %(share)s of cases.") % {
        "share": numbers.percent(chance)
    }
    yield _price_limit(analysis)
    if math.isfinite(worth.hires_now.disappoint_of_100) and math.isfinite(
        worth.hires_then.disappoint_of_100
    ):
        yield _across(analysis)
    yield _(
        "Knowing exactly all that assessments can show would be worth about %(value)s: no number "
        "of opinions can be worth more."
    ) % {"value": about(worth.perfect_assessment, order.currency)}
    yield _steadiness(analysis)


def _as_known_now(analysis: WorthAnalysis) -> Iterator[str]:
    base = next(each for each in analysis.assumptions if each.name is Assumed.BASE_RATE)
    for candidate, prior in zip(analysis.order.candidates, analysis.worth.candidates, strict=True):
        yield _(
            "%(name)s: on what is known now, about %(share)s of such hires work out; before "
            "anything was known of the candidate it was %(before)s."
        ) % {
            "name": candidate.name,
            "share": numbers.percent(prior.probability_of_success),
            "before": numbers.percent(base.value),
        }


def _price_limit(analysis: WorthAnalysis) -> str:
    advice, currency = analysis.worth.advice, analysis.order.currency
    if advice.flips_at is None:
        return _("At no price would a second opinion be the better choice.")
    words = {"price": about(advice.flips_at, currency)}
    if advice.kind is AdviceKind.ORDER:
        return _("It stops being the better choice at a price of about %(price)s each.") % words
    return (
        _("A second opinion would be the better choice below a price of about %(price)s each.")
        % words
    )


def _across(analysis: WorthAnalysis) -> str:
    worth = analysis.worth
    return _(
        "Across hires, not about anybody named: of 100 hires made as now about %(now)d would "
        "disappoint; with a second opinion each time about %(then)d."
    ) % {
        "now": round(worth.hires_now.disappoint_of_100),
        "then": round(worth.hires_then.disappoint_of_100),
    }


def _steadiness(analysis: WorthAnalysis) -> str:
    advice, widest = analysis.worth.advice, analysis.worth.tornado[0]
    ends = 2 * len(analysis.worth.tornado)
    return _(
        "The advice is the same in %(same)d of %(ends)d variations of these figures; it depends "
        "most on %(figure)s."
    ) % {
        "same": round(advice.steadiness * ends),
        "ends": ends,
        "figure": names.in_running_text(widest.figure),
    }
