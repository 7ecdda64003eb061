import signal
import subprocess
import sys
from dataclasses import dataclass

import pytest

from second_opinion.cli.main import run
from second_opinion.ingest.matching_files import MATCHING_EXAMPLES


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


@pytest.fixture
def call(capfdbinary):
    """Calls the command in this process and answers with its exit code and what it printed."""

    def calls(*arguments):
        code = run([str(argument) for argument in arguments])
        printed = capfdbinary.readouterr()
        return Answer(code, printed.out.decode(), printed.err.decode())

    return calls


@pytest.fixture
def spawn():
    """Calls the command as a process of its own."""

    def spawns(*arguments, **options):
        answer = subprocess.run(
            [sys.executable, "-m", "second_opinion.cli.main", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            **options,
        )
        return Answer(answer.returncode, answer.stdout, answer.stderr)

    return spawns


@pytest.fixture
def heeds_ctrl_c():
    """A shell starts what runs in the background deaf to Ctrl-C, and so are its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def written(tmp_path):
    """Writes the files of a matching, the examples where nothing else is given."""

    def writes(**texts):
        for name, text in (MATCHING_EXAMPLES | texts).items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tuple(tmp_path / f"{name}.csv" for name in ("cases", "assessors", "conflicts"))

    return writes
