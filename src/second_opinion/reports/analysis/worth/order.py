"""From an order file to the engine's order, and to its worth."""

from __future__ import annotations

from dataclasses import dataclass

from second_opinion.engine.combination import planning_components
from second_opinion.engine.decision.worth import (
    Between,
    Option,
    OptionKind,
    Order,
    Worth,
    standing_from_sureness,
    worth_of_opinions,
)
from second_opinion.ingest.order_file import Alternative, OrderFile
from second_opinion.library.validity import VALUE_SETS, ValueSet
from second_opinion.reports.analysis.worth.assumptions import (
    DAYS,
    STRUCTURED_INTERVIEW,
    Assumed,
    Assumption,
    assumptions_of,
    reliability_of,
)

MOST_SECOND_OPINIONS = 6
_ALTERNATIVES = (
    (Alternative.OWN_INTERVIEW, OptionKind.OWN_INTERVIEW, STRUCTURED_INTERVIEW),
    (Alternative.REFERENCES, OptionKind.REFERENCES, "references"),
    (Alternative.TESTS, OptionKind.TESTS, "cognitive_ability_test"),
)
_PRICE = {
    Alternative.OWN_INTERVIEW: Assumed.OWN_INTERVIEW_PRICE,
    Alternative.REFERENCES: Assumed.REFERENCES_PRICE,
    Alternative.TESTS: Assumed.TESTS_PRICE,
}

Figures = dict[Assumed, Assumption]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthAnalysis:
    """An order, what its worth rests on, and the worth."""

    order: OrderFile
    value_set: ValueSet
    assumptions: tuple[Assumption, ...]
    worth: Worth


def worth_of_order(order: OrderFile) -> WorthAnalysis:
    """Deterministic and quick: a page may call it at every move of a slider."""
    value_set = VALUE_SETS[order.value_set]
    figures = assumptions_of(order, value_set)
    components = planning_components()
    candidate = components.candidate + components.candidate_by_criterion
    error = components.severity + components.halo + components.residual
    asked = Order(
        slope=_between(figures[Assumed.SLOPE]),
        base_rate=_between(figures[Assumed.BASE_RATE]),
        true_validity=_between(figures[Assumed.VALIDITY]),
        sd_ratio=_between(figures[Assumed.SD_RATIO]),
        first_reliability=figures[Assumed.FIRST_RELIABILITY].value,
        standing=_standings(order),
        weights=tuple(criterion.weight for criterion in order.criteria) or (1.0,),
        is_observed=tuple(criterion.is_observed for criterion in order.criteria) or (True,),
        specific_share=components.candidate_by_criterion / candidate,
        residual_share=components.residual / error,
        options=_options(order, figures, value_set),
    )
    return WorthAnalysis(
        order=order,
        value_set=value_set,
        assumptions=tuple(figures.values()),
        worth=worth_of_opinions(asked),
    )


def _between(figure: Assumption) -> Between:
    return Between(value=figure.value, low=figure.low, high=figure.high)


def _standings(order: OrderFile) -> tuple[float, ...]:
    """The typical answer where the orderer gave none, or has no opinion yet."""
    return tuple(
        0.0
        if candidate.sureness is None or order.first_method is None
        else float(standing_from_sureness(candidate.would_hire, candidate.sureness))
        for candidate in order.candidates
    )


def _options(order: OrderFile, figures: Figures, value_set: ValueSet) -> tuple[Option, ...]:
    asked = _second_opinion(order, figures)
    options = [asked, *_independent(order, asked), *_criteria(order, figures, asked)]
    for alternative, kind, method in _ALTERNATIVES:
        if alternative in order.not_possible:
            continue
        own = kind is OptionKind.OWN_INTERVIEW and order.first_method is not None
        options.append(
            Option(
                name=alternative.value,
                kind=kind,
                reliability=reliability_of([method], value_set),
                error_correlation=figures[Assumed.OWN_INTERVIEW_DEPENDENCE].value if own else 0.0,
                price=figures[_PRICE[alternative]].value,
                delay_cost=DAYS[alternative] * order.delay_per_day,
            )
        )
    return tuple(options)


def _second_opinion(order: OrderFile, figures: Figures) -> Option:
    return Option(
        name="second_opinion",
        kind=OptionKind.SECOND_OPINION,
        reliability=figures[Assumed.RELIABILITY].value,
        error_correlation=figures[Assumed.DEPENDENCE].value,
        price=order.second.price,
        delay_cost=figures[Assumed.DAYS].value * order.delay_per_day,
        most=order.second.most or MOST_SECOND_OPINIONS,
    )


def _independent(order: OrderFile, asked: Option) -> list[Option]:
    """The same from somebody whose errors do not go with the first assessor's."""
    if order.first_method is None or asked.error_correlation == 0:
        return []
    return [
        Option(
            name=OptionKind.INDEPENDENT_ASSESSOR.value,
            kind=OptionKind.INDEPENDENT_ASSESSOR,
            reliability=asked.reliability,
            price=asked.price,
            delay_cost=asked.delay_cost,
            most=asked.most,
        )
    ]


def _criteria(order: OrderFile, figures: Figures, asked: Option) -> list[Option]:
    """A look at each criterion that the first opinion saw nothing of."""
    if len(order.criteria) < 2:
        return []
    return [
        Option(
            name=criterion.name,
            kind=OptionKind.ONE_CRITERION,
            reliability=asked.reliability,
            error_correlation=asked.error_correlation,
            price=figures[Assumed.ONE_CRITERION_PRICE].value,
            delay_cost=asked.delay_cost,
            criterion=place,
        )
        for place, criterion in enumerate(order.criteria)
        if not criterion.is_observed
    ]
