"""The study: every opinion held out once, predicted from one other and from two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.combination import estimate_population
from second_opinion.engine.errors import ArgumentError, UnknownNameError
from second_opinion.engine.evidence.draws import (
    FOLDS,
    Draws,
    Opinions,
    draw,
    folds_by_candidate,
    opinions_of,
)
from second_opinion.engine.evidence.grid import Grid, coverage, log_scores, step_that_fits
from second_opinion.engine.evidence.prediction import (
    Prediction,
    predict_by_combination,
    predict_by_plain_mean,
)
from second_opinion.engine.evidence.result import Evidence, EvidenceRow, Method
from second_opinion.engine.evidence.verdict import order_agreement, verdict_change
from second_opinion.engine.ratings import Ratings

LEVELS = (50, 80, 90)

_Predictions = dict[tuple[Method, int], Prediction]


@dataclass(frozen=True, slots=True)
class _Predicted:
    predictions: _Predictions
    bar: Floats  # (n_draws,), the training median of each draw's fold where none was given
    notes: tuple[str, ...]


def evidence(
    ratings: Ratings,
    *,
    overall: str | None = None,
    step: float | None = None,
    bar: float | None = None,
    seed: int = 1,
    progress: Callable[[float], None] | None = None,
) -> Evidence:
    """What one opinion tells of another, what two tell, and by which method.

    For each candidate with three opinions or more each assessor is held out once; one ordered
    pair of the others is drawn, its first being the one opinion, both the two opinions. All that
    is estimated comes from the four folds of candidates that the held-out one is not in.

    Parameters
    ----------
    overall : the criterion that is the overall score; without it, the mean of the scores
    step : the grid that scores are given on; by default the largest of 1, .5 and .1 that fits
    bar : where a verdict turns, score points; by default the training folds' median
    progress : told the share done, 0 to 1

    Raises
    ------
    UnknownNameError : overall is no criterion
    NotEnoughRatingsError : too few candidates with three opinions
    ArgumentError : step is not above 0
    """
    opinions = opinions_of(ratings, overall=_overall_code(ratings, overall))
    rng = np.random.default_rng(seed)
    draws = draw(opinions, rng=rng)
    fold = folds_by_candidate(len(ratings.candidate), rng=rng)
    low, high = _ends(ratings, opinions)
    if step is None:
        step = step_that_fits(opinions.overall, low)
    if not step > 0:
        raise ArgumentError(f"step must be above 0; got {step:g}.")
    grid = Grid(step=step, low=low[draws.held_out], high=high[draws.held_out])
    predicted = _predict(ratings, opinions, draws, fold, bar=bar, progress=progress)
    given = opinions.overall[draws.held_out]
    candidate = opinions.candidate[draws.held_out]
    return Evidence(
        candidates=len(np.unique(ratings.candidate.codes)),
        candidates_used=len(np.unique(candidate)),
        assessors=len(np.unique(ratings.assessor.codes)),
        step=step,
        bar=float(np.median(predicted.bar)),
        rows=tuple(
            _row(method, n_opinions, predicted, given, candidate, grid)
            for n_opinions in (1, 2)
            for method in Method
        ),
        notes=predicted.notes,
    )


def _predict(
    ratings: Ratings,
    opinions: Opinions,
    draws: Draws,
    fold: Integers,
    *,
    bar: float | None,
    progress: Callable[[float], None] | None,
) -> _Predicted:
    n = len(draws.held_out)
    empty = {(method, k): Prediction(np.empty(n), np.empty(n)) for method in Method for k in (1, 2)}
    bars, notes = np.empty(n), dict[str, None]()
    used = np.stack([draws.first, draws.second], axis=1)
    for number in range(FOLDS):
        training = ratings.rows(fold[ratings.candidate.codes] != number)
        train = np.flatnonzero(fold[opinions.candidate] != number)
        test = np.flatnonzero(fold[opinions.candidate[draws.held_out]] == number)
        population = estimate_population(training)
        notes.update(dict.fromkeys(population.notes))
        bars[test] = np.median(opinions.overall[train]) if bar is None else bar
        for k in (1, 2):
            own = used[test, :k]
            by = {
                Method.COMBINATION: predict_by_combination(
                    ratings, opinions, own, draws.held_out[test], population=population
                ),
                Method.PLAIN_MEAN: predict_by_plain_mean(opinions, own, train=train),
            }
            for method, prediction in by.items():
                empty[method, k].mean[test] = prediction.mean
                empty[method, k].standard_deviation[test] = prediction.standard_deviation
        if progress is not None:
            progress((number + 1) / FOLDS)
    return _Predicted(predictions=empty, bar=bars, notes=tuple(notes))


def _row(
    method: Method,
    n_opinions: int,
    predicted: _Predicted,
    given: Floats,
    candidate: Integers,
    grid: Grid,
) -> EvidenceRow:
    prediction = predicted.predictions[method, n_opinions]
    change = None
    if n_opinions > 1:
        before = predicted.predictions[method, n_opinions - 1]
        change = verdict_change(before, prediction, given, grid=grid, bar=predicted.bar)
    return EvidenceRow(
        opinions=n_opinions,
        method=method,
        n=len(given),
        rmse=float(np.sqrt(np.square(prediction.mean - given).mean())),
        mean_log_score=float(log_scores(grid, given, prediction).mean()),
        coverage={
            str(level): coverage(grid, given, prediction, level=level / 100) for level in LEVELS
        },
        order_agreement=order_agreement(prediction.mean, given, candidate),
        verdict_changed=change.changed if change else None,
        verdict_change_right=change.right if change else None,
        verdict_change_right_expected=change.right_expected if change else None,
    )


def _overall_code(ratings: Ratings, overall: str | None) -> int | None:
    if overall is None:
        return None
    if overall not in ratings.criterion.labels:
        raise UnknownNameError(
            f"The overall score {overall!r} is not among the criteria "
            f"{', '.join(map(repr, ratings.criterion.labels))}."
        )
    return ratings.criterion.labels.index(overall)


def _ends(ratings: Ratings, opinions: Opinions) -> tuple[Floats, Floats]:
    """Each opinion's lowest and highest possible overall score."""
    low = np.array([scale.low for scale in ratings.scales])
    high = np.array([scale.high for scale in ratings.scales])
    return opinions.target @ low, opinions.target @ high
