"""Our side of agreement and generalizability; also writes what the peers read."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from second_opinion.engine.agreement import intraclass, krippendorff_alpha
from second_opinion.engine.generalizability import variance_components

SEED = 20261125
SIX = ("icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k")


def scores(n_units: int, n_raters: int, *, share_missing: float) -> np.ndarray:
    """Five values, units that differ, some cells left out."""
    rng = np.random.default_rng(SEED)
    noise = rng.normal(0, 1, (n_units, n_raters))
    table = np.clip(np.round(3 + rng.normal(0, 1, (n_units, 1)) + noise), 1, 5)
    table[rng.random(table.shape) < share_missing] = np.nan
    return table


def alpha(task: str, folder: Path) -> dict[str, Any]:
    """Three metrics, no interval, as the peer has none."""
    table = scores(333_334, 3, share_missing=0.1)
    np.save(folder / f"{task}.npy", table)
    rng = np.random.default_rng(SEED)
    began = time.perf_counter()
    found = {
        metric: krippendorff_alpha(table, metric, rng=rng, resamples=0).estimate
        for metric in ("nominal", "ordinal", "interval")
    }
    return {"seconds": time.perf_counter() - began, "total": 1.0, **found}


def icc(task: str, folder: Path) -> dict[str, Any]:
    table = scores(250_000, 4, share_missing=0.0)
    np.save(folder / f"{task}.npy", table)
    began = time.perf_counter()
    found = intraclass(table)
    seconds = time.perf_counter() - began
    return {
        "seconds": seconds,
        "total": 1.0,
        **{name: getattr(found, name).estimate for name in SIX},
    }


def many_assessors(n_candidates: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """2 or 3 assessors of 1.5 sqrt(candidates) rate a candidate on 6 to 10 of 12 criteria."""
    rng = np.random.default_rng(SEED)
    n_assessors, n_criteria = int(1.5 * n_candidates**0.5), 12
    rows = []
    for candidate in range(n_candidates):
        panel = rng.choice(n_assessors, rng.integers(2, 4), replace=False)
        panel[0] = candidate % n_assessors  # one who moves on, so that all ratings hang together
        criteria = rng.choice(n_criteria, rng.integers(6, 11), replace=False)
        rows += [(candidate, by, on) for by in np.unique(panel) for on in criteria]
    p, r, t = np.array(rows).T
    score = rng.normal(0, 1, n_candidates)[p] + rng.normal(0, 0.5, n_assessors)[r]
    score += (
        rng.normal(0, 0.6, n_criteria)[t] + rng.normal(0, 0.5, (n_candidates, n_criteria))[p, t]
    )
    return {"p": p, "r": r, "t": t}, score + rng.normal(0, 0.8, len(p))


def g_study(task: str, folder: Path) -> dict[str, Any]:
    codes, score = many_assessors(5_000)
    columns = np.column_stack([codes["p"], codes["r"], codes["t"], score])
    np.savetxt(
        folder / f"{task}.csv", columns, fmt=["%d", "%d", "%d", "%.9f"],
        delimiter=",", header="p,r,t,score", comments="",
    )  # fmt: skip
    began = time.perf_counter()
    study = variance_components(codes, score, design="p x r x t", only=["p", "r", "t", "pt"])
    seconds = time.perf_counter() - began
    found = {one.name: one.variance for one in study.components}
    return {"seconds": seconds, "total": sum(found.values()), **found}


TASKS = {"alpha": alpha, "icc": icc, "g_study": g_study}
