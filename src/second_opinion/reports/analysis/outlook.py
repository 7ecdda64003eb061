"""From the whole to the probability that a candidate works out: now, and before."""

from __future__ import annotations

import math

import numpy as np

from second_opinion.engine.combination import Combination, Population
from second_opinion.engine.combination.population import SEPARATE_INTERVIEW_AGREEMENT
from second_opinion.engine.decision import (
    compare_finalists,
    probability_of_success,
    range_restricted,
)
from second_opinion.ingest.case_file import OutlookEntry
from second_opinion.ingest.order_file.entries import ChosenBy
from second_opinion.library.validity import VALUE_SETS
from second_opinion.reports.analysis.results import Finalists, Outlook
from second_opinion.reports.analysis.worth.assumptions import (
    STRUCTURED_INTERVIEW,
    sd_ratio_of,
    true_validity,
)


def outlook_on(
    index: int,
    *,
    entry: OutlookEntry,
    everything: Combination,
    first_alone: Combination | None,
    population: Population,
) -> Outlook:
    """The probability of working out after everything, and after the first opinion alone.

    The whole is taken in standard deviations among finalists; validity is corrected for how they
    were chosen, which no rating of the case holds.
    """
    base_rate = entry.worked_out / 10
    now = _probability(index, everything, entry, population)
    before = (
        base_rate if first_alone is None else _probability(index, first_alone, entry, population)
    )
    return Outlook(
        now=now, before=before, base_rate=base_rate, rests_on_first=first_alone is not None
    )


def _probability(
    index: int, combined: Combination, entry: OutlookEntry, population: Population
) -> float:
    value_set = VALUE_SETS[entry.value_set]
    ratio = sd_ratio_of(ChosenBy(entry.chosen_by))
    applicants = true_validity(value_set)
    validity = float(range_restricted(applicants, ratio))
    deviation = value_set.methods[STRUCTURED_INTERVIEW].standard_deviation
    spread = deviation / math.sqrt(SEPARATE_INTERVIEW_AGREEMENT) * validity / max(applicants, 1e-9)
    true = math.sqrt(population.components.whole_true(combined.weights) + population.mean_variance)
    level = float(combined.weights @ population.mean)
    return float(
        probability_of_success(
            (float(combined.whole_mean[index]) - level) / true,
            min(float(combined.whole_standard_deviation[index]) / true, 1.0),
            base_rate=entry.worked_out / 10,
            true_validity=validity,
            true_validity_sd=spread,
        )
    )


def finalists_of(combined: Combination) -> Finalists:
    """Who is probably best. What the candidates' wholes share is no difference between them."""
    covariance = combined.whole_covariance
    n = len(covariance)
    shared = (covariance.sum() - np.trace(covariance)) / (n * (n - 1))
    own = np.sqrt(np.maximum(np.diagonal(covariance) - max(shared, 0.0), 1e-9))
    standing = compare_finalists(combined.whole_mean, own)
    return Finalists(
        probability_best=tuple(float(each) for each in standing.probability_best),
        probability_order_right=standing.probability_order_right,
        too_close_to_call=standing.too_close_to_call,
    )
