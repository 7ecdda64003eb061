"""Which method on which criterion: the most certainty for the candidate's minutes and the price."""

from second_opinion.engine.decision.plan.choice import plan_as_chosen, plan_assessment
from second_opinion.engine.decision.plan.problem import Measure, Plan, PlanStep

__all__ = ["Measure", "Plan", "PlanStep", "plan_as_chosen", "plan_assessment"]
