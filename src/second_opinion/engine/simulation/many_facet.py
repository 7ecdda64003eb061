"""Ratings drawn from the ordinal many-facet model, with or without halo."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Facet, Ratings, Scale
from second_opinion.engine.simulation.plan import RatingPlan

ROWS_AT_A_TIME = 500_000  # bounds the memory of a draw, whatever the number of ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetSpreads:
    """How far apart the elements of each facet lie: standard deviations, in logits.

    mean : of the population of candidates
    halo : of the candidate-by-assessor effect, shared by all of the pair's ratings
    steps : thresholds between neighbouring scores, shared by all; their sum must be zero
    step_by_criterion : how far a criterion's thresholds lie off the shared (partial credit)
    central_tendency : of the logarithm of what an assessor multiplies all thresholds by; above
        one the assessor keeps to the middle of the scale, below one goes to its ends
    assessor_by_criterion : of the bias of one assessor on one criterion
    dimension : for each criterion the ability it is about, from 0; empty if one is behind all
    correlation : between any two of these abilities
    """

    candidate: float = 1.25
    severity: float = 0.5
    difficulty: float = 0.6
    mean: float = 0.0
    halo: float = 0.0
    steps: tuple[float, ...] = (-1.6, -0.5, 0.5, 1.6)
    step_by_criterion: float = 0.0
    central_tendency: float = 0.0
    assessor_by_criterion: float = 0.0
    dimension: tuple[int, ...] = ()
    correlation: float = 0.6

    def __post_init__(self) -> None:
        for name in (
            "candidate",
            "severity",
            "difficulty",
            "halo",
            "step_by_criterion",
            "central_tendency",
            "assessor_by_criterion",
        ):
            if not getattr(self, name) >= 0:
                raise ArgumentError(f"{name} must be 0 or more; got {getattr(self, name):g}.")
        if not self.steps or abs(sum(self.steps)) > 1e-9:
            raise ArgumentError(f"steps need at least one, and sum 0; got {self.steps}.")
        if not 0 <= self.correlation <= 1:
            raise ArgumentError(f"correlation must be 0 to 1; got {self.correlation:g}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetSimulation:
    """Ratings, and the truth behind them; logits, severity and difficulty centred at zero.

    ratings : rows in the order of the plan; scores are 1, 2, ... one more than there are steps
    abilities : (n_candidates, n_dimensions)
    severity : (n_assessors,), positive is stricter
    difficulty : (n_criteria,), positive is harder
    thresholds : (n_criteria, n_steps), sum zero within a criterion
    threshold_factor : (n_assessors,), what an assessor multiplies them by; 1 for all by default
    assessor_by_criterion : (n_assessors, n_criteria), positive is stricter
    halo : (n_pairs,), in the order of ``plan.pair``; positive is a better impression
    """

    plan: RatingPlan
    ratings: Ratings
    abilities: Floats
    severity: Floats
    difficulty: Floats
    thresholds: Floats
    threshold_factor: Floats
    assessor_by_criterion: Floats
    halo: Floats

    @property
    def ability(self) -> Floats:
        """(n_candidates,), where one ability is behind all criteria; else the first of them."""
        return self.abilities[:, 0]


def simulate_facets(
    plan: RatingPlan, spreads: FacetSpreads, *, rng: np.random.Generator
) -> FacetSimulation:
    """Draw normal effects, then every score by the chances that the model gives it.

    The logit of a score against the one below is ability + halo - severity - difficulty -
    threshold.

    Raises
    ------
    ArgumentError : dimension has not one entry for each criterion

    References
    ----------
    Andrich (1978), rating scale; Masters (1982), partial credit; Linacre (1989), facets; Wilson
    and Hoskens (2001), what one assessor's ratings of one candidate share.
    """
    truth = _effects(plan, spreads, rng)
    location = np.empty(len(plan))
    category = np.empty(len(plan), dtype=np.int64)
    dimension = np.array(spreads.dimension or (0,) * plan.n_criteria)
    if len(dimension) != plan.n_criteria:
        raise ArgumentError(
            f"dimension needs an entry for each of the {plan.n_criteria} criteria; got "
            f"{len(dimension)}."
        )
    for start in range(0, len(plan), ROWS_AT_A_TIME):
        rows = slice(start, start + ROWS_AT_A_TIME)
        assessor, criterion = plan.assessor[rows], plan.criterion[rows]
        location[rows] = (
            truth["abilities"][plan.candidate[rows], dimension[criterion]]
            + truth["halo"][plan.pair[rows]]
            - truth["severity"][assessor]
            - truth["difficulty"][criterion]
            - truth["assessor_by_criterion"][assessor, criterion]
        )
        thresholds = truth["thresholds"][criterion]
        thresholds *= truth["threshold_factor"][assessor, None]
        category[rows] = draw_categories(location[rows], thresholds, rng=rng)
    return FacetSimulation(plan=plan, ratings=_ratings(plan, category, len(spreads.steps)), **truth)


def draw_categories(location: Floats, thresholds: Floats, *, rng: np.random.Generator) -> Integers:
    """One category for each row, by the chances that the model gives each.

    Parameters
    ----------
    location : (n_rows,), logits, all but the thresholds
    thresholds : (n_rows, n_steps), logits

    Returns
    -------
    (n_rows,), 0 to n_steps
    """
    logit = np.zeros((len(location), thresholds.shape[1] + 1))
    np.cumsum(location[:, None] - thresholds, axis=1, out=logit[:, 1:])
    logit -= logit.max(axis=1, keepdims=True)
    np.exp(logit, out=logit)
    np.cumsum(logit, axis=1, out=logit)
    drawn = rng.random(len(location)) * logit[:, -1]
    category: Integers = (drawn[:, None] >= logit[:, :-1]).sum(axis=1)
    return category


def _effects(
    plan: RatingPlan, spreads: FacetSpreads, rng: np.random.Generator
) -> dict[str, Floats]:
    n_dimensions = max(spreads.dimension, default=0) + 1
    common = rng.normal(0, 1, (plan.n_candidates, 1)) * spreads.correlation**0.5
    own = rng.normal(0, 1, (plan.n_candidates, n_dimensions)) * (1 - spreads.correlation) ** 0.5
    interaction = rng.normal(0, spreads.assessor_by_criterion, (plan.n_assessors, plan.n_criteria))
    moved = rng.normal(0, spreads.step_by_criterion, (plan.n_criteria, len(spreads.steps)))
    return {
        "abilities": spreads.mean + spreads.candidate * (common + own),
        "severity": _centred(rng.normal(0, spreads.severity, plan.n_assessors)),
        "difficulty": _centred(rng.normal(0, spreads.difficulty, plan.n_criteria)),
        "thresholds": np.array(spreads.steps) + _centred(moved.T).T,
        "threshold_factor": np.exp(rng.normal(0, spreads.central_tendency, plan.n_assessors)),
        "assessor_by_criterion": _centred(_centred(interaction).T).T,
        "halo": rng.normal(0, spreads.halo, plan.n_pairs),
    }


def _centred(effect: Floats) -> Floats:
    centred: Floats = effect - effect.mean(axis=0)
    return centred


def _ratings(plan: RatingPlan, category: Integers, n_steps: int) -> Ratings:
    def facet(name: str, n_labels: int, codes: Integers) -> Facet:
        return Facet(tuple(f"{name} {index + 1}" for index in range(n_labels)), codes)

    return Ratings(
        candidate=facet("candidate", plan.n_candidates, plan.candidate),
        assessor=facet("assessor", plan.n_assessors, plan.assessor),
        criterion=facet("criterion", plan.n_criteria, plan.criterion),
        score=category.astype(np.float64) + 1,
        scales=(Scale(1, 1 + n_steps),) * plan.n_criteria,
    )
