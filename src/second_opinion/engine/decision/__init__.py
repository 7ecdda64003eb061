"""What follows from the combination: bar, conclusion, risk, and the worth of one more opinion."""

from second_opinion.engine.decision.best_of_few import (
    expected_gain_of_best,
    expected_maximum,
    value_of_rejecting,
)
from second_opinion.engine.decision.comparison import (
    ComparedWeights,
    weights_from_comparisons,
)
from second_opinion.engine.decision.conclusion import (
    Conclusion,
    ConclusionRule,
    conclude,
    evidence_is_thin,
    rule_of,
)
from second_opinion.engine.decision.expectancy import (
    Expectancy,
    expectancy_table,
    observed_expectancy,
)
from second_opinion.engine.decision.finalists import (
    Standing,
    compare_finalists,
    expected_best,
    probability_best,
)
from second_opinion.engine.decision.information import (
    Block,
    best_block,
    best_number_of_opinions,
    expected_value_of_information,
    expected_value_of_perfect_information,
)
from second_opinion.engine.decision.named_success import (
    Success,
    SuccessModel,
    success_model,
    success_of,
)
from second_opinion.engine.decision.plan import Measure, Plan, PlanStep, plan_assessment
from second_opinion.engine.decision.range_restriction import (
    indirectly_restricted,
    range_restricted,
    reliability_indirectly_restricted,
    reliability_range_restricted,
    true_sd_ratio,
)
from second_opinion.engine.decision.reliability import (
    effective_opinions,
    mean_error_variance,
    raters_needed,
    reliability_on_fresh_material,
    reliability_on_same_material,
    spearman_brown,
)
from second_opinion.engine.decision.selection import (
    mean_standing_selected,
    naylor_shine,
    right_order,
    success_at_standing,
    taylor_russell,
)
from second_opinion.engine.decision.stopping import one_more_pays, value_of_going_on
from second_opinion.engine.decision.success import (
    AcrossHires,
    across_hires,
    break_even,
    mean_shortfall,
    probability_of_success,
    slope_from_cost,
)
from second_opinion.engine.decision.utility import brogden_cronbach_gleser, gain_of_best
from second_opinion.engine.decision.validity import (
    best_weights,
    composite_validity,
    validity_of_mean,
)
from second_opinion.engine.decision.worth import (
    DesignFacts,
    Order,
    Worth,
    design_facts,
    worth_of_further_opinions,
    worth_of_opinions,
)

__all__ = [
    "AcrossHires",
    "Block",
    "ComparedWeights",
    "Conclusion",
    "ConclusionRule",
    "DesignFacts",
    "Expectancy",
    "Measure",
    "Order",
    "Plan",
    "PlanStep",
    "Standing",
    "Success",
    "SuccessModel",
    "Worth",
    "across_hires",
    "best_block",
    "best_number_of_opinions",
    "best_weights",
    "break_even",
    "brogden_cronbach_gleser",
    "compare_finalists",
    "composite_validity",
    "conclude",
    "design_facts",
    "effective_opinions",
    "evidence_is_thin",
    "expectancy_table",
    "expected_best",
    "expected_gain_of_best",
    "expected_maximum",
    "expected_value_of_information",
    "expected_value_of_perfect_information",
    "gain_of_best",
    "indirectly_restricted",
    "mean_error_variance",
    "mean_shortfall",
    "mean_standing_selected",
    "naylor_shine",
    "observed_expectancy",
    "one_more_pays",
    "plan_assessment",
    "probability_best",
    "probability_of_success",
    "range_restricted",
    "raters_needed",
    "reliability_indirectly_restricted",
    "reliability_on_fresh_material",
    "reliability_on_same_material",
    "reliability_range_restricted",
    "right_order",
    "rule_of",
    "slope_from_cost",
    "spearman_brown",
    "success_at_standing",
    "success_model",
    "success_of",
    "taylor_russell",
    "true_sd_ratio",
    "validity_of_mean",
    "value_of_going_on",
    "value_of_rejecting",
    "weights_from_comparisons",
    "worth_of_further_opinions",
    "worth_of_opinions",
]
