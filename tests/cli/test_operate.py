"""serve, worker and migrate as an operator meets them: real processes, a database in a file."""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid

import pytest

from second_opinion.config.environment import Environment

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
SECONDS_TO_START = 30
DATABASE = "opinion.sqlite3"


@pytest.fixture
def environment(tmp_path):
    return surroundings(tmp_path)


def surroundings(folder):
    """Nothing set but a key and an empty database."""
    ours = {field.validation_alias for field in Environment.model_fields.values()}
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    return clean | {
        "DATABASE_URL": f"sqlite:///{folder}/{DATABASE}",
        "SECOND_OPINION_MASTER_KEY": KEY,
    }


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory):
    """A database made by `migrate`, to be copied: making one takes seconds."""
    folder = tmp_path_factory.mktemp("migrated")
    assert call(surroundings(folder), "migrate").returncode == 0
    return folder / DATABASE


@pytest.fixture
def migrated(environment, empty_database, tmp_path):
    shutil.copy(empty_database, tmp_path / DATABASE)
    return environment


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(*arguments):
    return [sys.executable, "-m", "second_opinion.cli.main", *map(str, arguments)]


def call(environment, *arguments):
    return subprocess.run(
        command(*arguments), env=environment, capture_output=True, text=True, check=False
    )


def start(environment, *arguments):
    return subprocess.Popen(
        command(*arguments),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stop(process, number=signal.SIGTERM):
    process.send_signal(number)
    output, errors = process.communicate(timeout=30)
    return process.returncode, output, errors


def fetch(port):
    """The sign-in page, as soon as it is served."""
    end = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/sign-in/") as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def wait_for(question):
    """The first answer that is not empty."""
    end = time.monotonic() + SECONDS_TO_START
    while not (answer := question()):
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.1)
    return answer


def test_migrating_twice_ends_well_and_says_so(environment):
    calls = [call(environment, "migrate") for _ in range(2)]

    assert [done.returncode for done in calls] == [0, 0], calls[0].stderr
    assert calls[1].stdout == "The database is up to date.\n"


def test_pages_and_their_style_are_served_from_the_package_until_stopped(migrated, port):
    server = start(migrated, "serve", "--port", port, "--with-worker")

    page = fetch(port)
    with urllib.request.urlopen(
        f"http://localhost:{port}/static/second_opinion/site.css"
    ) as answer:
        style = answer.read()
    code, output, errors = stop(server)

    assert "<html" in page
    assert style
    assert code == 0, errors
    assert f"on 127.0.0.1:{port}; Ctrl-C stops it." in output
    assert "Traceback" not in errors


def test_the_worker_inside_the_server_does_what_is_due(migrated, port):
    file = migrated["DATABASE_URL"].removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(file)) as stored:
        stored.execute(
            "INSERT INTO audit_outboxrow (kind, subject, due_at, attempts, last_error, created_at)"
            " VALUES ('unheard.of', ?, '2026-01-01', 0, '', '2026-01-01')",
            [uuid.uuid4().hex],
        )
        stored.commit()

        server = start(migrated, "serve", "--port", port, "--with-worker")
        fetch(port)
        tried = wait_for(
            lambda: stored.execute("SELECT last_error FROM audit_outboxrow").fetchone()[0]
        )
        code, _, errors = stop(server)

    assert tried == "No handler for unheard.of in this version."
    assert code == 0, errors


def test_a_port_that_is_taken_is_named(migrated):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        served = call(migrated, "serve", "--port", port)

    assert served.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in served.stderr
    assert "--port" in served.stderr


@pytest.mark.parametrize("name", ["serve", "worker", "migrate"])
def test_without_a_master_key_nothing_starts(migrated, name):
    del migrated["SECOND_OPINION_MASTER_KEY"]

    started = call(migrated, name)

    assert started.returncode == 1
    assert "SECOND_OPINION_MASTER_KEY is not set" in started.stderr
    assert "secrets.token_urlsafe(32)" in started.stderr
    assert "Traceback" not in started.stderr


@pytest.mark.parametrize("name", ["serve", "worker"])
def test_a_database_without_this_versions_changes_is_not_served(environment, name):
    started = call(environment, name)

    assert started.returncode == 1
    assert "run: second-opinion migrate" in started.stderr


def test_other_machines_are_not_answered_without_https(migrated):
    served = call(migrated, "serve", "--host", "0.0.0.0")

    assert served.returncode == 1
    assert "without https that is refused" in served.stderr


def test_plain_http_for_others_is_not_served(migrated):
    migrated["SECOND_OPINION_PUBLIC_URL"] = "http://opinion.example.com"

    served = call(migrated, "serve")

    assert served.returncode == 1
    assert "plain http" in served.stderr


def test_a_wrong_setting_ends_with_its_sentence(environment):
    environment["SECOND_OPINION_TIME_ZONE"] = "Mars/Phobos"

    started = call(environment, "serve")

    assert started.returncode == 1
    assert "SECOND_OPINION_TIME_ZONE" in started.stderr
    assert "Traceback" not in started.stderr


def test_a_worker_called_once_says_how_much_it_tried(migrated):
    worked = call(migrated, "worker", "--once")

    assert (worked.returncode, worked.stdout) == (0, "Tried 0 rows of the outbox.\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_stops_cleanly_when_told_to(migrated, number):
    worker = start(migrated, "worker")
    assert worker.stdout.readline() == "The worker runs; stop it with Ctrl-C.\n"

    code, _, errors = stop(worker, number)

    assert (code, errors) == (0, "")


@pytest.mark.parametrize("name", ["serve", "worker", "migrate", "doctor"])
def test_every_command_helps_with_an_example(environment, name):
    helped = call(environment, name, "--help")

    assert helped.returncode == 0
    assert f"Example: second-opinion {name}" in helped.stdout
