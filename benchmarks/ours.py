"""Our side of the timings: reads a task a line, does it, and says how long it took."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import ours_agreement
import ours_facets
import ours_matching
import ours_questionnaire
import ours_reports
import ours_sealing
import pikepdf

from second_opinion.engine.combination import VarianceComponents, estimate_population
from second_opinion.engine.ratings import Ratings, Scale
from second_opinion.engine.simulation import Design, simulate_ratings

COMPONENTS = VarianceComponents(
    candidate=0.4, candidate_by_criterion=0.2, severity=0.15, halo=0.3, residual=0.3
)
SCALES = (Scale(-20, 20),) * 4  # wide and fine: the peer knows no ends either
SEED = 20261124


def designs() -> dict[str, Design]:
    nested = tuple(tuple(range(3 * candidate, 3 * candidate + 3)) for candidate in range(150))
    return {
        "variances_nested": Design(panels=nested, n_assessors=450, scales=SCALES, step=0.01),
        "variances_crossed": Design.rotating(
            n_candidates=30, n_assessors=6, per_candidate=3, scales=SCALES, step=0.01
        ),
    }


def simulated(task: str, folder: Path) -> Ratings:
    """The same ratings every time; the file is what the peer reads."""
    ratings = simulate_ratings(
        designs()[task],
        mean=np.zeros(len(SCALES)),
        components=COMPONENTS,
        rng=np.random.default_rng(SEED),
    ).ratings
    with (folder / f"{task}.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["candidate", "assessor", "criterion", "score"])
        facets = (ratings.candidate.codes, ratings.assessor.codes, ratings.criterion.codes)
        rows.writerows(zip(*facets, ratings.score, strict=True))
    return ratings


def variances(task: str, folder: Path) -> dict[str, Any]:
    ratings = simulated(task, folder)
    began = time.perf_counter()
    components = estimate_population(ratings).components
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "total": components.total, **dataclasses.asdict(components)}


def report_pdf(task: str, folder: Path) -> dict[str, Any]:
    """From the case to the PDF; the page that the peer starts from is written untimed."""
    from second_opinion.cli.django_setup import start_django

    start_django()
    from second_opinion.ingest.case_file import EXAMPLE, read_case_file
    from second_opinion.reports.analysis import analyse
    from second_opinion.reports.rendering import render_page, render_pdf

    (folder / f"{task}.toml").write_text(EXAMPLE, encoding="utf-8")
    case = read_case_file(folder / f"{task}.toml")
    analysis = analyse(case)
    said = {"language": "en", "issued_on": date(2026, 11, 24)}
    (folder / f"{task}.html").write_text(render_page(case, analysis, **said), encoding="utf-8")
    began = time.perf_counter()
    pdf = render_pdf(case, analysis, **said)
    seconds = time.perf_counter() - began
    n_pages = len(pikepdf.open(io.BytesIO(pdf)).pages)
    return {"seconds": seconds, "note": f"ours {n_pages} pages, {len(pdf) / 1000:.0f} kB"}


TASKS = {
    "variances_nested": variances,
    "variances_crossed": variances,
    "report_pdf": report_pdf,
    **ours_agreement.TASKS,
    **ours_facets.TASKS,
    **ours_questionnaire.TASKS,
    **ours_reports.TASKS,
    **ours_matching.TASKS,
    **ours_sealing.TASKS,
}


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        answer = TASKS[asked["task"]](asked["task"], Path(asked["folder"]))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
