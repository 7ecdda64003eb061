"""An assessment plan as plain values: `second-opinion/plan/1`."""

from __future__ import annotations

import math
from typing import Any

from second_opinion.reports.analysis.plan import PlanAnalysis
from second_opinion.reports.writing.plan import PlanText

SCHEMA = "second-opinion/plan/1"


def plan_figures(analysis: PlanAnalysis, text: PlanText, *, language: str) -> dict[str, Any]:
    """Every figure of the plan; what takes no minutes has no value per minute."""
    plan, file = analysis.plan, analysis.file
    return {
        "schema": SCHEMA,
        "role": file.role,
        "language": language,
        "currency": file.currency if analysis.is_money else None,
        "sentence": text.advice,
        "reasons": list(text.reasons),
        "expected": analysis.expected,
        "bar": file.bar,
        "slope": analysis.slope,
        "minutes": plan.minutes,
        "price": plan.price,
        "risk_before": plan.risk_before,
        "risk": plan.risk,
        "variance_before": plan.variance_before,
        "variance": plan.variance,
        "least_variance": plan.least_variance,
        "next_minute": _finite(plan.next_minute),
        "is_exact": plan.is_exact,
        "sources": file.sources,
        "short_of_sources": [file.criteria[place].name for place in plan.short_of_sources],
        "steps": [
            {
                "method": analysis.offered[step.measure].method,
                "criterion": analysis.offered[step.measure].criterion,
                "minutes": analysis.offered[step.measure].minutes,
                "price": analysis.offered[step.measure].price,
                "minutes_in_all": step.minutes,
                "price_in_all": step.price,
                "risk": step.risk,
                "risk_fall_per_minute": _finite(step.risk_fall_per_minute),
            }
            for step in plan.steps
        ],
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
