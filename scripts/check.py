"""What `make check` runs: every check, one line each with its time, and all failures shown."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHON = sys.executable
BIN = Path(sysconfig.get_path("scripts"))
TEMPLATES = sorted(str(path) for path in (ROOT / "src").rglob("templates/**/*.html"))


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str]
    mend: str


CHECKS = [
    # The slowest first: two run at a time.
    Check("types", [BIN / "mypy", "--no-error-summary"], "mend the types named above"),
    Check("format", [BIN / "ruff", "format", "--check", "--quiet", "."], "ruff format ."),
    Check("lint", [BIN / "ruff", "check", "--quiet", "."], "ruff check --fix ."),
    Check("imports", [BIN / "lint-imports", "--no-logo"], "see ARCHITECTURE.md for the rooms"),
    Check("templates", [BIN / "djade", "--check", *TEMPLATES], "djade $(git ls-files '*.html')"),
    Check(
        "migrations",
        [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
        "python -m django makemigrations",
    ),
    Check("packages", [PYTHON, "scripts/audit.py"], "see docs/how-to/audit-the-dependencies.md"),
    Check("messages", [PYTHON, "scripts/messages.py", "--check"], "make messages, then translate"),
    Check(
        "docs",
        [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/house/test_docs.py"],
        "write what is missing into docs/",
    ),
]


@dataclass(frozen=True)
class Outcome:
    check: Check
    seconds: float
    passed: bool
    said: str


def run(check: Check) -> Outcome:
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        # A database of its own: a check never opens, or makes, the one in this folder.
        database = f"sqlite:///{folder}/check.sqlite3"
        environment = {"DJANGO_SETTINGS_MODULE": "second_opinion.config.settings", **os.environ}
        ran = subprocess.run(  # noqa: S603, the commands are the ones above
            check.command,
            cwd=ROOT,
            env=environment | {"DATABASE_URL": database},
            capture_output=True,
            text=True,
            check=False,
        )
    seconds = time.perf_counter() - started
    return Outcome(check, seconds, ran.returncode == 0, ran.stdout + ran.stderr)


def main() -> int:
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = []
        for outcome in pool.map(run, CHECKS):
            outcomes.append(outcome)
            word = "ok" if outcome.passed else "FAILED"
            print(f"{outcome.check.name:<12}{word:<8}{outcome.seconds:6.1f} s", flush=True)
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        print(f"\n--- {outcome.check.name} ---\n{outcome.said.strip()}")
        print(f"To mend it: {outcome.check.mend}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
