"""A plan file's figures: which method on which criterion, and what each minute buys."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from scipy.special import ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination import planning_population
from second_opinion.engine.decision import range_restricted
from second_opinion.engine.decision.plan import Measure, Plan, plan_as_chosen, plan_assessment
from second_opinion.engine.decision.plan.choice import UNLIMITED
from second_opinion.engine.ratings import Scale
from second_opinion.ingest.order_file import ChosenBy
from second_opinion.ingest.plan_file import MethodEntry, PlanFile
from second_opinion.library.validity import DEFAULT_VALUE_SET, VALUE_SETS
from second_opinion.reports.analysis.worth.assumptions import (
    pay_at_stake,
    sd_ratio_of,
    true_validity,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One method on one criterion, by name; minutes and price as the file has them."""

    method: str
    criterion: str
    minutes: float
    price: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnalysis:
    """A plan with what it was chosen from.

    offered : what could be done, as `plan.measures` counts
    expected : where the whole is believed to lie now, score points
    slope : money for one score point of the whole; 1 where the risk stays in score points
    is_money : whether the risk is in the file's currency
    """

    file: PlanFile
    offered: tuple[Offered, ...]
    plan: Plan
    expected: float
    slope: float
    is_money: bool

    @property
    def taken_away(self) -> float:
        """Share of the whole's variance that the plan takes away, 0 to 1."""
        before = self.plan.variance_before
        return 1 - self.plan.variance / before if before > 0 else 0.0

    @property
    def reach(self) -> float:
        """Half of the 80 % interval of the whole after the plan, score points."""
        return float(ndtri(0.9)) * math.sqrt(self.plan.variance)


def analyse_plan(file: PlanFile) -> PlanAnalysis:
    """The best plan within the limits, from what is believed of a criterion before anything."""
    asked = _asked(file)
    plan = plan_assessment(
        **asked.model,
        minutes=file.minutes,
        price=UNLIMITED if file.price is None else file.price,
        sources=file.sources,
    )
    return _analysis(file, asked, plan)


def analyse_choice(file: PlanFile, chosen: Collection[tuple[str, str]]) -> PlanAnalysis:
    """The same of what somebody has chosen, by method and criterion."""
    asked = _asked(file)
    places = [
        place for place, one in enumerate(asked.offered) if (one.method, one.criterion) in chosen
    ]
    return _analysis(
        file, asked, plan_as_chosen(**asked.model, chosen=places, sources=file.sources)
    )


class _Model(TypedDict):
    weights: Floats
    variances: Floats
    measures: list[Measure]
    mean: float
    threshold: float
    slope: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """model : what the engine plans from; offered : its measures by name"""

    model: _Model
    offered: tuple[Offered, ...]


def _asked(file: PlanFile) -> _Asked:
    """A criterion's truth varies as in the planning defaults of the combination; a reliability is
    turned into an error variance against that.
    """
    scale = Scale(file.scale_low, file.scale_high)
    population = planning_population((scale,))
    components = population.components
    variance = components.candidate + components.candidate_by_criterion + population.mean_variance
    weights = np.array([criterion.weight for criterion in file.criteria], dtype=np.float64)
    weights /= weights.sum()
    expected = float(population.mean[0]) if file.expected is None else file.expected
    whole = components.whole_true(weights) + population.mean_variance
    slope = 1.0 if file.yearly_pay is None else _money(file.yearly_pay) / math.sqrt(whole)
    names = [criterion.name for criterion in file.criteria]
    pairs = [(method, name) for method in file.methods for name in method.criteria]
    return _Asked(
        model={
            "weights": weights,
            "variances": np.full(len(names), variance),
            "measures": [_measure(method, names.index(name), variance) for method, name in pairs],
            "mean": expected,
            "threshold": file.bar,
            "slope": slope,
        },
        offered=tuple(
            Offered(method=one.name, criterion=name, minutes=one.minutes, price=one.price)
            for one, name in pairs
        ),
    )


def _analysis(file: PlanFile, asked: _Asked, plan: Plan) -> PlanAnalysis:
    return PlanAnalysis(
        file=file,
        offered=asked.offered,
        plan=plan,
        expected=asked.model["mean"],
        slope=asked.model["slope"],
        is_money=file.yearly_pay is not None,
    )


def _measure(method: MethodEntry, criterion: int, variance: float) -> Measure:
    return Measure(
        method=method.name,
        criterion=criterion,
        error_variance=_error_variance(method, variance),
        minutes=method.minutes,
        price=method.price,
    )


def _money(yearly_pay: float) -> float:
    """Of one standard deviation of the whole: what it foretells of performance, over the tenure."""
    validity = range_restricted(
        true_validity(VALUE_SETS[DEFAULT_VALUE_SET]), sd_ratio_of(ChosenBy.APPLICATION)
    )
    return float(validity) * pay_at_stake(yearly_pay)


def _error_variance(method: MethodEntry, variance: float) -> float:
    if method.standard_error is not None:
        return method.standard_error**2
    reliability = method.reliability or 0.0
    return variance * (1 - reliability) / reliability
