"""How a report version's figures are computed: kept with it, so that they are always the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from second_opinion import __version__
from second_opinion.engine.combination import Population, Severity, Source, VarianceComponents
from second_opinion.engine.decision import rule_of
from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis.case import analyse
from second_opinion.reports.analysis.history import population_for
from second_opinion.reports.analysis.results import CaseAnalysis, History
from second_opinion.reports.analysis.rule import rule_for

if TYPE_CHECKING:  # the selectors need Django, and what is computed here does not
    from second_opinion.reports.selectors import Earlier


def method_of(case: CaseFile, earlier: Earlier) -> dict[str, Any]:
    """Rule and population as values that JSON can hold; assessors by place, not by name."""
    population, history = population_for(case, earlier)
    return {
        "second_opinion": __version__,
        "rule": dataclasses.asdict(rule_for(case)),
        "population": population.source.value,
        "population_values": _as_values(population, _assessors(case)),
        "history": dataclasses.asdict(history),
    }


def analyse_stored(case: CaseFile, method: Mapping[str, Any]) -> CaseAnalysis:
    """The figures of a report version, whatever the provider's history has become since."""
    values, history = method.get("population_values"), method.get("history")
    return analyse(
        case,
        rule=rule_of(method["rule"]),
        population=None if values is None else _from_values(values, method, _assessors(case)),
        history=None if history is None else History(**history),
    )


def _as_values(population: Population, assessors: tuple[str, ...]) -> dict[str, Any]:
    return {
        "mean": population.mean.tolist(),
        "mean_variance": population.mean_variance,
        "components": dataclasses.asdict(population.components),
        "shared_meeting": population.shared_meeting,
        "severities": _severities(population.severities, assessors),
        "shown_severities": _severities(population.shown_severities, assessors),
        "linked_cases": [population.linked_cases.get(name, 0) for name in assessors],
    }


def _severities(
    severities: Mapping[str, Severity], assessors: tuple[str, ...]
) -> list[list[float] | None]:
    """By place: level and its variance, or nothing."""
    found = (severities.get(name) for name in assessors)
    return [None if one is None else [one.level, one.level_variance] for one in found]


def _from_values(
    values: Mapping[str, Any], method: Mapping[str, Any], assessors: tuple[str, ...]
) -> Population:
    n_criteria = len(values["mean"])
    return Population(
        mean=np.array(values["mean"], dtype=np.float64),
        mean_variance=float(values["mean_variance"]),
        components=VarianceComponents(**values["components"]),
        source=Source(method["population"]),
        severities=_by_name(values["severities"], assessors, n_criteria),
        shown_severities=_by_name(values["shown_severities"], assessors, n_criteria),
        linked_cases=MappingProxyType(dict(zip(assessors, values["linked_cases"], strict=True))),
        shared_meeting=float(values["shared_meeting"]),
    )


def _by_name(
    levels: Iterable[list[float] | None], assessors: tuple[str, ...], n_criteria: int
) -> Mapping[str, Severity]:
    return MappingProxyType(
        {
            name: Severity.of_level(float(level[0]), float(level[1]), n_criteria=n_criteria)
            for name, level in zip(assessors, levels, strict=True)
            if level is not None
        }
    )


def _assessors(case: CaseFile) -> tuple[str, ...]:
    return tuple(dict.fromkeys(opinion.assessor for opinion in case.opinions))
