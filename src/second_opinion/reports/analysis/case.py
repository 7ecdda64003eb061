"""One case's figures: every candidate's, and what is said of all of them together."""

from __future__ import annotations

import dataclasses
from functools import partial

from second_opinion.engine.combination import AsSteps, Population, planning_population
from second_opinion.engine.decision import ConclusionRule
from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis.candidate import candidate_of
from second_opinion.reports.analysis.combining import (
    Combined,
    as_steps,
    combination_of,
    combined,
)
from second_opinion.reports.analysis.comparing import why_not_compared
from second_opinion.reports.analysis.frequencies import frequencies_of
from second_opinion.reports.analysis.opinions import scales_of
from second_opinion.reports.analysis.ordinal import reading_of
from second_opinion.reports.analysis.outlook import finalists_of
from second_opinion.reports.analysis.results import CandidateAnalysis, CaseAnalysis, History
from second_opinion.reports.analysis.rule import rule_for
from second_opinion.reports.analysis.turning import turning_of


def analyse(
    case: CaseFile,
    *,
    rule: ConclusionRule | None = None,
    population: Population | None = None,
    history: History | None = None,
) -> CaseAnalysis:
    """Everything that a report says in numbers.

    Parameters
    ----------
    rule : by default the standard one, with the limits that the case sets
    population : what is believed before the ratings are read; planning defaults when None
    history : what the population was taken from; None where the case stands alone
    """
    rule = rule_for(case) if rule is None else rule
    population = population or planning_population(scales_of(case))
    together = combined(case, rule=rule, population=population)
    steps = as_steps(together)
    candidates = tuple(
        _with_turning(together, index, _read_as_steps(together, index, steps))
        for index in range(len(case.candidates))
    )
    not_compared = why_not_compared(case, candidates)
    are_compared = len(candidates) > 1 and not_compared is None
    return CaseAnalysis(
        rule=rule,
        population=population,
        agreement=population.components.whole_agreement(together.everything.weights),
        candidates=candidates,
        finalists=finalists_of(together.everything) if are_compared else None,
        not_compared=not_compared,
        history=history,
        step=steps.step,
        frequencies=frequencies_of(case),
    )


def _read_as_steps(together: Combined, index: int, steps: AsSteps) -> CandidateAnalysis:
    """The candidate's figures, and beside them what reading scores as steps makes of it."""
    candidate = candidate_of(together, index)
    reading = reading_of(candidate, index, case=together.case, rule=together.rule, read=steps)
    return dataclasses.replace(candidate, as_steps=reading)


def _with_turning(
    together: Combined, index: int, candidate: CandidateAnalysis
) -> CandidateAnalysis:
    """Where there is a number that could be another."""
    if not candidate.has_number:
        return candidate
    turning = turning_of(
        together.case,
        index,
        rule=together.rule,
        now=candidate.conclusion,
        everything=together.everything,
        combined=partial(combination_of, population=together.population),
    )
    return dataclasses.replace(candidate, turning=turning)
