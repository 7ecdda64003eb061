"""How often 90 % intervals hold the truth: the table of docs/methods/questionnaire.md.

    .venv/bin/python scripts/questionnaire_coverage.py --replications 200

prints a row for each condition as it is done; a few minutes on a quiet core.
"""

from __future__ import annotations

import argparse

import numpy as np

from second_opinion.engine.simulation.questionnaire_coverage import (
    PARTS,
    study_questionnaire_coverage,
)

# People, items, share of answers missing.
CONDITIONS = ((500, 10, 0.0), (500, 10, 0.1), (1000, 24, 0.1), (2700, 5, 0.1))
SEED = 20261129


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=200)
    asked = parser.parse_args()
    columns = [f"{part}: {what}" for part in PARTS for what in ("held", "RMSE")]
    print(f"| people | items | missing | {' | '.join(columns)} |")
    print("|---" * (len(columns) + 3) + "|")
    for n_persons, n_items, missing in CONDITIONS:
        found = study_questionnaire_coverage(
            n_replications=asked.replications,
            n_persons=n_persons,
            n_items=n_items,
            missing=missing,
            rng=np.random.default_rng([SEED, n_persons, n_items, int(100 * missing)]),
        )
        cells = []
        for place, part in enumerate(PARTS):
            cells.append(f"{found.share(part):.3f} (± {found.standard_error(part):.3f})")
            cells.append(f"{found.root_mean_square[place]:.3f}")
        print(f"| {n_persons} | {n_items} | {missing:g} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
