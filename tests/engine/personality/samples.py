"""Answers for tests: made-up ones with known truth, the reference set, and public data."""

import json
from pathlib import Path

import numpy as np

from second_opinion.engine.personality import Answers, GradedItems
from second_opinion.engine.simulation.graded import simulate_answers

REFERENCE = Path(__file__).parents[2] / "reference" / "graded_response"
CATEGORIES = [5, 5, 4, 5, 4, 3]

FOUR = GradedItems.of(
    [0.9, 1.4, 2.0, 1.2],
    [[-1.5, -0.2, 1.0], [-1.0, 0.1, 1.4], [-0.6, 0.5, np.nan], [0.2, np.nan, np.nan]],
)


def drawn(n_persons, *, seed=1, missing=0.0, items=FOUR):
    rng = np.random.default_rng(seed)
    return simulate_answers(items, n_persons=n_persons, missing=missing, rng=rng).answers


def reference_answers():
    table = np.genfromtxt(REFERENCE / "answers.csv", delimiter=",", skip_header=1)
    return Answers.from_scores(table, low=0, high=np.array(CATEGORIES) - 1, is_reversed=False)


def complete(answers):
    return answers.of_people(answers.answered == answers.n_items)


def bfi(folder, name):
    """One scale of the public Big Five answers, everybody, in the keyed direction."""
    keys = json.loads((folder / "personality" / "bfi_keys.json").read_text(encoding="utf-8"))
    columns = [key.removeprefix("-") for key in keys[name]]
    path = folder / "personality" / "bfi.csv"
    header = path.read_text(encoding="utf-8").partition("\n")[0].replace('"', "").split(",")
    table = np.genfromtxt(
        path,
        delimiter=",",
        skip_header=1,
        usecols=[header.index(column) for column in columns],
    )
    reverse = [key.startswith("-") for key in keys[name]]
    return Answers.from_scores(table, low=1, high=6, is_reversed=reverse)


def bfi_items(folder, name):
    """Parameters that ltm estimated, and the first 200 people's answers with their EAPs."""
    path = folder / "personality"
    parameters = np.genfromtxt(
        path / f"bfi_grm_{name}_pars.csv", delimiter=",", skip_header=1, usecols=range(1, 7)
    )
    scores = np.genfromtxt(
        path / f"bfi_grm_{name}_eap200.csv", delimiter=",", skip_header=1, usecols=range(1, 8)
    )
    items = GradedItems.of(parameters[:, 5], parameters[:, :5])
    return items, Answers.of(scores[:, :5] - 1, 6), scores[:, 5], scores[:, 6]
