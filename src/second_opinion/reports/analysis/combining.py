"""A case's opinions and instruments put together, once for all that is said of its candidates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from second_opinion.engine.combination import (
    AsSteps,
    Combination,
    Dependence,
    Diagnosis,
    Instrument,
    Population,
    combine,
    combine_as_steps,
    diagnose,
)
from second_opinion.engine.decision import ConclusionRule
from second_opinion.engine.ratings import Ratings
from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis.beside import dependence_of, instruments_of
from second_opinion.reports.analysis.opinions import first_ratings_of, ratings_of, weights_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """What every candidate's figures are taken from.

    first_alone : the first opinions without anything that came after them
    diagnoses : of each candidate, in the case's order
    """

    case: CaseFile
    rule: ConclusionRule
    population: Population
    ratings: Ratings
    dependence: Dependence | None
    instruments: tuple[Instrument, ...]
    everything: Combination
    first_alone: Combination
    diagnoses: tuple[Diagnosis, ...]


def combined(case: CaseFile, *, rule: ConclusionRule, population: Population) -> Combined:
    """Everything, and the first opinions alone."""
    ratings = ratings_of(case)
    dependence, instruments = dependence_of(case, ratings), instruments_of(case)
    joint = partial(combine, weights=weights_of(case), population=population, dependence=dependence)
    return Combined(
        case=case,
        rule=rule,
        population=population,
        ratings=ratings,
        dependence=dependence,
        instruments=instruments,
        everything=joint(ratings, instruments=instruments),
        first_alone=joint(first_ratings_of(case, ratings)),
        diagnoses=diagnose(ratings, population=population, dependence=dependence),
    )


def combination_of(case: CaseFile, *, population: Population) -> Combination:
    """Everything alone: for a case that is only tried out."""
    ratings = ratings_of(case)
    return combine(
        ratings,
        weights=weights_of(case),
        population=population,
        dependence=dependence_of(case, ratings),
        instruments=instruments_of(case),
    )


def as_steps(together: Combined) -> AsSteps:
    """The same ratings, read as steps instead of as points."""
    return combine_as_steps(
        together.ratings,
        weights=weights_of(together.case),
        population=together.population,
        dependence=together.dependence,
        instruments=together.instruments,
    )
