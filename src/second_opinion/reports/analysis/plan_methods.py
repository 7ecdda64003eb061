"""What each method of a requirement profile usually takes and tells: where a plan begins."""

from __future__ import annotations

from dataclasses import dataclass

from second_opinion.engine.combination import planning_components
from second_opinion.library.validity import DEFAULT_VALUE_SET, VALUE_SETS
from second_opinion.reports.analysis.worth.assumptions import STRUCTURED_INTERVIEW, VALIDITY_NAMES

_MINUTES = {
    "interview": 20.0,
    "work sample": 45.0,
    "reference": 0.0,
    "questionnaire": 15.0,
    "test": 30.0,
}
"""Of the candidate's time, for one criterion: planning assumptions."""

_SHARES_OF_ALL = {"interview": 1.0, "reference": 0.1, "questionnaire": 0.1, "test": 0.2}
_SHARE_OF_ONE = {"work sample": 0.25}
"""Of the price of one opinion, for all criteria together or for each: planning assumptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualFigures:
    """Of one reading of one criterion.

    minutes : of the candidate's time; price : money
    reliability : between 0 and 1
    """

    minutes: float
    price: float
    reliability: float


def usual_figures(*, n_criteria: int, price: float) -> dict[str, UsualFigures]:
    """By method; price is of one opinion on one candidate.

    An interview reads one criterion as the planning defaults of the combination say. Another method
    reads the same less or more clearly, by the square of its validity beside the interview's.
    """
    validity = VALUE_SETS[DEFAULT_VALUE_SET].methods
    interview = validity[STRUCTURED_INTERVIEW].validity
    return {
        method: UsualFigures(
            minutes=_MINUTES[method],
            price=price * _SHARE_OF_ONE.get(method, _SHARES_OF_ALL.get(method, 0.0) / n_criteria),
            reliability=_of_one_interview() * (validity[name].validity / interview) ** 2,
        )
        for method, name in VALIDITY_NAMES.items()
    }


def _of_one_interview() -> float:
    """One assessor, one criterion: what is true of the candidate on it, of all that varies."""
    components = planning_components()
    return (components.candidate + components.candidate_by_criterion) / components.total
