"""The study: every opinion held out once, predicted from one other and from two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError, UnknownNameError
from second_opinion.engine.evidence.bootstrap import Resampling
from second_opinion.engine.evidence.draws import (
    FOLDS,
    Draws,
    Opinions,
    draw,
    folds_by_candidate,
    opinions_of,
)
from second_opinion.engine.evidence.fold import (
    Material,
    can_be_many_facet,
    methods_for,
    predictions,
    train,
)
from second_opinion.engine.evidence.grid import (
    Grid,
    inside,
    log_scores,
    probability_over,
    step_that_fits,
)
from second_opinion.engine.evidence.result import Evidence, EvidenceRow, Method
from second_opinion.engine.evidence.verdict import VerdictChange, order_agreement, verdict_change
from second_opinion.engine.ratings import Ratings

LEVELS = (50, 80, 90)


@dataclass(frozen=True, slots=True)
class _Scored:
    """One method with so many opinions, on every draw; NaN where it makes no prediction."""

    mean: Floats
    below: Floats
    up_to: Floats
    over_bar: Floats

    @classmethod
    def empty(cls, n: int) -> _Scored:
        return cls(*(np.full(n, np.nan) for _ in range(4)))


@dataclass(frozen=True, slots=True)
class _Scores:
    by: dict[tuple[Method, int], _Scored]
    bar: Floats  # (n_draws,), the training median of each draw's fold where none was given
    notes: tuple[str, ...]


def evidence(
    ratings: Ratings,
    *,
    overall: str | None = None,
    step: float | None = None,
    bar: float | None = None,
    many_facet: bool = False,
    seed: int = 1,
    progress: Callable[[float], None] | None = None,
) -> Evidence:
    """What one opinion tells of another, what two tell, and by which method.

    For each candidate with two opinions or more each is held out once; one or two of the others
    are drawn, the first being the one opinion, both the two opinions. All that is estimated comes
    from the four folds of candidates that the held-out one is not in.

    Parameters
    ----------
    overall : the criterion that is the overall score; without it, the mean of the scores
    step : the grid of the overall score; by default the largest of 1, .5 and .1 that fits the
        ratings, divided by how many of them make up the mean
    bar : where a verdict turns, score points; by default the training folds' median
    many_facet : add a many-facet Rasch measure, where scores lie on whole steps
    progress : told the share done, 0 to 1

    Raises
    ------
    UnknownNameError : overall is no criterion
    NotEnoughRatingsError : too few candidates with two opinions
    ArgumentError : step is not above 0
    """
    opinions = opinions_of(ratings, overall=_overall_code(ratings, overall))
    rng = np.random.default_rng(seed)
    draws = draw(opinions, rng=rng)
    fold = folds_by_candidate(len(ratings.candidate), rng=rng)
    grid, base = _grid(ratings, opinions, draws, overall=overall, step=step)
    material = Material(
        ratings=ratings,
        opinions=opinions,
        draws=draws,
        fold=fold,
        grid=grid,
        methods=methods_for(ratings, opinions, many_facet=many_facet),
    )
    scores = _score(material, bar=bar, progress=progress)
    notes = scores.notes
    if many_facet and not can_be_many_facet(ratings, opinions):
        notes += ("No many-facet measure: it needs whole steps and assessors with two candidates.",)
    return Evidence(
        candidates=len(np.unique(ratings.candidate.codes)),
        candidates_used=len(np.unique(opinions.candidate[draws.held_out])),
        assessors=len(np.unique(ratings.assessor.codes)),
        step=base,
        bar=float(np.median(scores.bar)),
        rows=tuple(_rows(material, scores, rng=rng)),
        notes=notes,
    )


def _score(
    material: Material, *, bar: float | None, progress: Callable[[float], None] | None
) -> _Scores:
    draws, opinions = material.draws, material.opinions
    n = len(draws.held_out)
    by = {(method, k): _Scored.empty(n) for method in material.methods for k in (1, 2)}
    bars, notes = np.empty(n), dict[str, None]()
    of_draw = material.fold[opinions.candidate[draws.held_out]]
    for number in range(FOLDS):
        trained = train(material, number)
        notes.update(dict.fromkeys(trained.population.notes))
        own = of_draw == number
        bars[own] = np.median(opinions.overall[trained.train]) if bar is None else bar
        for k in (1, 2):
            allowed = draws.has_second if k == 2 else np.ones(n, dtype=bool)
            chosen, others = np.flatnonzero(own & allowed), np.flatnonzero(~own & allowed)
            if not len(chosen):
                continue
            grid = material.grid.of(chosen)
            given = opinions.overall[draws.held_out[chosen]]
            found = predictions(material, trained, chosen, k=k, others=others)
            for method, prediction in found.items():
                scored = by[method, k]
                scored.mean[chosen] = prediction.mean
                scored.below[chosen] = grid.below(given, prediction)
                scored.up_to[chosen] = grid.up_to(given, prediction)
                scored.over_bar[chosen] = probability_over(grid, bars[chosen], prediction)
        if progress is not None:
            progress((number + 1) / FOLDS)
    return _Scores(by=by, bar=bars, notes=tuple(notes))


def _rows(
    material: Material, scores: _Scores, *, rng: np.random.Generator
) -> Iterator[EvidenceRow]:
    """First the candidates with three opinions, one and two of them used; then all with two."""
    draws = material.draws
    everybody = np.arange(len(draws.held_out))
    three = np.flatnonzero(draws.has_second)
    groups: list[tuple[int, Integers, tuple[int, ...]]] = []
    if len(three) < len(everybody):
        groups.append((2, everybody, (1,)))
    if len(three):
        groups.append((3, three, (1, 2)))
    for least, chosen, numbers in groups:
        candidate = material.opinions.candidate[draws.held_out[chosen]]
        again = Resampling.of(candidate, rng=rng)
        for k in numbers:
            for method in material.methods:
                yield _row(method, k, least, material, scores, chosen, again)


def _row(
    method: Method,
    k: int,
    least: int,
    material: Material,
    scores: _Scores,
    chosen: Integers,
    again: Resampling,
) -> EvidenceRow:
    given = material.opinions.overall[material.draws.held_out[chosen]]
    candidate = material.opinions.candidate[material.draws.held_out[chosen]]
    scored, combined = scores.by[method, k], scores.by[Method.COMBINATION, k]
    squares, theirs = (np.square(one.mean[chosen] - given) for one in (scored, combined))
    log_score, their_log_score = (
        log_scores(one.below[chosen], one.up_to[chosen]) for one in (scored, combined)
    )
    change = _verdict(scores, method, chosen, given) if k > 1 else None
    return EvidenceRow(
        opinions=k,
        least_opinions=least,
        method=method,
        n=len(given),
        candidates=len(np.unique(candidate)),
        rmse=again.root_mean(squares),
        mean_log_score=again.mean(log_score),
        coverage={
            str(level): again.mean(
                inside(scored.below[chosen], scored.up_to[chosen], level=level / 100)
            )
            for level in LEVELS
        },
        more_than_combination={
            "rmse": again.root_mean_difference(squares, theirs),
            "mean_log_score": again.mean(log_score - their_log_score),
        },
        order_agreement=order_agreement(scored.mean[chosen], given, candidate),
        verdict_changed=change.changed if change else None,
        verdict_change_right=change.right if change else None,
        verdict_change_right_expected=change.right_expected if change else None,
    )


def _verdict(scores: _Scores, method: Method, chosen: Integers, given: Floats) -> VerdictChange:
    return verdict_change(
        scores.by[method, 1].mean[chosen],
        scores.by[method, 2].mean[chosen],
        given,
        over_expected=scores.by[method, 2].over_bar[chosen],
        bar=scores.bar[chosen],
    )


def _grid(
    ratings: Ratings,
    opinions: Opinions,
    draws: Draws,
    *,
    overall: str | None,
    step: float | None,
) -> tuple[Grid, float]:
    """The grid of every held-out score, and the step that ratings are given in."""
    if step is not None and not step > 0:
        raise ArgumentError(f"step must be above 0; got {step:g}.")
    low, high = (
        opinions.target @ np.array([getattr(scale, end) for scale in ratings.scales])
        for end in ("low", "high")
    )
    counted = (opinions.target > 0).sum(axis=1)[draws.held_out]
    if step is not None:
        base, steps = step, np.full(len(counted), step)
    else:
        base = _step_of_ratings(ratings, overall)
        steps = base / counted
    own = draws.held_out
    return Grid(step=steps.astype(np.float64), low=low[own], high=high[own]), base


def _step_of_ratings(ratings: Ratings, overall: str | None) -> float:
    rated = ratings.criterion.codes
    chosen = np.ones(len(rated), dtype=bool)
    if overall is not None:
        chosen = rated == ratings.criterion.labels.index(overall)
    low = np.array([scale.low for scale in ratings.scales])[rated]
    return step_that_fits(ratings.score[chosen], low[chosen])


def _overall_code(ratings: Ratings, overall: str | None) -> int | None:
    if overall is None:
        return None
    if overall not in ratings.criterion.labels:
        raise UnknownNameError(
            f"The overall score {overall!r} is not among the criteria "
            f"{', '.join(map(repr, ratings.criterion.labels))}."
        )
    return ratings.criterion.labels.index(overall)
