"""Small many-facet ratings with known truth, as the tables see them."""

import csv
from pathlib import Path

import numpy as np

from second_opinion.engine.facets.tables.posterior import posterior_given_ratings
from second_opinion.engine.facets.tables.responses import (
    Responses,
    category_probabilities,
    category_table_of,
)
from second_opinion.engine.ratings import Facet, Ratings, Scale

REFERENCE = Path(__file__).parents[3] / "reference" / "facets_tables"
STEPS = (-1.6, -0.5, 0.5, 1.6)
CANDIDATE_SD = 1.25


def reference_ratings():
    """The 80 candidates of tests/reference/facets_tables/ratings.csv."""
    with (REFERENCE / "ratings.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return Ratings.from_names(
        candidates=[row["candidate"] for row in rows],
        assessors=[row["assessor"] for row in rows],
        criteria=[row["criterion"] for row in rows],
        scores=[float(row["score"]) for row in rows],
        scales=Scale(1, 4),
        all_assessors=sorted({row["assessor"] for row in rows}),
        all_criteria=sorted({row["criterion"] for row in rows}),
    )


def facet(name, codes, n_labels=None):
    n_labels = int(codes.max()) + 1 if n_labels is None else n_labels
    return Facet(tuple(f"{name} {index + 1}" for index in range(n_labels)), codes)


def responses(category, *, difficulty=0.0, steps=STEPS, weight=None, **codes):
    """Ratings that share their thresholds, with the facets named."""
    category = np.asarray(category)
    n_ratings = len(category)
    table = category_table_of(np.array([steps], dtype=float))
    return Responses(
        category=category,
        difficulty=np.broadcast_to(difficulty, n_ratings).astype(float),
        category_table=table,
        threshold_set=np.zeros(n_ratings, dtype=np.int64),
        points=np.arange(table.shape[1], dtype=float)[None, :],
        weight=np.ones(n_ratings) if weight is None else weight,
        facets={name: facet(name, np.asarray(code)) for name, code in codes.items()},
    )


def drawn(rng, *, n_candidates=100, n_assessors=12, n_criteria=6, panel=2, steps=STEPS):
    """Ratings under the model at known severities, and the abilities behind them."""
    ability = rng.normal(0, CANDIDATE_SD, n_candidates)
    severity = rng.normal(0, 0.5, n_assessors)
    hardness = rng.normal(0, 0.6, n_criteria)
    seats = np.concatenate(
        [rng.choice(n_assessors, panel, replace=False) for _ in range(n_candidates)]
    )
    candidate = np.repeat(np.arange(n_candidates), panel * n_criteria)
    assessor = np.repeat(seats, n_criteria)
    criterion = np.tile(np.arange(n_criteria), n_candidates * panel)
    difficulty = severity[assessor] + hardness[criterion]
    category = categories(ability[candidate] - difficulty, rng, steps=steps)
    made = responses(
        category,
        difficulty=difficulty,
        steps=steps,
        candidate=candidate,
        assessor=assessor,
        criterion=criterion,
    )
    return made, ability


def categories(location, rng, *, steps=STEPS):
    """A category drawn at each place on the ruler."""
    chance = category_probabilities(location, category_table_of(np.array([steps])).T)
    return (rng.random(len(location)) > np.cumsum(chance, axis=0)[:-1]).sum(axis=0)


def posterior(made, *, n_nodes=21, variance=CANDIDATE_SD**2):
    """The posterior of candidates drawn by drawn()."""
    unit = made.facets["candidate"].codes
    n_units = len(made.facets["candidate"])
    guess, spread = np.zeros(n_units), np.full(n_units, variance**0.5)
    for _ in range(5):
        found = posterior_given_ratings(
            made,
            unit,
            guess=guess,
            spread=spread,
            prior_mean=0.0,
            prior_variance=variance,
            n_nodes=n_nodes,
        )
        guess, spread = found.mean, np.sqrt(found.variance)
    return found


def with_scores(ratings, score):
    """The same ratings with other scores."""
    return Ratings(
        candidate=ratings.candidate,
        assessor=ratings.assessor,
        criterion=ratings.criterion,
        score=score,
        scales=ratings.scales,
    )
