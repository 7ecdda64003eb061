"""How many hires made this way disappoint: of the procedure, never of anybody in the case."""

from __future__ import annotations

import math

from second_opinion.engine.combination.population import SEPARATE_INTERVIEW_AGREEMENT
from second_opinion.engine.decision import range_restricted
from second_opinion.engine.decision.success import across_hires
from second_opinion.ingest.case_file import CaseFile
from second_opinion.ingest.order_file import ChosenBy
from second_opinion.library.validity import VALUE_SETS
from second_opinion.reports.analysis.results import Frequencies
from second_opinion.reports.analysis.worth.assumptions import (
    STRUCTURED_INTERVIEW,
    UNSTRUCTURED_INTERVIEW,
    reliability_of,
    sd_ratio_of,
    true_validity,
)


def frequencies_of(case: CaseFile) -> Frequencies | None:
    """Of a hundred hires as many as work out are wished for; None without a base rate.

    Without a second opinion the client is taken to talk with the finalists without structure;
    with one, somebody independent holds a structured interview as well. Each time the best of the
    finalists is hired, if above break-even.
    """
    if case.outlook is None:
        return None
    value_set = VALUE_SETS[case.outlook.value_set]
    applicants = true_validity(value_set)
    ratio = sd_ratio_of(ChosenBy(case.outlook.chosen_by))
    validity = float(range_restricted(applicants, ratio))
    deviation = value_set.methods[STRUCTURED_INTERVIEW].standard_deviation
    spread = deviation / math.sqrt(SEPARATE_INTERVIEW_AGREEMENT) * validity / max(applicants, 1e-9)

    def disappoint(*methods: str) -> float:
        read = math.sqrt(reliability_of(methods, value_set))
        return across_hires(
            validity * read,
            base_rate=case.outlook.worked_out / 10 if case.outlook else 0.0,
            validity_sd=spread * read,
            finalists=len(case.candidates),
        ).disappoint_of_100

    return Frequencies(
        without=disappoint(UNSTRUCTURED_INTERVIEW),
        with_second=disappoint(UNSTRUCTURED_INTERVIEW, STRUCTURED_INTERVIEW),
    )
