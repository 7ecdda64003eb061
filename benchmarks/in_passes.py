"""A stress run, not part of `make bench`: fit ratings from a Parquet file, some rows at a time.

    .venv/bin/python benchmarks/in_passes.py --ratings 1e8 --folder DIR

Writes DIR/ratings_N.parquet in chunks unless it is there, fits it in a process of its own, and
prints seconds, passes, the most memory, and how well the known truth came back.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow
from numpy.typing import NDArray
from pyarrow.parquet import ParquetWriter

from second_opinion.engine.facets import fit_facets_in_passes
from second_opinion.engine.ratings import Scale
from second_opinion.ingest.in_passes import parquet_in_passes
from second_opinion.ingest.ratings_file import LongColumns

PANEL, CRITERIA = 2, 10  # assessors of a candidate, criteria each rates: 20 ratings a candidate
CHUNK = 50_000  # candidates
STEPS = np.array([-1.6, -0.5, 0.5, 1.6])
COLUMNS = LongColumns(
    candidate="candidate", assessor="assessor", criterion="criterion", score="score"
)


def truth(n_candidates: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Severities of assessors and difficulties of criteria, centred."""
    rng = np.random.default_rng(1)
    n_assessors = max(4, int(1.5 * math.sqrt(n_candidates)))
    severity, difficulty = rng.normal(0, 0.5, n_assessors), rng.normal(0, 0.6, CRITERIA)
    return severity - severity.mean(), difficulty - difficulty.mean()


def write(path: Path, n_candidates: int) -> None:
    """Draw ratings chunk by chunk, sorted by candidate."""
    severity, difficulty = truth(n_candidates)
    assessors = pyarrow.array([f"assessor {code}" for code in range(len(severity))])
    criteria = pyarrow.array([f"criterion {code}" for code in range(CRITERIA)])
    rng = np.random.default_rng(2)
    writer: ParquetWriter | None = None
    for start in range(0, n_candidates, CHUNK):
        count = min(CHUNK, n_candidates - start)
        # the second assessor follows the first at some distance, so that all hang together
        first = rng.integers(len(severity), size=count)
        second = (first + rng.integers(1, len(severity), size=count)) % len(severity)
        assessor = np.repeat(np.stack([first, second], axis=1).ravel(), CRITERIA)
        criterion = np.tile(np.arange(CRITERIA), PANEL * count)
        ability = np.repeat(rng.normal(0, 1, count), PANEL * CRITERIA)
        logit = ability - severity[assessor] - difficulty[criterion]
        odds = np.exp(np.cumsum(logit[:, None] - STEPS, axis=1))
        cumulated = np.cumsum(np.concatenate([np.ones((len(odds), 1)), odds], axis=1), axis=1)
        drawn = rng.random((len(odds), 1)) * cumulated[:, -1:]
        score = 1 + (drawn > cumulated).sum(axis=1)
        names = pyarrow.array([f"candidate {start + code}" for code in range(count)])
        rows = pyarrow.array(np.repeat(np.arange(count, dtype=np.int32), PANEL * CRITERIA))
        table = pyarrow.table(
            {
                "candidate": pyarrow.DictionaryArray.from_arrays(rows, names).cast(
                    pyarrow.string()
                ),
                "assessor": assessors.take(pyarrow.array(assessor)),
                "criterion": criteria.take(pyarrow.array(criterion)),
                "score": pyarrow.array(score.astype(np.int8)),
            }
        )
        writer = writer or ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def fit(path: Path) -> dict[str, float | bool]:
    """Fit the file, and measure."""
    started, cpu = time.perf_counter(), time.process_time()
    passes = parquet_in_passes(path, columns=COLUMNS, scales=Scale(1, 5))
    found = fit_facets_in_passes(
        passes,
        progress=lambda number, height: print(
            f"  pass {number}: {height:.3f} after {time.perf_counter() - started:.0f} s",
            file=sys.stderr,
            flush=True,
        ),
    )
    severity, _ = truth(len(found.ability))
    assessor = found.facets[0]
    known = severity[[int(label.rpartition(" ")[2]) for label in assessor.labels]]
    error = (assessor.measure - known) / assessor.standard_error
    return {
        "ratings": found.n_ratings,
        "candidates": len(found.ability),
        "assessors": len(assessor.labels),
        "seconds": round(time.perf_counter() - started, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "passes": found.n_passes,
        "converged": found.converged,
        "most_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "severity_coverage_95": round(float(np.mean(np.abs(error) < 1.96)), 3),
        "population_variance": round(found.population.variance, 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ratings", type=float, default=1e7)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--fit-only", action="store_true", help="what the process of its own does")
    options = parser.parse_args()
    n_candidates = int(options.ratings) // (PANEL * CRITERIA)
    path = options.folder / f"ratings_{n_candidates * PANEL * CRITERIA}.parquet"
    if options.fit_only:
        print(json.dumps(fit(path), indent=2))
        return
    if not path.exists():
        write(path, n_candidates)
    subprocess.run([sys.executable, *sys.argv, "--fit-only"], check=True)


if __name__ == "__main__":
    main()
