"""Whether one more opinion would pay, in sentences for the coordinator."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from second_opinion.reports.analysis.advice import DesignAdvice, FurtherAdvice
from second_opinion.reports.writing import numbers
from second_opinion.reports.writing.worth.money import about, exactly

_CURRENCY = "SEK"


def on_design(advice: DesignAdvice) -> str:
    """Before the opening: facts of the design, and nothing that was computed from a score."""
    return " ".join([_of_opinions(advice), *_of_criteria(advice)])


def _of_criteria(advice: DesignAdvice) -> Iterator[str]:
    if advice.unobserved:
        yield ngettext(
            "Nobody will observe %(criteria)s: no interview and no work sample is to measure it.",
            "Nobody will observe %(criteria)s: no interview and no work sample is to measure them.",
            len(advice.unobserved),
        ) % {"criteria": numbers.listed(advice.unobserved)}
    if advice.single_source:
        yield ngettext(
            "A single source tells of %(criteria)s: what it misses, nobody sees. A second method "
            "or a further opinion would.",
            "A single source each tells of %(criteria)s: what it misses, nobody sees. A second "
            "method or a further opinion would.",
            len(advice.single_source),
        ) % {"criteria": numbers.listed(advice.single_source)}


def _of_opinions(advice: DesignAdvice) -> str:
    if not advice.opinions:
        return _("Nobody is engaged yet.")
    if advice.opinions == 1:
        return _(
            "There is one opinion on each candidate. Its reliability is expected to be about "
            "%(reliability)s; a second, independent one would lift it more than anything else."
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
        "The order does not say the price, or neither the pay nor what a wrong hire would cost, "
        "so what one more opinion would be worth cannot be reckoned."
    )


def with_usual_base_rate() -> str:
    return _("The order does not say how many usually work out, so six of ten is assumed.")
