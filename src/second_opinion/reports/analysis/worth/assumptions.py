"""Every figure that an order's worth rests on: stated, from a publication, or assumed by us."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from second_opinion.engine.combination.population import SEPARATE_INTERVIEW_AGREEMENT
from second_opinion.engine.decision.success import (
    BASE_RATE,
    HIGHEST_BASE_RATE,
    LOWEST_BASE_RATE,
    mean_shortfall,
)
from second_opinion.ingest.order_file import Alternative, ChosenBy, Dependence, OrderFile
from second_opinion.library.validity import ValueSet

STRUCTURED_INTERVIEW = "structured_interview"
UNSTRUCTURED_INTERVIEW = "unstructured_interview"
VALIDITY_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "interview": STRUCTURED_INTERVIEW,
        "work sample": "work_sample",
        "reference": "references",
        "questionnaire": "personality_test",
        "test": "cognitive_ability_test",
    }
)
"""A criterion's methods as the value sets name them."""

EVERYTHING: Mapping[str, float] = MappingProxyType({})
"""Every method looks at the whole."""

PANEL_AGREEMENT = 0.74
"""Of two interviewers in one room (Huffcutt, Culbertson and Weyhrauch 2013)."""

_SHARE_OF_PAY, _LEAST_SHARE, _GREATEST_SHARE = 0.4, 0.2, 0.7
_TENURE = 3.0
_STATED_RANGE = 0.5
_EIGHTY_PERCENT = 1.2815515655446004
_LEAST_VALIDITY, _GREATEST_VALIDITY = 0.02, 0.95
_SD_RATIOS = {
    ChosenBy.NOTHING: (1.0, 0.9, 1.0),
    ChosenBy.APPLICATION: (0.9, 0.8, 1.0),
    ChosenBy.SCREENING: (0.8, 0.7, 0.9),
    ChosenBy.TESTS: (0.7, 0.6, 0.8),
}
_SAME_PEOPLE = 0.3
_OWN_IMPRESSION = (PANEL_AGREEMENT - SEPARATE_INTERVIEW_AGREEMENT) / (
    1 - SEPARATE_INTERVIEW_AGREEMENT
)
"""Share of an interview's error that those in one room have in common: .536."""

_PRICE_SHARES = {
    Alternative.OWN_INTERVIEW: 0.25,
    Alternative.REFERENCES: 0.10,
    Alternative.TESTS: 0.20,
}
ONE_CRITERION_PRICE_SHARE = 0.5
DAYS = {
    Alternative.OWN_INTERVIEW: 3.0,
    Alternative.REFERENCES: 2.0,
    Alternative.TESTS: 2.0,
}
SECOND_OPINION_DAYS = 5.0


class Source(StrEnum):
    """Where a figure comes from, when it is not a publication's."""

    STATED = "stated in the order"
    ASSUMED = "planning assumption"


class Assumed(StrEnum):
    """What a figure is of."""

    SLOPE = "worth of one standard deviation of performance"
    BASE_RATE = "base rate"
    VALIDITY = "validity of a perfectly reliable assessment"
    SD_RATIO = "spread of finalists beside applicants"
    RELIABILITY = "reliability of one second opinion"
    DEPENDENCE = "error correlation with the first opinion"
    FIRST_RELIABILITY = "reliability of the first opinion"
    TYPICAL_SURENESS = "typical sureness"
    OWN_INTERVIEW_DEPENDENCE = "error correlation of your own interview"
    OWN_INTERVIEW_PRICE = "price of your own interview"
    REFERENCES_PRICE = "price of references"
    TESTS_PRICE = "price of tests"
    ONE_CRITERION_PRICE = "price of looking at one criterion"
    DAYS = "days that a second opinion takes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One figure with the range it is varied over, and its source in the literature's words."""

    name: Assumed
    value: float
    low: float
    high: float
    source: str

    @property
    def is_stated(self) -> bool:
        return self.source == Source.STATED


def assumptions_of(order: OrderFile, value_set: ValueSet) -> dict[Assumed, Assumption]:
    """All of an order's figures by name."""
    listed = [
        _slope(order),
        _base_rate(order),
        _validity(value_set),
        _sd_ratio(order),
        *_second(order, value_set),
        *_first(order, value_set),
        *_alternatives(order),
    ]
    return {each.name: each for each in listed}


def reliability_of(
    methods: Iterable[str], value_set: ValueSet, *, shares: Mapping[str, float] = EVERYTHING
) -> float:
    """How reliably methods together read the whole that a structured interview reads.

    One whole lies behind all methods; a method with another validity reads it more or less
    clearly. Readings of one whole add up by their odds, r / (1 - r); one of a share of it brings
    that share of its odds.
    """
    whole = true_validity(value_set)
    odds = 0.0
    for method in methods:
        share = min((value_set.methods[method].validity / whole) ** 2, 0.95)
        odds += shares.get(method, 1.0) * share / (1 - share)
    return odds / (1 + odds)


def true_validity(value_set: ValueSet) -> float:
    """Of a perfectly reliable structured interview: its validity over the root of its agreement."""
    interview = value_set.methods[STRUCTURED_INTERVIEW]
    return min(interview.validity / math.sqrt(SEPARATE_INTERVIEW_AGREEMENT), _GREATEST_VALIDITY)


def pay_at_stake(yearly_pay: float) -> float:
    """Worth of one standard deviation of performance over the usual tenure."""
    return yearly_pay * _SHARE_OF_PAY * _TENURE


def _slope(order: OrderFile) -> Assumption:
    """A stated cost decides; then the pay shows how far the answer depends on it."""
    by_pay = _by_pay(order)
    if order.cost_of_wrong_hire is None:
        return by_pay
    value = order.cost_of_wrong_hire / float(mean_shortfall(_base_rate(order).value))
    low, high = value * (1 - _STATED_RANGE), value * (1 + _STATED_RANGE)
    if by_pay.value > 0:
        low, high = min(by_pay.value, value), max(by_pay.value, value)
    return _figure(Assumed.SLOPE, value, low, high, Source.STATED)


def _by_pay(order: OrderFile) -> Assumption:
    years = order.tenure or _TENURE
    if order.sd_performance is not None:
        value = order.sd_performance * years
        low, high = value * (1 - _STATED_RANGE), value * (1 + _STATED_RANGE)
        return _figure(Assumed.SLOPE, value, low, high, Source.STATED)
    paid = (order.yearly_pay or 0.0) * years
    return _figure(
        Assumed.SLOPE,
        paid * _SHARE_OF_PAY,
        paid * _LEAST_SHARE,
        paid * _GREATEST_SHARE,
        "40 % of yearly pay (Schmidt and Hunter 1983), varied from 20 to 70 %",
    )


def _base_rate(order: OrderFile) -> Assumption:
    value = BASE_RATE if order.worked_out is None else order.worked_out / 10
    low, high = order.worked_out_range or (10 * LOWEST_BASE_RATE, 10 * HIGHEST_BASE_RATE)
    return _figure(
        Assumed.BASE_RATE,
        value,
        min(low / 10, value),
        max(high / 10, value),
        Source.ASSUMED if order.worked_out is None else Source.STATED,
    )


def _validity(value_set: ValueSet) -> Assumption:
    interview = value_set.methods[STRUCTURED_INTERVIEW]
    value = true_validity(value_set)
    reach = _EIGHTY_PERCENT * interview.standard_deviation / math.sqrt(SEPARATE_INTERVIEW_AGREEMENT)
    return _figure(
        Assumed.VALIDITY,
        value,
        max(value - reach, min(value, _LEAST_VALIDITY)),
        min(value + reach, _GREATEST_VALIDITY),
        value_set.source,
    )


def sd_ratio_of(chosen_by: ChosenBy) -> float:
    """How much finalists who were chosen so vary beside applicants: our planning assumption."""
    return _SD_RATIOS[chosen_by][0]


def _sd_ratio(order: OrderFile) -> Assumption:
    return _figure(Assumed.SD_RATIO, *_SD_RATIOS[order.chosen_by], Source.ASSUMED)


def _second(order: OrderFile, value_set: ValueSet) -> Iterable[Assumption]:
    second = order.second
    stated = second.reliability
    methods = second.methods or (STRUCTURED_INTERVIEW,)
    reliability = (
        reliability_of(methods, value_set, shares=second.shares) if stated is None else stated
    )
    yield _point(
        Assumed.RELIABILITY,
        reliability,
        "Huffcutt, Culbertson and Weyhrauch (2013), .44 for separate interviews; other methods by "
        "their validity"
        if stated is None
        else Source.STATED,
    )
    yield _dependence(order)
    yield _point(
        Assumed.DAYS,
        SECOND_OPINION_DAYS if second.days is None else second.days,
        Source.ASSUMED if second.days is None else Source.STATED,
    )


def _dependence(order: OrderFile) -> Assumption:
    second = order.second
    if second.error_correlation is not None:
        return _point(Assumed.DEPENDENCE, second.error_correlation, Source.STATED)
    value, source = {
        Dependence.INDEPENDENT: (0.0, str(Source.ASSUMED)),
        Dependence.SAME_EMPLOYER: (_SAME_PEOPLE, str(Source.ASSUMED)),
        Dependence.SAME_TRAINING: (_SAME_PEOPLE, str(Source.ASSUMED)),
        Dependence.SAME_MATERIAL: (
            _OWN_IMPRESSION,
            "(.74 - .44) / (1 - .44), Huffcutt, Culbertson and Weyhrauch (2013)",
        ),
    }[second.dependence]
    return _point(Assumed.DEPENDENCE, value, source)


def _first(order: OrderFile, value_set: ValueSet) -> Iterable[Assumption]:
    if order.first_method is None:
        yield _point(Assumed.FIRST_RELIABILITY, 0.0, Source.STATED)
        return
    yield _point(
        Assumed.FIRST_RELIABILITY,
        reliability_of([order.first_method], value_set),
        f"its validity in {value_set.source}",
    )
    yield _point(Assumed.TYPICAL_SURENESS, 7.5, Source.ASSUMED)


def _alternatives(order: OrderFile) -> Iterable[Assumption]:
    names = {
        Alternative.OWN_INTERVIEW: Assumed.OWN_INTERVIEW_PRICE,
        Alternative.REFERENCES: Assumed.REFERENCES_PRICE,
        Alternative.TESTS: Assumed.TESTS_PRICE,
    }
    for alternative, name in names.items():
        if alternative not in order.not_possible:
            stated = order.prices.get(alternative)
            price = order.second.price * _PRICE_SHARES[alternative] if stated is None else stated
            yield _point(name, price, Source.ASSUMED if stated is None else Source.STATED)
    if Alternative.OWN_INTERVIEW not in order.not_possible:
        yield _point(
            Assumed.OWN_INTERVIEW_DEPENDENCE,
            _OWN_IMPRESSION,
            "planning assumption: as two interviewers in one room, (.74 - .44) / (1 - .44), "
            "Huffcutt, Culbertson and Weyhrauch (2013)",
        )
    yield _point(
        Assumed.ONE_CRITERION_PRICE,
        order.second.price * ONE_CRITERION_PRICE_SHARE,
        Source.ASSUMED,
    )


def _figure(name: Assumed, value: float, low: float, high: float, source: str) -> Assumption:
    return Assumption(name=name, value=value, low=low, high=high, source=str(source))


def _point(name: Assumed, value: float, source: str) -> Assumption:
    return _figure(name, value, value, value, source)
