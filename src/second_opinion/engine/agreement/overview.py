"""Every statistic of agreement on one set of units, each with its reason where it has no value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np

from second_opinion.engine.agreement.cohen import cohen_kappa
from second_opinion.engine.agreement.estimate import Agreement, undefined
from second_opinion.engine.agreement.fleiss import fleiss_kappa
from second_opinion.engine.agreement.gwet import gwet_ac1, gwet_ac2
from second_opinion.engine.agreement.intraclass import Intraclass, intraclass
from second_opinion.engine.agreement.kendall import kendall_w
from second_opinion.engine.agreement.krippendorff import Metric, krippendorff_alpha
from second_opinion.engine.agreement.percent import percent_agreement
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.agreement.weights import WeightKind
from second_opinion.engine.agreement.within_group import within_group_agreement
from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError

NO_ORDER = "The values are names without order or distance, which this statistic needs."
NOT_TWO = "This is for two raters; by_pair compares each two."
_NO_STEPS = "The scale's ends and steps are not known, so even guessing has no spread."


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What the values mean.

    is_nominal : names coded as numbers, without order
    weights : how much two different values still agree, for the weighted kappa and AC2
    values : (V,), all that can be given, ascending; None for those that were
    step, n_options : distance between two neighbouring values, and how many there are from one
        end of the scale to the other; None where not known
    """

    is_nominal: bool = False
    weights: WeightKind | Floats = "quadratic"
    values: Floats | None = None
    step: float | None = None
    n_options: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All statistics of the same units.

    n_units, n_paired : units rated, and rated twice or more
    intraclass : None for names, which have no distance
    """

    n_units: int
    n_paired: int
    n_raters: int
    intraclass: Intraclass | None
    krippendorff: Mapping[Metric, Agreement]
    fleiss_kappa: Agreement
    gwet_ac1: Agreement
    gwet_ac2: Agreement
    cohen_kappa: Agreement
    weighted_kappa: Agreement
    kendall_w: Agreement
    percent_agreement: Agreement
    within_group: Agreement


def agreement_overview(
    units: Units,
    meaning: Meaning,
    *,
    rng: np.random.Generator,
    resamples: int = 1000,
    level: float = 0.95,
) -> Overview:
    """Every statistic of some units.

    Parameters
    ----------
    rng, resamples : as in krippendorff_alpha
    level : of all intervals, 0 to 1

    Raises
    ------
    ArgumentError : a level that no interval can have, or a value that is not among the known
    """
    where = _Applicable(units, meaning, level)
    return Overview(
        n_units=units.n_units,
        n_paired=where.n_paired,
        n_raters=units.n_raters,
        intraclass=None if meaning.is_nominal else intraclass(units, level=level),
        krippendorff={
            metric: where.alpha(metric, rng=rng, resamples=resamples) for metric in get_args(Metric)
        },
        fleiss_kappa=fleiss_kappa(units, values=meaning.values, level=level),
        gwet_ac1=gwet_ac1(units, values=meaning.values, level=level),
        gwet_ac2=where.ac2(),
        cohen_kappa=where.kappa("identity"),
        weighted_kappa=where.kappa(meaning.weights),
        kendall_w=where.unsaid(NO_ORDER) if meaning.is_nominal else kendall_w(units, level=level),
        percent_agreement=percent_agreement(units, values=meaning.values, level=level),
        within_group=where.within_group(),
    )


@dataclass(frozen=True, slots=True)
class _Applicable:
    """The statistics that do not always apply."""

    units: Units
    meaning: Meaning
    level: float

    @property
    def n_paired(self) -> int:
        return int((self.units.n_ratings >= 2).sum())

    def unsaid(self, why: str) -> Agreement:
        return undefined(level=self.level, n=self.n_paired, cautions=(why,))

    def alpha(self, metric: Metric, *, rng: np.random.Generator, resamples: int) -> Agreement:
        if self.meaning.is_nominal and metric != "nominal":
            return self.unsaid(NO_ORDER)
        try:
            return krippendorff_alpha(
                self.units, metric, rng=rng, resamples=resamples, level=self.level
            )
        except ArgumentError as fault:
            if metric != "ratio":
                raise
            return self.unsaid(str(fault))  # negative scores have no ratio, but all the others

    def ac2(self) -> Agreement:
        if self.meaning.is_nominal and isinstance(self.meaning.weights, str):
            return self.unsaid(NO_ORDER)
        return gwet_ac2(
            self.units, weights=self.meaning.weights, values=self.meaning.values, level=self.level
        )

    def kappa(self, weights: WeightKind | Floats) -> Agreement:
        units = self.units
        if units.n_raters != 2:
            return self.unsaid(NOT_TWO)
        if self.meaning.is_nominal and isinstance(weights, str) and weights != "identity":
            return self.unsaid(NO_ORDER)
        table = np.full((units.n_units, 2), np.nan)
        table[units.unit, units.rater] = units.score
        return cohen_kappa(table, weights=weights, values=self.meaning.values, level=self.level)

    def within_group(self) -> Agreement:
        if self.meaning.is_nominal:
            return self.unsaid(NO_ORDER)
        if self.meaning.n_options is None or self.meaning.step is None:
            return self.unsaid(_NO_STEPS)
        return within_group_agreement(
            self.units,
            n_options=self.meaning.n_options,
            step=self.meaning.step,
            level=self.level,
        ).mean
