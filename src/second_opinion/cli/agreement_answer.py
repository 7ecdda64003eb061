"""The figures of `agreement`, and their JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from second_opinion.cli.agreement_reading import Read
from second_opinion.engine.agreement import (
    Agreement,
    AgreementStudy,
    CaseAgreement,
    Overview,
    Pair,
    agreement_study,
)
from second_opinion.engine.agreement.overview import NO_ORDER
from second_opinion.engine.arrays import Floats
from second_opinion.engine.evidence.grid import step_that_fits

SCHEMA = "second-opinion/agreement/1"
INTRACLASS = ("icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k")
OTHERS = (
    "fleiss_kappa",
    "gwet_ac1",
    "gwet_ac2",
    "cohen_kappa",
    "weighted_kappa",
    "kendall_w",
    "percent_agreement",
    "within_group",
)


def studied(
    read: Read,
    *,
    weights: str | tuple[Floats, Floats],
    seed: int,
    resamples: int,
    progress: Callable[[float], None],
) -> AgreementStudy:
    """The study of what was read; weights are a kind, or values with their table."""
    ratings, is_nominal = read.file.ratings, bool(read.categories)
    values, table = (None, weights) if isinstance(weights, str) else weights
    step = None
    if read.has_scale:
        low = np.array([scale.low for scale in ratings.scales])[ratings.criterion.codes]
        step = 1.0 if is_nominal else step_that_fits(ratings.score, low)
    return agreement_study(
        ratings,
        seed=seed,
        criterion=read.file.overall,
        is_nominal=is_nominal,
        weights=table,  # type: ignore[arg-type]  # a kind that the option knows, or an array
        values=values,
        step=step,
        resamples=resamples,
        progress=progress,
    )


def answer_of(study: AgreementStudy, read: Read, *, seed: int, resamples: int) -> dict[str, object]:
    """The documented object."""
    ratings = read.file.ratings
    return {
        "schema": SCHEMA,
        "ratings": len(ratings),
        "candidates": len(ratings.candidate),
        "assessors": len(ratings.assessor),
        "criteria": list(ratings.criterion.labels),
        "categories": list(read.categories) or None,
        "refused": len(read.file.refused),
        "level": study.overall.percent_agreement.level,
        "resamples": resamples,
        "seed": seed,
        "criterion": read.file.overall,
        **_overview(study.overall),
        "by_criterion": [
            {"criterion": label, **_overview(one)} for label, one in study.by_criterion.items()
        ],
        "by_pair": [_pair(one, has_distance=not read.categories) for one in study.by_pair],
        "by_case": [_case(one, has_distance=not read.categories) for one in study.by_case],
    }


def statistics_of(overview: Overview) -> Mapping[str, Agreement | None]:
    """Every single statistic by its name in JSON, alpha's as krippendorff.METRIC."""
    intraclass = {
        name: getattr(overview.intraclass, name) if overview.intraclass else None
        for name in INTRACLASS
    }
    alphas = {f"krippendorff.{metric}": one for metric, one in overview.krippendorff.items()}
    return intraclass | alphas | {name: getattr(overview, name) for name in OTHERS}


def _overview(one: Overview) -> dict[str, object]:
    intraclass = one.intraclass
    return {
        "units": one.n_units,
        "rated_twice": one.n_paired,
        "raters_per_unit": intraclass.raters_per_unit if intraclass else None,
        "method": intraclass.method if intraclass else None,
        **{
            name: _estimate(getattr(intraclass, name) if intraclass else None)
            for name in INTRACLASS
        },
        "krippendorff": {metric: _estimate(each) for metric, each in one.krippendorff.items()},
        **{name: _estimate(getattr(one, name)) for name in OTHERS},
    }


def _estimate(found: Agreement | None) -> dict[str, object]:
    if found is None:
        return {"estimate": None, "low": None, "high": None, "n": None, "cautions": [NO_ORDER]}
    return {
        "estimate": found.estimate,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "cautions": list(found.cautions),
    }


def _pair(pair: Pair, *, has_distance: bool) -> dict[str, object]:
    return {
        "first": pair.first,
        "second": pair.second,
        "n": pair.n,
        "mean_difference": pair.mean_difference if has_distance else None,
        "same": pair.same,
        "cohen_kappa": _estimate(pair.kappa),
        "weighted_kappa": _estimate(pair.weighted_kappa),
    }


def _case(case: CaseAgreement, *, has_distance: bool) -> dict[str, object]:
    return {
        "candidate": case.candidate,
        "assessors": case.n_assessors,
        "rated_twice": case.n_criteria,
        "mean_difference": case.mean_difference if has_distance else None,
        "same": case.same,
        "within_group": case.within_group,
    }
