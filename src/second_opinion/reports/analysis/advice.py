"""During a case: what the design alone says before the opening, and what more would gain after."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.special import ndtri

from second_opinion.engine.combination import DEPENDENT_ERRORS
from second_opinion.engine.combination.population import SEPARATE_INTERVIEW_AGREEMENT
from second_opinion.engine.decision import (
    design_facts,
    range_restricted,
    slope_from_cost,
    worth_of_further_opinions,
)
from second_opinion.engine.decision.success import BASE_RATE
from second_opinion.ingest.case_file import CaseFile
from second_opinion.ingest.order_file import ChosenBy
from second_opinion.library.validity import DEFAULT_VALUE_SET, VALUE_SETS
from second_opinion.reports.analysis.results import CaseAnalysis
from second_opinion.reports.analysis.worth.assumptions import (
    pay_at_stake,
    sd_ratio_of,
    true_validity,
)

SEEN_BY_AN_ASSESSOR = frozenset({"interview", "work sample"})
"""Methods by which an assessor sees for himself or herself; the others report what others saw."""

USUAL_WORKED_OUT = 10 * BASE_RATE
"""Of ten, where an order does not say."""

NO_CRITERIA: Mapping[str, Collection[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignAdvice:
    """What opinions and methods say by themselves; nothing here depends on a score.

    opinions : on one candidate
    effective_opinions : how many independent ones they are worth
    reliability : expected, of their mean
    unobserved : criteria that no assessor will see anything of
    single_source : criteria that one opinion or one other method alone tells of
    """

    opinions: int
    effective_opinions: float = 0.0
    reliability: float = 0.0
    unobserved: tuple[str, ...] = ()
    single_source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """What an order says of its stakes; a cost of a wrong hire decides over the pay.

    price : of one opinion on one candidate
    yearly_pay, cost_of_wrong_hire : in the same money; one of them is needed
    worked_out : of ten people who would have been hired at this point
    """

    price: float
    yearly_pay: float | None = None
    cost_of_wrong_hire: float | None = None
    worked_out: float = USUAL_WORKED_OUT

    @property
    def slope(self) -> float:
        """Worth of one standard deviation of performance."""
        if self.cost_of_wrong_hire:
            return float(slope_from_cost(self.cost_of_wrong_hire, self.worked_out / 10))
        return pay_at_stake(self.yearly_pay or 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherAdvice:
    """What one more round of opinions on every finalist would gain.

    opinions : the best number on each; 0 where none pays
    value, cost : at that number, at one where none pays
    pays_up_to : the price of one opinion at which none would pay any more
    """

    opinions: int
    value: float
    cost: float
    pays_up_to: float


def advise_on_design(
    employers: Sequence[Hashable], methods: Mapping[str, Collection[str]] = NO_CRITERIA
) -> DesignAdvice:
    """Of the opinions on one candidate, by whom each assessor works for, and methods by criterion.

    Two who work for one employer err alike by the planning assumption of the combination. Every
    opinion sees what an interview or a work sample is to measure, or what has no method named; any
    other method is a source of its own.
    """
    seen = {
        name: not named or not SEEN_BY_AN_ASSESSOR.isdisjoint(named)
        for name, named in methods.items()
    }
    unobserved = tuple(name for name, is_seen in seen.items() if not is_seen)
    if not employers:
        return DesignAdvice(opinions=0, unobserved=unobserved)
    same = np.array([[one == other for other in employers] for one in employers])
    correlations = np.where(same, DEPENDENT_ERRORS, 0.0)
    np.fill_diagonal(correlations, 1.0)
    facts = design_facts(
        np.ones((len(employers), 1)), correlations, reliability=SEPARATE_INTERVIEW_AGREEMENT
    )
    return DesignAdvice(
        opinions=len(employers),
        effective_opinions=facts.effective_opinions,
        reliability=facts.reliability,
        unobserved=unobserved,
        single_source=tuple(
            name
            for name, is_seen in seen.items()
            if is_seen * len(employers) + len(set(methods[name]) - SEEN_BY_AN_ASSESSOR) == 1
        ),
    )


def advise_on_further(case: CaseFile, analysis: CaseAnalysis, stakes: Stakes) -> FurtherAdvice:
    """After the opening, from what all opinions together say of every finalist."""
    weights = np.array([criterion.weight for criterion in case.criteria], dtype=np.float64)
    weights /= weights.sum()
    population = analysis.population
    spread = math.sqrt(population.components.whole_true(weights) + population.mean_variance)
    level = float(weights @ population.mean)
    wholes = [candidate.whole.estimate for candidate in analysis.candidates]
    reach = 2 * float(ndtri((1 + analysis.rule.interval_level) / 2))
    found = worth_of_further_opinions(
        [(whole.mean - level) / spread for whole in wholes],
        [(whole.high - whole.low) / reach / spread for whole in wholes],
        error_variance=population.components.whole_error(weights) / spread**2,
        true_validity=float(
            range_restricted(
                true_validity(VALUE_SETS[DEFAULT_VALUE_SET]), sd_ratio_of(ChosenBy.APPLICATION)
            )
        ),
        base_rate=stakes.worked_out / 10,
        slope=stakes.slope,
        price=stakes.price,
    )
    number = max(found.opinions, 1)
    return FurtherAdvice(
        opinions=found.opinions,
        value=float(found.values[number - 1]),
        cost=stakes.price * number * len(wholes),
        pays_up_to=found.pays_up_to,
    )
