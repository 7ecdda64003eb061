import os
import signal
import subprocess
import sys
import time

import click
import pytest

from second_opinion import __version__
from second_opinion.cli import main
from second_opinion.cli.errors import OutputError
from second_opinion.cli.lazy import Listed
from second_opinion.engine.errors import NotEnoughRatingsError


@pytest.fixture
def failing(monkeypatch):
    """Makes `opine` raise what it is given."""

    def fails(error):
        @click.command()
        def command():
            raise error

        monkeypatch.setattr(Listed, "load", lambda listed: command)

    return fails


def test_version_is_the_package_s(call):
    answer = call("--version")

    assert answer.code == 0
    assert answer.out == f"second-opinion, version {__version__}\n"


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_lists_every_command_with_what_it_does(call, option):
    answer = call(option)

    assert answer.code == 0
    for name, listed in main.COMMANDS.items():
        assert name in answer.out
        assert listed.summary in answer.out


@pytest.mark.parametrize("command", main.COMMANDS)
def test_every_command_can_be_loaded_and_explains_itself_with_an_example(call, command):
    answer = call(command, "--help")

    assert answer.code == 0
    assert "Example" in answer.out
    assert f"second-opinion {command}" in answer.out


def test_help_needs_neither_django_nor_scipy(spawn):
    code = (
        "import sys; from second_opinion.cli.main import run; run(['--help']);"
        "print(sorted({'django', 'scipy'} & {name.split('.')[0] for name in sys.modules}))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert answer.stdout.endswith("[]\n")


@pytest.mark.parametrize("arguments", [["opinion"], ["--what"], ["opine", "--what"], []])
def test_wrong_usage_ends_with_two(call, arguments):
    answer = call(*arguments)

    assert answer.code == 2
    assert answer.out == ""
    assert "Usage: second-opinion" in answer.err


@pytest.mark.parametrize(
    "error",
    [
        NotEnoughRatingsError("Too few."),
        OutputError("No place."),
        PermissionError(13, "Permission denied"),
    ],
)
def test_wrong_input_ends_with_one_and_a_sentence_on_stderr(call, failing, error):
    failing(error)

    answer = call("opine")

    assert answer.code == 1
    assert answer.out == ""
    assert answer.err.startswith("second-opinion: ")
    assert str(error) in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_interruption_ends_quietly(call, failing, error):
    failing(error)

    answer = call("opine")

    assert answer.code == 130
    assert answer.err.strip().endswith("second-opinion: Stopped.")


def test_fault_of_ours_is_a_sentence_and_no_traceback():
    code = (
        "import sys; from second_opinion.cli import main; from second_opinion.cli.lazy import "
        "Listed\ndef load(listed): raise ZeroDivisionError('oh')\nListed.load = load\n"
        "sys.argv = ['second-opinion', 'opine']; main.main()"
    )

    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )

    assert answer.returncode == 1
    assert "This is a fault in second-opinion" in answer.stderr
    assert "ZeroDivisionError: oh" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_reader_that_stops_reading_is_no_fault():
    process = subprocess.Popen(
        [sys.executable, "-m", "second_opinion.cli.main", "opine", "--example"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()

    _, said = process.communicate(timeout=60)

    assert said == b""
    assert process.returncode == 1


def test_terminal_without_unicode_still_gets_its_answer(spawn):
    answer = spawn(
        "opine", "Å.toml", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    )

    assert answer.code == 1
    assert ".toml: There is no such file." in answer.err


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_interrupt_from_the_keyboard_leaves_no_traceback_and_no_file(tmp_path):
    pipe = tmp_path / "never.csv"
    os.mkfifo(pipe)  # a reader waits here until somebody writes
    process = subprocess.Popen(
        [sys.executable, "-m", "second_opinion.cli.main", "evidence", str(pipe), "--candidate",
         "a", "--assessors", "b", "--scale", "1:5", "--json", str(tmp_path / "answer.json")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    writer = os.open(pipe, os.O_WRONLY)  # returns once the command has opened the other end
    time.sleep(0.2)

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    os.close(writer)

    assert process.returncode == 130
    assert (out, err.strip()) == ("", "second-opinion: Stopped.")
    assert [path.name for path in tmp_path.iterdir()] == ["never.csv"]


@pytest.mark.parametrize(("given", "threads"), [(None, "1"), ("4", "4")])
def test_linear_algebra_takes_one_thread_unless_the_operator_says_otherwise(given, threads):
    environment = {key: value for key, value in os.environ.items() if "OPENBLAS" not in key}
    program = (
        "import os, sys; sys.exit = lambda code: None; sys.argv = ['second-opinion', '--version'];"
        "from second_opinion.cli.main import main; main();"
        "print(os.environ['OPENBLAS_NUM_THREADS'])"
    )

    told = subprocess.run(
        [sys.executable, "-c", program],
        env=environment | ({"OPENBLAS_NUM_THREADS": given} if given else {}),
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.splitlines()[-1] == threads
