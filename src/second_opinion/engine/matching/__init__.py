"""Who should assess whom: coverage, shortlists, assignments, and why there is none."""

from second_opinion.engine.matching.assigning import best_total_assignment, fairest_assignment
from second_opinion.engine.matching.bottleneck import (
    Bottleneck,
    InfeasibleError,
    bottleneck_of,
)
from second_opinion.engine.matching.coverage import Booleans, Coverage, Need, coverage
from second_opinion.engine.matching.error_correlation import (
    PLANNING_DEFAULT,
    ErrorCorrelation,
    Ties,
    TieValues,
)
from second_opinion.engine.matching.linear_flow import LinearFlowSolver
from second_opinion.engine.matching.lottery import Lottery, capped_lottery, drawn
from second_opinion.engine.matching.meaning import LOOKED_AT, Meaning, by_meaning
from second_opinion.engine.matching.network import FlowNetwork, FlowSolver
from second_opinion.engine.matching.problem import Assignment, AssignmentProblem, summed_scores
from second_opinion.engine.matching.proof import QUALITY, Proof
from second_opinion.engine.matching.rolling import (
    Arrival,
    Turn,
    assessor_prices,
    assigned_in_turn,
    placed,
)
from second_opinion.engine.matching.shortlist import (
    NO_PLACE,
    NOTHING_COVERED,
    LeftOut,
    Listed,
    NeedCovered,
    Register,
    Shortlist,
    shortlist,
)

__all__ = [
    "LOOKED_AT",
    "NOTHING_COVERED",
    "NO_PLACE",
    "PLANNING_DEFAULT",
    "QUALITY",
    "Arrival",
    "Assignment",
    "AssignmentProblem",
    "Booleans",
    "Bottleneck",
    "Coverage",
    "ErrorCorrelation",
    "FlowNetwork",
    "FlowSolver",
    "InfeasibleError",
    "LeftOut",
    "LinearFlowSolver",
    "Listed",
    "Lottery",
    "Meaning",
    "Need",
    "NeedCovered",
    "Proof",
    "Register",
    "Shortlist",
    "TieValues",
    "Ties",
    "Turn",
    "assessor_prices",
    "assigned_in_turn",
    "best_total_assignment",
    "bottleneck_of",
    "by_meaning",
    "capped_lottery",
    "coverage",
    "drawn",
    "fairest_assignment",
    "placed",
    "shortlist",
    "summed_scores",
]
