"""Grids of abilities that candidates share, each as fine as its candidates' posteriors ask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats

_MOST_NODES = 4000  # of one grid
_COARSE = 0.6  # logits: a log posterior hardly bends differently within that


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Where each candidate's nodes are.

    ability : (n_nodes,), of all grids one after another
    start, n_nodes : (n_candidates,), the candidate's first node and their number
    """

    ability: Floats
    start: NDArray[np.int32]
    n_nodes: NDArray[np.int32]


def windows_around(
    mean: Floats, spread: Floats, *, fineness: float, reach: Floats | float
) -> Windows:
    """Equally spaced nodes around each candidate's posterior, on as few grids as serve.

    The trapezoidal rule on a normal curve errs by exp(-2 (pi spread / spacing)^2): with a spacing
    of one spread by 5e-9, which no other rule with as few nodes comes near once they are shared.

    Parameters
    ----------
    fineness : spreads in a spacing are at most one over this
    reach : spreads on either side that the nodes cover, for all or for each

    References
    ----------
    Trefethen and Weideman (2014), theorem 5.1.
    """
    low, high = mean - reach * spread, mean + reach * spread
    finest = max(float(spread.min()) / fineness, float(high.max() - low.min()) / _MOST_NODES)
    level = np.maximum(np.floor(np.log2(spread / (fineness * finest))), 0).astype(np.int64)
    start = np.empty(len(mean), dtype=np.int32)
    n_nodes = np.empty(len(mean), dtype=np.int32)
    grids: list[Floats] = []
    offset = 0
    for one in range(int(level.max()) + 1):
        own = np.flatnonzero(level == one)
        if not len(own):
            continue
        spacing = finest * 2.0**one
        origin = float(low[own].min())
        first = np.floor((low[own] - origin) / spacing).astype(np.int64)
        last = np.ceil((high[own] - origin) / spacing).astype(np.int64)
        start[own] = offset + first
        n_nodes[own] = last - first + 1
        grids.append(np.asarray(origin + spacing * np.arange(int(last.max()) + 1), np.float64))
        offset += len(grids[-1])
    return Windows(ability=np.concatenate(grids), start=start, n_nodes=n_nodes)


def coarse_grid(mean: float, spread: float) -> Floats:
    """Nodes over the whole population, close enough for parabolas between them."""
    spacing = min(_COARSE, spread / 2)
    reach = 7 * spread
    steps = int(np.ceil(reach / spacing))
    return mean + spacing * np.arange(-steps, steps + 1, dtype=np.float64)
