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
    shows_memory: bool = False  # of the last turn, which must then be fresh
    rounds: int = ROUNDS


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
        "variance components by REML: 150 candidates, each with 3 assessors of its own, 4 criteria",
        "statsmodels MixedLM",
        agree=("candidate", "candidate_by_criterion", "halo", "residual"),
    ),
    Task(
        "variances_crossed",
        "variance components by REML: 30 candidates, 6 assessors taking turns, 4 criteria",
        "statsmodels MixedLM",
        agree=("candidate", "candidate_by_criterion", "severity", "halo", "residual"),
    ),
    Task(
        "report_pdf",
        "the tagged PDF of the example's report, each time in a new process",
        "WeasyPrint, from its page",
        is_fresh=True,
    ),
    *(
        Task(
            f"facets_1e{power}",
            f"many-facet fit with standard errors, about 1e{power} ratings",
            "mirt fit_mfrm",
            agree=("deviance_per_rating", "sd"),
            is_fresh=power == 6,
            shows_memory=power == 6,
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

    def does(self, task: Task, folder: Path) -> dict[str, Any]:
        if task.is_fresh:
            self.end()
            self._process = self._start()
        self._process.stdin.write(json.dumps({"task": task.name, "folder": str(folder)}) + "\n")
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
    for turn in range(task.rounds + 1):
        for name, side in (("ours", ours), ("theirs", theirs)):
            answers[name] = side.does(task, folder)
            if "missing" in answers[name]:
                return answers[name]["missing"]
            if turn > 0:  # the first turn only warms up
                seconds[name].append(answers[name]["seconds"])
    ratios = [peer / own for own, peer in zip(seconds["ours"], seconds["theirs"], strict=True)]
    return Outcome(
        task,
        statistics.median(seconds["theirs"]) / statistics.median(seconds["ours"]),
        min(ratios),
        max(ratios),
        agreement(task, answers) + (memory(answers) if task.shows_memory else ""),
    )


def memory(answers: dict[str, dict[str, Any]]) -> str:
    ratio = answers["theirs"]["memory"] / max(answers["ours"]["memory"], 1)
    return f"; memory above base: theirs {ratio:.1f} times ours"


def agreement(task: Task, answers: dict[str, dict[str, Any]]) -> str:
    if not task.agree:
        return answers["ours"]["note"] + "; " + answers["theirs"]["note"]
    furthest = max(
        abs(answers["ours"][name] - answers["theirs"][name]) / answers["ours"]["total"]
        for name in task.agree
    )
    return f"estimates differ by at most {furthest:.1e} of the whole"


def write_results(outcomes: list[Outcome | str]) -> None:
    rows = [
        f"| {outcome.task.what} | {outcome.task.peer} | {outcome.ratio:.0f} "
        f"({outcome.lowest:.0f} to {outcome.highest:.0f}) | {outcome.note} |"
        if isinstance(outcome, Outcome)
        else f"| left out: {outcome} | | | |"
        for outcome in outcomes
    ]
    head = (
        "# Timings\n\n"
        f"Made by `make bench`. How many times longer the peer takes: ratio of the medians of "
        f"{ROUNDS} turns (3 where the peer takes many seconds), and the range over single turns. "
        "Both sides took turns in one run, after one turn to warm up, on one thread; start-up is "
        "not counted.\n\n"
        "| what | peer | peer / ours | |\n|---|---|---|---|\n"
    )
    RESULTS.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


def chosen(names: list[str]) -> list[Task]:
    """The tasks named on the command line, or all."""
    unknown = set(names) - {task.name for task in TASKS}
    if unknown:
        raise SystemExit(
            f"There is no task {', '.join(sorted(unknown))}; there are "
            f"{', '.join(task.name for task in TASKS)}."
        )
    return [task for task in TASKS if not names or task.name in names]


def main() -> None:
    tasks = chosen(sys.argv[1:])
    ours = Side(Path(sys.executable), "ours.py")
    theirs = Side(set_up_peers(), "theirs.py")
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        for task in tasks:
            outcomes.append(measure(task, ours, theirs, Path(folder)))
            print(outcomes[-1], flush=True)
    ours.end()
    theirs.end()
    if len(tasks) < len(TASKS):
        return  # some alone are for looking at; the page holds one run of all
    write_results(outcomes)
    print(f"Written: {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
