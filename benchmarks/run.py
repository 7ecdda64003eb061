"""What `make bench` runs: our side and its peer in turn, in one go, and their ratio.

Only ratios are kept: seconds depend on the machine, and a ratio of two sides that took turns
hardly does. Each side is a process of its own, with its own packages, and measures itself.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
HERE = ROOT / "benchmarks"
PEERS = ROOT / ".venv-bench"
LOCKED = HERE / "requirements.txt"
RESULTS = HERE / "results.md"
ROUNDS = 7
# One thread for either side: with several, small matrices mostly wait for each other.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Task:
    """One thing that both sides do with the same input."""

    name: str
    what: str
    peer: str
    agree: tuple[str, ...] = ()  # values in both answers that must be alike
    is_fresh: bool = False  # every turn in a new process, where a side would remember its answer
    shows_memory: bool = False
    warms_up: bool = True  # the peer too, by a turn that is not counted
    rounds: int = ROUNDS


@dataclass(frozen=True)
class OwnTask(Task):
    """One thing that we do, beside another that we do: how many times as long it takes."""

    against: str = ""


@dataclass(frozen=True)
class Outcome:
    task: Task
    ratio: float
    lowest: float
    highest: float
    note: str


TASKS = (
    Task(
        "variances_nested",
        "variance components by REML: 150 candidates, each with 3 assessors of its own, 4 criteria "
        "(ours takes criteria's levels off first)",
        "statsmodels MixedLM",
        agree=("candidate", "candidate_by_criterion", "halo", "residual"),
    ),
    Task(
        "variances_crossed",
        "variance components by REML: 30 candidates, 6 assessors taking turns, 4 criteria (ours "
        "tells assessor by criterion apart besides)",
        "statsmodels MixedLM",
        agree=("candidate", "candidate_by_criterion", "severity", "halo", "residual"),
    ),
    Task(
        "report_pdf",
        "the tagged PDF of the example's report, each time in a new process",
        "WeasyPrint, from its page",
        is_fresh=True,
    ),
    Task(
        "report_full",
        "the tagged PDF of a full report: 3 finalists, 12 criteria, other words at every turn",
        "WeasyPrint, from its page",
        rounds=5,
    ),
    *(
        Task(
            f"facets_1e{power}",
            f"many-facet fit with standard errors, about 1e{power} ratings",
            "mirt fit_mfrm",
            agree=("deviance_per_rating", "sd"),
            shows_memory=power == 6,
            warms_up=power < 6,
            rounds=3 if power == 6 else 5,
        )
        for power in (4, 5, 6)
    ),
    Task(
        "g_study",
        "variance components of 1e5 ratings: 5,000 candidates, 106 assessors, 12 criteria, and "
        "candidate by criterion",
        "R lme4 lmer",
        agree=("p", "r", "t", "pt", "residual"),
        rounds=3,
    ),
    Task(
        "alpha",
        "Krippendorff's alpha, nominal, ordinal and interval: 1e6 cells, a tenth missing",
        "krippendorff",
        agree=("nominal", "ordinal", "interval"),
    ),
    Task(
        "icc",
        "six intraclass correlations with intervals: 250,000 units by four raters",
        "pingouin",
        agree=("icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k"),
    ),
    Task(
        "adaptive_step",
        "the next item of an adaptive questionnaire: 116 items of two answers, 1 to 60 answered",
        "catsim",
    ),
    Task(
        "grm_2700",
        "graded response model: 2,700 people, 25 items of five answers; ours with standard errors",
        "girth grm_mml",
        agree=("log_likelihood_per_answer",),
    ),
    Task(
        "grm_1e5",
        "graded response model: 100,000 people, 116 items of five answers; ours to the end with "
        "standard errors, the peer stopped after 4 of its up to 25 rounds",
        "girth grm_mml",
        shows_memory=True,
        warms_up=False,
        rounds=1,
    ),
    *(
        Task(
            f"assign_{name.lower()}",
            f"2,000 cases with two of 500 assessors each, every pair possible: {aim}",
            f"openreview-matcher {name}",
            warms_up=False,
            rounds=1,
        )
        for name, aim in (("MinMax", "the best total"), ("FairFlow", "the worst case first"))
    ),
)
OWN_TASKS = (
    *(
        OwnTask(
            f"halo_1e{power}",
            f"halo-aware fit, about 1e{power} ratings with halo as it is typical",
            "the fit of main effects to the same",
            against=f"halo_unknown_1e{power}",
            rounds=5 if power == 5 else 3,
        )
        for power in (5, 6)
    ),
    OwnTask(
        "alone_1e7",
        "many-facet fit with standard errors, about 1e7 ratings",
        "about 1e6 ratings",
        against="alone_1e6",
        warms_up=False,
        rounds=2,
    ),
    OwnTask(
        "score_1e6",
        "a million people scored: 25 items from a file of answers to a file of scores",
        "a hundred thousand people",
        against="score_1e5",
        warms_up=False,
        rounds=2,
    ),
    OwnTask(
        "assign_fair",
        "10,000 cases, 1,000 assessors, 30 eligible each: the worst case first, then the total",
        "one minimum-cost flow by OR-Tools for the total alone",
        against="assign_raw",
        shows_memory=True,
    ),
    OwnTask(
        "tree_1e5",
        "Merkle tree of 100,000 rows, from rows to root",
        "a bare hash chain of the same rows",
        against="chain_1e5",
    ),
)


class Side:
    """A process that does one task after another, and says how long each took."""

    def __init__(self, python: Path, script: str) -> None:
        self._command = [str(python), str(HERE / script)]
        self._process = self._start()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=os.environ | ONE_THREAD,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def does(self, task: Task, folder: Path, name: str = "") -> dict[str, Any]:
        if task.is_fresh:
            self.end()
            self._process = self._start()
        asked = {"task": name or task.name, "folder": str(folder)}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        self._process.stdin.close()
        self._process.wait()


def set_up_peers() -> Path:
    python = PEERS / "bin" / "python"
    ready = PEERS / ".ready"
    if not ready.exists() or ready.stat().st_mtime < LOCKED.stat().st_mtime:
        print("Setting up .venv-bench ...", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        install = ["-m", "pip", "install", "--quiet", "--require-hashes", "--requirement"]
        subprocess.run([str(python), *install, str(LOCKED)], check=True)
        ready.touch()
    return python


def measure(task: Task, ours: Side, theirs: Side, folder: Path) -> Outcome | str:
    """The ratio of medians, peer over ours; or why there is none."""
    seconds: dict[str, list[float]] = {"ours": [], "theirs": []}
    answers: dict[str, dict[str, Any]] = {}
    most: dict[str, float] = {}
    for turn in range(task.rounds + 1):
        for name, side in (("ours", ours), ("theirs", theirs)):
            if turn == 0 and name == "theirs" and not task.warms_up:
                continue
            answers[name] = side.does(task, folder)
            if "missing" in answers[name]:
                return answers[name]["missing"]
            most[name] = max(most.get(name, 0.0), answers[name].get("memory", 0.0))
            if turn > 0:
                seconds[name].append(answers[name]["seconds"])
    ratios = [peer / own for own, peer in zip(seconds["ours"], seconds["theirs"], strict=True)]
    return Outcome(
        task,
        statistics.median(seconds["theirs"]) / statistics.median(seconds["ours"]),
        min(ratios),
        max(ratios),
        agreement(task, answers) + (memory(most) if task.shows_memory else ""),
    )


def measure_own(task: OwnTask, ours: Side, beside: Side, folder: Path) -> Outcome:
    """How many times as long the one takes as the other, by the ratio of medians."""
    one, other, most = [], [], 0.0
    for turn in range(task.rounds + task.warms_up):
        answers = ours.does(task, folder), beside.does(task, folder, task.against)
        most = max(most, answers[0].get("memory", 0.0))
        if turn >= task.warms_up:
            one.append(answers[0]["seconds"])
            other.append(answers[1]["seconds"])
    ratios = [long / short for long, short in zip(one, other, strict=True)]
    ratio = statistics.median(one) / statistics.median(other)
    note = f"{answers[0]['note']}; {answers[1]['note']}"
    if task.shows_memory:
        note += f"; at most {most:.0f} MiB above base"
    return Outcome(task, ratio, min(ratios), max(ratios), note)


def memory(most: dict[str, float]) -> str:
    """Of the hungriest turn, as later ones find room that an earlier one let go of."""
    ratio = most["theirs"] / max(most["ours"], 1)
    return f"; memory above base: theirs {ratio:.1f} times ours"


def agreement(task: Task, answers: dict[str, dict[str, Any]]) -> str:
    if not task.agree:
        return answers["ours"]["note"] + "; " + answers["theirs"]["note"]
    furthest = max(
        abs(answers["ours"][name] - answers["theirs"][name]) / answers["ours"]["total"]
        for name in task.agree
    )
    return f"estimates differ by at most {furthest:.1e} of the whole"


def row(outcome: Outcome | str, *, digits: int = 0) -> str:
    if isinstance(outcome, str):
        return f"| left out: {outcome} | | | |\n"
    return (
        f"| {outcome.task.what} | {outcome.task.peer} | {outcome.ratio:.{digits}f} "
        f"({outcome.lowest:.{digits}f} to {outcome.highest:.{digits}f}) | {outcome.note} |\n"
    )


def write_results(outcomes: list[Outcome | str], own: list[Outcome]) -> None:
    head = (
        "# Timings\n\n"
        f"Made by `make bench`. How many times longer the peer takes: ratio of the medians of "
        f"{ROUNDS} turns (3 or 5 where the peer takes seconds), and the range over single turns. "
        "Both sides took turns in one run, on one thread; start-up is not counted, and neither is "
        "a first turn to warm up (of ours alone where the peer takes half a minute). Memory is the "
        "most that came on top of what the process held when the data were there.\n\n"
        "| what | peer | peer / ours | |\n|---|---|---|---|\n"
    )
    middle = (
        "\n## Ours beside ours\n\nHow many times as long the one takes as the other; again both "
        "in turn.\n\n| what | beside | times as long | |\n|---|---|---|---|\n"
    )
    RESULTS.write_text(
        head + "".join(map(row, outcomes)) + middle + "".join(row(one, digits=1) for one in own),
        encoding="utf-8",
    )


def chosen(names: list[str]) -> list[Task]:
    """The tasks named on the command line, or all."""
    tasks = [*TASKS, *OWN_TASKS]
    unknown = set(names) - {task.name for task in tasks}
    if unknown:
        raise SystemExit(
            f"There is no task {', '.join(sorted(unknown))}; there are "
            f"{', '.join(task.name for task in tasks)}."
        )
    return [task for task in tasks if not names or task.name in names]


def main() -> None:
    tasks = chosen(sys.argv[1:])
    sides = ours, beside, theirs = (
        Side(Path(sys.executable), "ours.py"),
        Side(Path(sys.executable), "ours.py"),
        Side(set_up_peers(), "theirs.py"),
    )
    outcomes: list[Outcome | str] = []
    own: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder:
        for task in tasks:
            began = time.monotonic()
            if isinstance(task, OwnTask):
                own.append(measure_own(task, ours, beside, Path(folder)))
                said = row(own[-1], digits=1)
            else:
                outcomes.append(measure(task, ours, theirs, Path(folder)))
                said = row(outcomes[-1])
            print(f"{task.name} in {time.monotonic() - began:.0f} s: {said}", end="", flush=True)
    for side in sides:
        side.end()
    if len(tasks) < len(TASKS) + len(OWN_TASKS):
        return  # some alone are for looking at; the page holds one run of all
    write_results(outcomes, own)
    subprocess.run([sys.executable, str(HERE / "pages.py")], check=True)  # adds its part
    print(f"Written: {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
