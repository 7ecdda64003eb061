"""One fold: everything estimated on the other candidates, and every method's predictions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.combination import Population, estimate_population
from second_opinion.engine.evidence.draws import Draws, Opinions, overall_alone
from second_opinion.engine.evidence.grid import Grid
from second_opinion.engine.evidence.many_facet import (
    Measured,
    has_whole_steps,
    measured,
    predict_by_many_facet,
)
from second_opinion.engine.evidence.on_scale import OnScale, ScoreUse, fit_tails
from second_opinion.engine.evidence.prediction import (
    Normal,
    Prediction,
    predict_by_combination,
    predict_by_plain_mean,
)
from second_opinion.engine.evidence.result import Method
from second_opinion.engine.ratings import Ratings

_MOST_FOR_TAILS = 2000  # training predictions that two figures are fitted to
_MOST_VALUES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the whole study works on.

    fold : (n_candidates,), each candidate's fold
    grid : of every draw's held-out score
    """

    ratings: Ratings
    opinions: Opinions
    draws: Draws
    fold: Integers
    grid: Grid
    methods: tuple[Method, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What one fold's training candidates gave; train are their opinions."""

    train: Integers
    population: Population
    alone: tuple[Ratings, Opinions, Population] | None
    use: ScoreUse
    facets: Measured | None


def methods_for(ratings: Ratings, opinions: Opinions, *, many_facet: bool) -> tuple[Method, ...]:
    """The methods that these ratings allow; overall only is the combination on one criterion."""
    chosen = [Method.COMBINATION, Method.ON_SCALE]
    if len(ratings.criterion) > 1:
        chosen.append(Method.OVERALL_ONLY)
    if many_facet and can_be_many_facet(ratings, opinions):
        chosen.append(Method.MANY_FACET)
    return (*chosen, Method.PLAIN_MEAN)


def can_be_many_facet(ratings: Ratings, opinions: Opinions) -> bool:
    """Whole steps, and assessors who rate several candidates, so that severities can be told."""
    met = np.unique(opinions.candidate * len(ratings.assessor) + opinions.assessor)
    recurring = bool((np.bincount(met % len(ratings.assessor)) >= 2).any())
    return has_whole_steps(ratings) and recurring


def train(material: Material, number: int) -> Trained:
    """Everything that is estimated, without the fold of this number.

    Raises
    ------
    NotEnoughRatingsError : too few candidates are left
    """
    ratings, opinions = material.ratings, material.opinions
    training = ratings.rows(material.fold[ratings.candidate.codes] != number)
    trained = np.flatnonzero(material.fold[opinions.candidate] != number)
    alone = None
    if Method.OVERALL_ONLY in material.methods:
        table, own = overall_alone(ratings, opinions)
        alone = (table, own, estimate_population(table.rows(trained)))
    return Trained(
        train=trained,
        population=estimate_population(training),
        alone=alone,
        use=ScoreUse.of(
            opinions.overall[trained],
            opinions.candidate[trained],
            step=float(material.grid.step.min()),
        ),
        facets=measured(training) if Method.MANY_FACET in material.methods else None,
    )


def predictions(
    material: Material, trained: Trained, chosen: Integers, *, k: int, others: Integers
) -> dict[Method, Prediction]:
    """By method, for chosen draws of this fold; others are the training folds' draws."""
    used, held_out = material.draws.used(k)[chosen], material.draws.held_out[chosen]
    combined = _combined(material, trained, chosen, k=k)
    found: dict[Method, Prediction] = {Method.COMBINATION: combined}
    for method in material.methods:
        if method is Method.ON_SCALE:
            found[method] = _on_scale(material, trained, combined, chosen, k=k, others=others)
        elif method is Method.OVERALL_ONLY and trained.alone is not None:
            table, own, population = trained.alone
            found[method] = predict_by_combination(
                table, own, used, held_out, population=population
            )
        elif method is Method.MANY_FACET and trained.facets is not None:
            found[method] = predict_by_many_facet(
                material.ratings, material.opinions, used, held_out, measures=trained.facets
            )
        elif method is Method.PLAIN_MEAN:
            found[method] = predict_by_plain_mean(material.opinions, used, train=trained.train)
    return found


def _combined(material: Material, trained: Trained, chosen: Integers, *, k: int) -> Normal:
    return predict_by_combination(
        material.ratings,
        material.opinions,
        material.draws.used(k)[chosen],
        material.draws.held_out[chosen],
        population=trained.population,
    )


def _on_scale(
    material: Material,
    trained: Trained,
    combined: Normal,
    chosen: Integers,
    *,
    k: int,
    others: Integers,
) -> OnScale:
    some = others[:: max(1, len(others) // _MOST_FOR_TAILS)]
    tails = fit_tails(
        _combined(material, trained, some, k=k),
        trained.use,
        material.grid.of(some),
        material.opinions.overall[material.draws.held_out[some]],
    )
    values = _values(material.grid.of(chosen))
    return OnScale(normal=combined, use=trained.use, tails=tails, values=values)


def _values(grid: Grid) -> Floats:
    """(n, m): scores that can be given, low to high; a fine scale is read in fewer places."""
    most = int(np.round((grid.high - grid.low) / grid.step).max())
    shares = np.linspace(0.0, 1.0, min(most, _MOST_VALUES) + 1)
    return grid.low[:, None] + shares * (grid.high - grid.low)[:, None]
