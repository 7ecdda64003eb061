"""During a case: what the design alone says before the opening, and what more would gain after."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from second_opinion.engine.combination import DEPENDENT_ERRORS
from second_opinion.engine.combination.population import SEPARATE_INTERVIEW_AGREEMENT
from second_opinion.engine.decision import design_facts, range_restricted, worth_of_further_opinions
from second_opinion.ingest.case_file import CaseFile
from second_opinion.ingest.order_file import ChosenBy
from second_opinion.library.validity import DEFAULT_VALUE_SET, VALUE_SETS
from second_opinion.reports.analysis.results import CaseAnalysis
from second_opinion.reports.analysis.worth.assumptions import (
    pay_at_stake,
    sd_ratio_of,
    true_validity,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignAdvice:
    """What the number and dependence of opinions says; nothing here depends on a score.

    opinions : on one candidate
    effective_opinions : how many independent ones they are worth
    reliability : expected, of their mean
    """

    opinions: int
    effective_opinions: float
    reliability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """What an order says of its stakes.

    price : of one opinion on one candidate; yearly_pay : in the same money
    worked_out : of ten people who would have been hired at this point
    """

    price: float
    yearly_pay: float
    worked_out: float


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


def advise_on_design(employers: Sequence[Hashable]) -> DesignAdvice | None:
    """Of the opinions on one candidate, by whom each assessor works for; None without any.

    Two who work for one employer err alike by the planning assumption of the combination.
    """
    if not employers:
        return None
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
        slope=pay_at_stake(stakes.yearly_pay),
        price=stakes.price,
    )
    number = max(found.opinions, 1)
    return FurtherAdvice(
        opinions=found.opinions,
        value=float(found.values[number - 1]),
        cost=stakes.price * number * len(wholes),
        pays_up_to=found.pays_up_to,
    )
