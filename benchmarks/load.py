"""Fifty people at work at once through real pages, beside a bare Django page in the same run.

    .venv/bin/python benchmarks/load.py                              SQLite, one process
    .venv/bin/python benchmarks/load.py --postgresql URL             two web processes and a worker
    .venv/bin/python benchmarks/load.py --minutes 1 --people 10      a smaller run

1,000 cases in all stages. Ten providers with a coordinator, an orderer, a decider, an assessor and
a candidate each: they list, search, read, write ratings, notes and words, send files and fetch the
report as PDF, with a pause between two pages as people have. All of it on this one machine, the
people too. It writes its own part of load.md.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from load_machine import Machine, memory_of
from load_people import People, Step, work

RESULTS = Path(__file__).parent / "load.md"
SECONDS_TO_WARM = 10


def main() -> None:
    asked = _arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        machine = Machine(folder, asked.postgresql)
        people: People = machine.fill()
        processes = stack.enter_context(machine.served())
        steps, highest = _run(
            people[: asked.people], machine.address, processes, asked.minutes * 60
        )
    name = "PostgreSQL, two web processes" if asked.postgresql else "SQLite, one process"
    text = _section(f"{name}, {asked.people} people, {asked.minutes:g} minutes", steps, highest)
    kept = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else _HEADER
    RESULTS.write_text(_replaced(kept, name, text), encoding="utf-8")
    print(text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgresql", metavar="URL", help="a server where databases can be made")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--people", type=int, default=50)
    return parser.parse_args()


def _run(
    people: People, address: str, processes: list[int], seconds: float
) -> tuple[list[Step], int]:
    """Every step that somebody took, and the most memory that the service had, in bytes."""
    steps: list[Step] = []
    began = time.monotonic()
    until = began + SECONDS_TO_WARM + seconds
    threads = [
        threading.Thread(target=work, args=(person, number, address, until, steps))
        for number, person in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    highest = 0
    while any(thread.is_alive() for thread in threads):
        time.sleep(2)
        highest = max(highest, memory_of(processes))
    return [step for step in steps if step.began > began + SECONDS_TO_WARM], highest


def _section(name: str, steps: list[Step], highest: int) -> str:
    pages = sorted({step.page for step in steps} - {"bare"})
    bare = [step.seconds for step in steps if step.page == "bare"]
    ours = [step.seconds for step in steps if step.page != "bare"]
    errors = [step for step in steps if step.is_error]
    rows = [("a bare Django page", bare), ("all of ours", ours)]
    rows += [(page, [step.seconds for step in steps if step.page == page]) for page in pages]
    table = "".join(_row(page, seconds) for page, seconds in rows)
    return (
        f"## {name}\n\n{len(ours)} pages, {len(errors)} errors, "
        f"{highest / 1e6:.0f} MB at most in all processes of the service.\n\n"
        "| page | asked for | p50 | p95 | p99 |\n|---|---|---|---|---|\n"
        f"{table}" + "".join(f"\nError: {step.page} answered {step.status}" for step in errors[:5])
    )


def _row(page: str, seconds: list[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100) if len(seconds) > 1 else seconds * 99
    shown = " | ".join(f"{1000 * cuts[at - 1]:.0f} ms" for at in (50, 95, 99))
    return f"| {page} | {len(seconds)} | {shown} |\n"


_HEADER = (
    "# Fifty people at once\n\nMade by `benchmarks/load.py`, whose first lines say what is done. "
    "The people, the service and its database share the machine of the run, two cores; the "
    "milliseconds say how it went there, and the bare page beside them what such a machine gives.\n"
)


def _replaced(kept: str, name: str, text: str) -> str:
    head, *sections = kept.split("\n## ")
    others = [f"## {one.strip()}\n" for one in sections if not one.startswith(name)]
    return head.rstrip() + "\n\n" + "\n".join(sorted([*others, text.rstrip() + "\n"]))


if __name__ == "__main__":
    main()
