"""How often 95 % intervals hold the truth, with halo and without: as in docs/methods/halo.md.

    .venv/bin/python scripts/halo_coverage.py --replications 200

prints a row for each condition and model as it is done; some twenty minutes on two quiet cores.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np

from second_opinion.engine.facets import FacetsModel
from second_opinion.engine.simulation import FacetSpreads
from second_opinion.engine.simulation.coverage import PARTS, Coverage, gathered, replications

MODELS = {"ordinary": FacetsModel(), "halo-aware": FacetsModel(halo=True)}
HALO_SDS = (0.0, 0.5, 1.0, 1.5)
SEED = 20261125


def condition(
    halo: float, names: list[str], n_replications: int, n_candidates: int
) -> list[Coverage]:
    """All models on the same ratings."""
    rng = np.random.default_rng([SEED, int(100 * halo)])
    rows = []
    for done, row in enumerate(
        replications(
            tuple(MODELS[name] for name in names),
            FacetSpreads(halo=halo),
            n_replications=n_replications,
            n_candidates=n_candidates,
            rng=rng,
        ),
        start=1,
    ):
        rows.append(row)
        if done % 20 == 0:
            print(f"halo SD {halo:g}: {done} of {n_replications}", file=sys.stderr, flush=True)
    return [gathered([row[index] for row in rows]) for index in range(len(names))]


def table_row(halo: float, name: str, coverage: Coverage) -> str:
    rng = np.random.default_rng(SEED)
    cells = []
    for part in PARTS:
        low, high = coverage.between(part, rng=rng)
        cells.append(f"{coverage.share(part):.3f} ({low:.3f} to {high:.3f})")
    found = np.mean(coverage.halo_variance) if name == "halo-aware" else float("nan")
    return f"| {halo:g} | {name} | {' | '.join(cells)} | {found:.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=200)
    parser.add_argument("--candidates", type=int, default=200)
    parser.add_argument("--halo", type=float, nargs="*", default=HALO_SDS)
    parser.add_argument("--models", nargs="*", default=list(MODELS), choices=list(MODELS))
    asked = parser.parse_args()
    print(f"| halo SD | model | {' | '.join(PARTS)} | halo variance, mean |")
    print("|---" * (len(PARTS) + 3) + "|")
    for halo in asked.halo:
        found = condition(halo, asked.models, asked.replications, asked.candidates)
        for name, coverage in zip(asked.models, found, strict=True):
            print(table_row(halo, name, coverage), flush=True)


if __name__ == "__main__":
    main()
