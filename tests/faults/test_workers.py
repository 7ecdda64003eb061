"""Workers as real processes before a real mail server: nothing is lost, and nothing goes twice."""

import secrets
import time
from collections import Counter

import pytest

from tests.databases import new_database
from tests.faults.mail_server import Manner, mail_server
from tests.machines import Machine

# Real processes take seconds each: on the database that several workers are meant for.
pytestmark = pytest.mark.postgresql

MANY = 40


@pytest.fixture
def server():
    with mail_server() as server:
        yield server


@pytest.fixture
def machine(tmp_path, server):
    with new_database(tmp_path) as address:
        yield Machine(
            address,
            tmp_path / "keys",
            secrets.token_urlsafe(32),
            settings={
                "SECOND_OPINION_SMTP_URL": server.url,
                "SECOND_OPINION_PUBLIC_URL": "http://localhost:8000",
            },
            program="tests.faults.letters",
        )


def identities(server):
    return Counter(mail["Message-ID"] for mail in server.got)


def test_two_workers_send_each_mail_once(machine, server):
    machine.does("fill", str(MANY))
    # Slow enough that neither is done before the other has begun.
    server.manner, server.seconds = Manner.SLOW, 0.05

    workers = [machine.start("worker", "--once") for _ in range(2)]
    said = [worker.communicate(timeout=120) for worker in workers]

    assert [worker.returncode for worker in workers] == [0, 0], said
    found = machine.does("look")
    assert found["waiting"] == 0
    assert set(identities(server).values()) == {1}
    assert len(server.got) == MANY + 1
    tried = [int(out.split("Tried ")[1].split()[0]) for out, _ in said]
    assert sum(tried) == MANY + 1
    assert min(tried) > 0


def test_a_worker_killed_in_the_middle_loses_nothing_and_no_reminder_goes_twice(machine, server):
    n_rows = machine.does("fill", "1")["rows"]
    server.manner, server.seconds = Manner.SLOW, 60.0
    for _ in range(n_rows):
        kill_while_it_sends(machine, server)
    server.manner = Manner.TAKES
    cut_short = machine.does("look")
    too_early = machine.run("worker", "--once")

    machine.does("later")
    again = machine.run("worker", "--once")

    assert [row[1:] for row in cut_short["rows"][-n_rows:]] == [[1, "", False]] * n_rows
    assert "Tried 0 rows" in too_early.stdout, too_early.stderr
    assert f"Tried {n_rows} rows" in again.stdout, again.stderr
    found = machine.does("look")
    assert (found["waiting"], found["dropped"]) == (0, 1)
    # The letter went once more under the identity it had, by which a mailbox knows it.
    assert sorted(identities(server).values()) == [1, 2]
    assert all(name.endswith("@localhost>") for name in identities(server))


def kill_while_it_sends(machine, server):
    server.has_one.clear()
    worker = machine.start("worker", "--once")
    assert server.has_one.wait(timeout=60)
    time.sleep(0.1)
    worker.kill()
    worker.communicate()
