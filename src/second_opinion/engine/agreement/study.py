"""Agreement seen from every side: overall, by criterion, by pair of assessors, by case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from second_opinion.engine.agreement.cases import CaseAgreement, agreement_of_cases
from second_opinion.engine.agreement.overview import Meaning, Overview, agreement_overview
from second_opinion.engine.agreement.pairs import Pair, agreement_of_pairs
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.agreement.weights import WeightKind
from second_opinion.engine.arrays import Floats
from second_opinion.engine.ratings import Ratings

_MOST_VALUES = 200  # a finer scale is taken by the values that were given


class _Grid(TypedDict):
    values: Floats | None
    step: float | None
    n_options: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementStudy:
    """All that the ratings say of agreement.

    overall : of the criterion named, or of every candidate on every criterion
    by_criterion : by label; empty where there is one criterion only
    by_pair : of the same units as overall
    """

    overall: Overview
    by_criterion: Mapping[str, Overview]
    by_pair: tuple[Pair, ...]
    by_case: tuple[CaseAgreement, ...]


def agreement_study(
    ratings: Ratings,
    *,
    seed: int,
    criterion: str | None = None,
    is_nominal: bool = False,
    weights: WeightKind | Floats = "quadratic",
    values: Floats | None = None,
    step: float | None = None,
    resamples: int = 1000,
    level: float = 0.95,
    progress: Callable[[float], None] = lambda share: None,  # noqa: ARG005  told, not asked
) -> AgreementStudy:
    """Overall, each criterion, each two assessors, each candidate.

    Parameters
    ----------
    seed : of the resamples; each part draws from a stream of its own
    criterion : what the overall figures and the pairs are about; by default everything together
    is_nominal, weights, values : as in Meaning; values by default the scale's where step is known
    step : distance between two neighbouring scores, score points; None where it is not known
    progress : told the share done, 0 to 1

    Raises
    ------
    ArgumentError, UnknownNameError
    """
    labels = [label for label in ratings.criterion.labels if len(ratings.criterion) > 1]
    generators = np.random.default_rng(seed).spawn(len(labels) + 1)
    found = []
    for part, rng in zip([criterion, *labels], generators, strict=True):
        meaning = Meaning(
            is_nominal=is_nominal, weights=weights, **_grid(ratings, part, step=step, values=values)
        )
        units = Units.of_ratings(ratings, criterion=part)
        found.append(agreement_overview(units, meaning, rng=rng, resamples=resamples, level=level))
        progress(len(found) / (len(generators) + 1))
    pairs = agreement_of_pairs(
        Units.of_ratings(ratings, criterion=criterion),
        weights="identity" if is_nominal and isinstance(weights, str) else weights,
        values=_grid(ratings, criterion, step=step, values=values)["values"],
        level=level,
    )
    return AgreementStudy(
        overall=found[0],
        by_criterion=dict(zip(labels, found[1:], strict=True)),
        by_pair=tuple(pairs),
        by_case=agreement_of_cases(ratings, step=None if is_nominal else step),
    )


def _grid(
    ratings: Ratings, criterion: str | None, *, step: float | None, values: Floats | None
) -> _Grid:
    """The values that can be given, where the criteria concerned share one scale of known steps."""
    scales = {
        scale
        for label, scale in zip(ratings.criterion.labels, ratings.scales, strict=True)
        if criterion in (None, label)
    }
    if step is None or len(scales) != 1:
        return {"values": values, "step": None, "n_options": None}
    (scale,) = scales
    n_options = round(scale.span / step) + 1
    if values is None and n_options <= _MOST_VALUES:
        values = np.round(scale.low + step * np.arange(n_options), 12)
    return {"values": values, "step": step, "n_options": n_options}
