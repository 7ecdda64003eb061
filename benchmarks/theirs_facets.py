"""The peer's side of the many-facet fits."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from memory import Memory


def facets(task: str, folder: Path) -> dict[str, Any]:
    """Each candidate's ratings side by side, as the peer wants them, is not counted."""
    import numpy as np
    from mirt import fit_mfrm
    from mirt.models.mfrm import Facet, PolytomousMFRM

    table = np.load(folder / f"{task}.npz")
    candidate = table["candidate"]
    order = np.argsort(candidate, kind="stable")
    counts = np.bincount(candidate)
    row = candidate[order]
    place = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    shape = (len(counts), int(counts.max()))
    wide = {name: np.zeros(shape, dtype=np.int64) for name in ("assessor", "criterion")}
    score = np.full(shape, -1)
    for name, cells in wide.items():
        cells[row, place] = table[name][order]
    score[row, place] = table["score"][order] - table["score"].min()
    model = PolytomousMFRM(
        n_items=int(table["criterion"].max()) + 1,
        n_categories=int(score.max()) + 1,
        facets=[Facet(name="assessor", n_levels=int(table["assessor"].max()) + 1)],
    )
    memory, began = Memory(), time.perf_counter()
    fit = fit_mfrm(model, score, {"assessor": wide["assessor"]}, item_indices=wide["criterion"])
    return {
        "seconds": time.perf_counter() - began,
        "memory": memory.above,
        "deviance_per_rating": -2 * float(fit.log_likelihood) / len(order),
        "sd": float(fit.sigma),
    }


TASKS = dict.fromkeys(("facets_1e4", "facets_1e5", "facets_1e6"), facets)
