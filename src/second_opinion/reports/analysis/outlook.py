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
from second_opinion.engine.decision.worth import (
    Known,
    known_with_belief,
    standing_from_sureness,
)
from second_opinion.ingest.case_file import BeliefEntry, OutlookEntry
from second_opinion.ingest.order_file.entries import ChosenBy
from second_opinion.library.validity import VALUE_SETS
from second_opinion.reports.analysis.results import Finalists, KnownBefore, Outlook
from second_opinion.reports.analysis.worth.assumptions import (
    STRUCTURED_INTERVIEW,
    UNSTRUCTURED_INTERVIEW,
    reliability_of,
    sd_ratio_of,
    true_validity,
)

NOTHING_KNOWN = Known(mean=0.0, standard_deviation=1.0)
"""Gives the base rate."""


def outlook_on(
    index: int,
    *,
    entry: OutlookEntry,
    everything: Combination,
    first_alone: Combination | None,
    belief: BeliefEntry | None,
    population: Population,
) -> Outlook:
    """The probability of working out after everything, and on what was known before.

    The whole is taken in standard deviations among finalists; validity is corrected for how they
    were chosen, which no rating of the case holds. Without a first opinion a belief is what was
    known; then both figures count it, so that the difference is what the opinions added. A first
    opinion is the same people's and says more, so beside it the belief would count twice.
    """
    now = _standing(index, everything, population)
    if first_alone is not None:
        before, rests_on = _standing(index, first_alone, population), KnownBefore.FIRST_OPINION
    elif belief is not None:
        before, rests_on = _with(belief, NOTHING_KNOWN, entry), KnownBefore.BELIEF
        now = _with(belief, now, entry)
    else:
        before, rests_on = NOTHING_KNOWN, KnownBefore.BASE_RATE
    return Outlook(
        now=_probability(now, entry),
        before=_probability(before, entry),
        base_rate=entry.worked_out / 10,
        rests_on=rests_on,
    )


def _with(belief: BeliefEntry, known: Known, entry: OutlookEntry) -> Known:
    """The belief is read as what it comes from, a talk without structure."""
    return known_with_belief(
        known,
        float(standing_from_sureness(belief.would_hire, belief.sureness)),
        reliability=reliability_of([UNSTRUCTURED_INTERVIEW], VALUE_SETS[entry.value_set]),
        sd_ratio=sd_ratio_of(ChosenBy(entry.chosen_by)),
    )


def _standing(index: int, combined: Combination, population: Population) -> Known:
    true = math.sqrt(population.components.whole_true(combined.weights) + population.mean_variance)
    level = float(combined.weights @ population.mean)
    return Known(
        mean=(float(combined.whole_mean[index]) - level) / true,
        standard_deviation=min(float(combined.whole_standard_deviation[index]) / true, 1.0),
    )


def _probability(known: Known, entry: OutlookEntry) -> float:
    value_set = VALUE_SETS[entry.value_set]
    ratio = sd_ratio_of(ChosenBy(entry.chosen_by))
    applicants = true_validity(value_set)
    validity = float(range_restricted(applicants, ratio))
    deviation = value_set.methods[STRUCTURED_INTERVIEW].standard_deviation
    spread = deviation / math.sqrt(SEPARATE_INTERVIEW_AGREEMENT) * validity / max(applicants, 1e-9)
    return float(
        probability_of_success(
            known.mean,
            known.standard_deviation,
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
