"""Opinions and instruments combined by rule into one picture with honest intervals."""

from second_opinion.engine.combination.as_steps import AsSteps, combine_as_steps
from second_opinion.engine.combination.comparison import Comparison, compare_opinions
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.combination.dependence import Dependence
from second_opinion.engine.combination.disagreement import (
    REMEDIES,
    DeclaredFact,
    Diagnosis,
    DisagreementPrior,
    DisagreementType,
    Fact,
    Remedy,
    diagnose,
)
from second_opinion.engine.combination.estimation import (
    LEAST_CANDIDATES,
    LEAST_LINKED_CASES,
    Rests,
    estimate_exchangeable,
    estimate_population,
    linked_cases,
    offsets,
)
from second_opinion.engine.combination.instruments import Instrument
from second_opinion.engine.combination.not_observed import (
    LeftOut,
    NotObserved,
    check_not_observed,
)
from second_opinion.engine.combination.pooling import pooled_population
from second_opinion.engine.combination.population import (
    DEPENDENT_ERRORS,
    Population,
    Source,
    planning_components,
    planning_population,
)
from second_opinion.engine.combination.posterior import Combination, combine
from second_opinion.engine.combination.readings import (
    RatersReading,
    Reading,
    error_of_validity,
    reading_of_raters,
    reading_of_score,
    standard_error_of_measurement,
)
from second_opinion.engine.combination.regression import (
    Regression,
    probability_second_lower,
    regression_of_second,
)
from second_opinion.engine.combination.severity import Severity

__all__ = [
    "DEPENDENT_ERRORS",
    "LEAST_CANDIDATES",
    "LEAST_LINKED_CASES",
    "REMEDIES",
    "AsSteps",
    "Combination",
    "Comparison",
    "DeclaredFact",
    "Dependence",
    "Diagnosis",
    "DisagreementPrior",
    "DisagreementType",
    "Fact",
    "Instrument",
    "LeftOut",
    "NotObserved",
    "Population",
    "RatersReading",
    "Reading",
    "Regression",
    "Remedy",
    "Rests",
    "Severity",
    "Source",
    "VarianceComponents",
    "check_not_observed",
    "combine",
    "combine_as_steps",
    "compare_opinions",
    "diagnose",
    "error_of_validity",
    "estimate_exchangeable",
    "estimate_population",
    "linked_cases",
    "offsets",
    "planning_components",
    "planning_population",
    "pooled_population",
    "probability_second_lower",
    "reading_of_raters",
    "reading_of_score",
    "regression_of_second",
    "standard_error_of_measurement",
]
