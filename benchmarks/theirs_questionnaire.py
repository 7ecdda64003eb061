"""The peers' side of questionnaires."""

from __future__ import annotations

import statistics
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memory import Memory

if TYPE_CHECKING:
    import numpy as np

STEPS, SLOWER = 400, 4  # a slower peer takes fewer turns
ROUNDS = {"grm_2700": 25, "grm_1e5": 4}  # of the peer's search; 25 is as it comes


def estimated(task: str, folder: Path) -> dict[str, Any]:
    """Discriminations and thresholds; the peer has no standard errors."""
    import numpy as np
    from girth import grm_mml

    category = np.load(folder / f"{task}.npy").astype(np.int64)
    memory, began = Memory(), time.perf_counter()
    with redirect_stdout(sys.stderr):  # what a peer says besides is no answer
        found = grm_mml(category.T, {"max_iteration": ROUNDS[task]})
    seconds = time.perf_counter() - began
    height = log_likelihood(category, found["Discrimination"], found["Difficulty"])
    return {
        "seconds": seconds,
        "memory": memory.above,
        "log_likelihood_per_answer": height / category.size,
        "note": f"log-likelihood {height:.1f}, without, after at most {ROUNDS[task]} of its rounds",
    }


def log_likelihood(category: np.ndarray, slope: np.ndarray, threshold: np.ndarray) -> float:
    """Of the peer's estimates, accurately: 401 nodes over 7 standard deviations either side."""
    import numpy as np
    from scipy.special import expit, logsumexp

    ability = np.linspace(-7, 7, 401)
    weight = -0.5 * ability**2 - 0.5 * np.log(2 * np.pi) + np.log(ability[1] - ability[0])
    total = 0.0
    for begin in range(0, len(category), 5_000):
        part = category[begin : begin + 5_000]
        joint = np.tile(weight, (len(part), 1))
        for item in range(category.shape[1]):
            steps = threshold[item][~np.isnan(threshold[item])]
            above = expit(slope[item] * (ability - steps[:, None]))
            ends = np.vstack([np.ones_like(ability), above, np.zeros_like(ability)])
            joint += np.log(np.maximum(ends[:-1] - ends[1:], 1e-300))[part[:, item]]
        total += float(logsumexp(joint, axis=1).sum())
    return total


def adaptive_step(task: str, folder: Path) -> dict[str, Any]:
    """One step: the estimate from all answers so far, and the next item by information."""
    import numpy as np
    from catsim.estimation import NumericalSearchEstimator
    from catsim.item_bank import ItemBank
    from catsim.selection import MaxInfoSelector

    table = np.load(folder / f"{task}.npz")
    with redirect_stdout(sys.stderr):  # what the peer prints is no answer
        bank = ItemBank(np.stack([table["slope"], table["place"]], axis=1))
    estimator, selector = NumericalSearchEstimator(), MaxInfoSelector()
    order, given = table["order"].tolist(), (table["given"] > 0).tolist()
    seconds = []
    for turn in range(STEPS // SLOWER):
        n = turn * SLOWER % len(order) + 1
        asked, answered = order[:n], given[:n]
        began = time.perf_counter()
        ability = estimator.estimate(
            item_bank=bank, administered_items=asked, response_vector=answered, est_theta=0.0
        )
        selector.select(item_bank=bank, administered_items=asked, est_theta=ability)
        seconds.append(time.perf_counter() - began)
    return {"seconds": statistics.median(seconds), "note": "theirs by maximum likelihood"}


TASKS = {"grm_2700": estimated, "grm_1e5": estimated, "adaptive_step": adaptive_step}
