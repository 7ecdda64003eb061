"""The peer's side of the assignments: two solvers of openreview-matcher.

It is in no package index and asks for packages with a licence of their own (Gurobi) that these two
solvers do not use; so they are taken one by one out of a checkout of its repository, which
OPENREVIEW_MATCHER names.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
import types
from pathlib import Path
from typing import Any

ABSENT = {"missing": "openreview-matcher: set OPENREVIEW_MATCHER to a checkout of its repository"}


def solver(module: str, name: str) -> type:
    """A class of the checkout, without the package's own imports of all the others."""
    root = Path(os.environ["OPENREVIEW_MATCHER"]) / "matcher"
    for package, folder in (("matcher", root), ("matcher.solvers", root / "solvers")):
        if package not in sys.modules:
            sys.modules[package] = types.ModuleType(package)
            sys.modules[package].__path__ = [str(folder)]
    return getattr(importlib.import_module(f"matcher.solvers.{module}"), name)


def assigned(task: str, folder: Path) -> dict[str, Any]:
    if "OPENREVIEW_MATCHER" not in os.environ:
        return ABSENT
    import numpy as np

    score = np.load(folder / f"{task}.npy")
    n_cases, n_assessors = score.shape
    encoder = types.SimpleNamespace(
        aggregate_score_matrix=score,
        cost_matrix=-1e6 * score,  # it cuts costs off to whole numbers
        constraint_matrix=np.zeros(score.shape, dtype=int),
    )
    where = (
        ("fairflow", "FairFlow")
        if task == "assign_fairflow"
        else (
            "minmax_solver",
            "MinMaxSolver",
        )
    )
    kind = solver(*where)
    began = time.perf_counter()
    found = kind([0] * n_assessors, [10] * n_assessors, [2] * n_cases, encoder).solve()
    seconds = time.perf_counter() - began
    sums = (np.asarray(found) * score).sum(axis=1)
    return {
        "seconds": seconds,
        "note": f"theirs: worst {sums.min():.4f}, total {sums.sum():,.2f}",
    }


TASKS = dict.fromkeys(("assign_minmax", "assign_fairflow"), assigned)
