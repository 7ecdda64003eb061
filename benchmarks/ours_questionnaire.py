"""Our side of questionnaires: item parameters, adaptive steps, and a million people scored."""

from __future__ import annotations

import statistics
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from memory import Memory

from second_opinion.cli.output import write_json_in_pieces
from second_opinion.cli.questionnaire.analysis import analysed
from second_opinion.cli.questionnaire.answer import body_of, person_rows
from second_opinion.engine import warming  # noqa: F401  # the loops, which the base shall hold
from second_opinion.engine.personality import Answers, GradedItems, fit_graded
from second_opinion.engine.personality.adaptive import (
    AdaptiveForm,
    AdaptiveRules,
    AdaptiveState,
    AdaptiveTest,
)
from second_opinion.engine.ratings import Scale
from second_opinion.engine.simulation.graded import draw_items, simulate_answers
from second_opinion.ingest.answers_file import AnswersColumns, AnswersFile, read_item_parameters
from second_opinion.ingest.ratings_file import ScaleOption

SEED = 20261129
SIZES = {"grm_2700": (2_700, 25), "grm_1e5": (100_000, 116)}
PEOPLE = {"score_1e5": 100_000, "score_1e6": 1_000_000}
BANK, ASKED, STEPS = 116, 60, 400
N_ITEMS = 25


@lru_cache(maxsize=1)
def drawn(task: str) -> Answers:
    n_persons, n_items = SIZES[task]
    rng = np.random.default_rng(SEED)
    items = draw_items(n_items=n_items, n_categories=5, rng=rng)
    return simulate_answers(items, n_persons=n_persons, rng=rng).answers


def estimated(task: str, folder: Path) -> dict[str, Any]:
    """Every discrimination and threshold, with every standard error."""
    answers = drawn(task)
    path = folder / f"{task}.npy"
    if not path.exists():
        np.save(path, answers.category)
    memory, began = Memory(), time.perf_counter()
    fit = fit_graded(answers)
    return {
        "seconds": time.perf_counter() - began,
        "memory": memory.above,
        "total": 1.0,
        "log_likelihood_per_answer": fit.log_likelihood / answers.category.size,
        "note": f"log-likelihood {fit.log_likelihood:.1f}, with standard errors",
    }


def adaptive_step(task: str, folder: Path) -> dict[str, Any]:
    """One step: the score from all answers so far, and the next item by shares and information."""
    rng = np.random.default_rng(SEED)
    slope, place = rng.uniform(0.7, 2.2, BANK), rng.normal(0, 1, BANK)
    order = rng.permutation(BANK)[:ASKED]
    given = (rng.random(ASKED) < 1 / (1 + np.exp(-slope[order] * -place[order]))).astype(np.int64)
    np.savez(folder / f"{task}.npz", slope=slope, place=place, order=order, given=given)
    form = AdaptiveForm.of(
        GradedItems.of(slope, place[:, None]), facet=np.arange(BANK) % 6, share=np.ones(6)
    )
    test = AdaptiveTest.of(form, AdaptiveRules())
    states = [AdaptiveState(asked=order[:n], category=given[:n]) for n in range(1, ASKED + 1)]
    seconds = []
    for turn in range(STEPS):
        began = time.perf_counter()
        test.step(states[turn % ASKED])
        seconds.append(time.perf_counter() - began)
    slowest = float(np.quantile(seconds, 0.99))
    return {
        "seconds": statistics.median(seconds),
        "note": "ours by posterior mean, with content by shares; 99 of 100 steps below "
        f"{'1 ms' if slowest < 1e-3 else f'{1000 * slowest:.1f} ms'}",
    }


def scored(task: str, folder: Path) -> dict[str, Any]:
    """From a file of answers to a file with everybody's score, by parameters that are known."""
    path = folder / f"{task}.csv"
    if not path.exists():
        written(path, folder / "items.json", PEOPLE[task])
    parameters = read_item_parameters(folder / "items.json")
    file = AnswersFile(
        path=path,
        columns=AnswersColumns(items=parameters.names, person="who"),
        scales=(ScaleOption(None, Scale(0, 4)),),
    )
    memory, began = Memory(), time.perf_counter()
    analysis = analysed(file, parameters, progress=lambda _number, _height: None)
    target = folder / f"{task}.json"
    write_json_in_pieces(body_of(analysis), "persons", person_rows(analysis), str(target))
    seconds = time.perf_counter() - began
    return {
        "seconds": seconds,
        "note": f"{analysis.persons.n:,} people, at most {memory.above:.0f} MiB above base",
    }


def written(path: Path, parameters: Path, n_persons: int) -> None:
    """Answers part by part, and the parameters that they were drawn with."""
    rng = np.random.default_rng(SEED)
    items = draw_items(n_items=N_ITEMS, n_categories=5, rng=rng)
    names = [f"item{place}" for place in range(N_ITEMS)]
    entries = ", ".join(
        f'{{"item": "{name}", "reversed": false, "discrimination": {slope}, '
        f'"thresholds": {row.tolist()}}}'
        for name, slope, row in zip(names, items.discrimination, items.threshold, strict=True)
    )
    parameters.write_text(
        f'{{"schema": "second-opinion/questionnaire/1", "items": [{entries}]}}', encoding="utf-8"
    )
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(["who", *names]) + "\n")
        for begin in range(0, n_persons, 50_000):
            part = simulate_answers(items, n_persons=50_000, rng=rng).answers.category.tolist()
            file.writelines(
                f"p{begin + place},{','.join(map(str, row))}\n" for place, row in enumerate(part)
            )


TASKS = {
    **dict.fromkeys(SIZES, estimated),
    "adaptive_step": adaptive_step,
    **dict.fromkeys(PEOPLE, scored),
}
