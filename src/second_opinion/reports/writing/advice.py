"""Whether one more opinion would pay, in sentences for the coordinator."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from second_opinion.reports.analysis.advice import DesignAdvice, FurtherAdvice
from second_opinion.reports.writing import numbers
from second_opinion.reports.writing.worth.money import about, exactly

_CURRENCY = "SEK"


def on_design(advice: DesignAdvice | None) -> str:
    """Before the opening: facts of the design, and nothing that was computed from a score."""
    if advice is None:
        return _("Nobody is engaged yet: every criterion still lacks both of its two sources.")
    if advice.opinions == 1:
        return _(
            "One opinion on each candidate leaves every criterion with a single source. Its "
            "reliability is expected to be about %(reliability)s; a second, independent one "
            "would lift it more than anything else."
        ) % {"reliability": numbers.points(advice.reliability, decimals=2)}
    return ngettext(
        "%(n)d opinion on each candidate is worth %(effective)s independent ones; together their "
        "reliability is expected to be about %(reliability)s.",
        "%(n)d opinions on each candidate are worth %(effective)s independent ones; together "
        "their reliability is expected to be about %(reliability)s.",
        advice.opinions,
    ) % {
        "n": advice.opinions,
        "effective": numbers.points(advice.effective_opinions),
        "reliability": numbers.points(advice.reliability, decimals=2),
    }


def on_further(advice: FurtherAdvice) -> str:
    """After the opening: a further opinion is a new round, asked of everybody alike."""
    words = {
        "n": advice.opinions,
        "value": about(advice.value, _CURRENCY),
        "cost": exactly(advice.cost, _CURRENCY),
        "price": about(advice.pays_up_to, _CURRENCY),
    }
    if not advice.opinions:
        return (
            _(
                "One more opinion would not pay: it is worth about %(value)s to the client and "
                "costs %(cost)s."
            )
            % words
        )
    return (
        ngettext(
            "One more opinion on each candidate would pay: it is worth about %(value)s to the "
            "client and costs %(cost)s. It stops paying at a price of about %(price)s each.",
            "%(n)d more opinions on each candidate would pay together: they are worth about "
            "%(value)s to the client and cost %(cost)s. They stop paying at a price of about "
            "%(price)s each.",
            advice.opinions,
        )
        % words
    )


def without_stakes() -> str:
    return _(
        "The order says nothing of price, pay and how many usually work out, so what one more "
        "opinion would be worth cannot be reckoned."
    )
