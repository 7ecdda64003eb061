"""Backups brought back onto an empty machine, with real files, processes and databases."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from second_opinion.audit.analysis.verification import verify_receipt
from second_opinion.cli.backup.manifest import stamp
from tests.databases import new_database
from tests.machines import Machine

PROGRAM = "tests.cli.backup.machine"


@pytest.fixture
def old_machine(tmp_path):
    with new_database(tmp_path) as address:
        yield Machine(address, tmp_path / "keys", secrets.token_urlsafe(32), program=PROGRAM)


@pytest.fixture
def new_machine(tmp_path, old_machine):
    with new_database(tmp_path) as address:
        yield replace(old_machine, database_url=address, keys=tmp_path / "new" / "keys")


def made_some_days_ago(folder, days):
    """An empty stand-in for a file of keys that an earlier backup left."""
    at = datetime.now(UTC) - timedelta(days=days)
    path = folder / f"second-opinion-{stamp(at)}.keys.tar.gz"
    path.touch()
    return path


def test_a_restore_drill(tmp_path, old_machine, new_machine):
    """One walk, since each step takes a process: back up, lose everything, bring it back."""
    there = old_machine.does("fill")
    folder, elsewhere = tmp_path / "backups", tmp_path / "elsewhere"
    elsewhere.mkdir()
    too_old, young = made_some_days_ago(elsewhere, 31), made_some_days_ago(elsewhere, 29)

    made = old_machine.run("backup", folder, "--keys-into", elsewhere)

    assert made.returncode == 0, made.stderr
    assert "Removed 1 files of keys older than 30 days." in made.stdout
    assert young.exists()
    assert not too_old.exists()
    [data] = folder.iterdir()
    [keys] = (path for path in elsewhere.iterdir() if path != young)
    assert oct(data.stat().st_mode & 0o777) == oct(keys.stat().st_mode & 0o777) == "0o600"

    foreign = replace(new_machine, master_key=secrets.token_urlsafe(32))
    assert "SECOND_OPINION_MASTER_KEY is not the one" in foreign.run("restore", data, keys).stderr
    assert not new_machine.keys.exists()

    restored = new_machine.run("restore", data, keys)

    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "with 2 keys" in restored.stdout
    assert "Nothing is wrong with it." in restored.stdout
    found = new_machine.does("look")
    assert found == old_machine.does("look")
    assert found["readable"] == {there["kept"]: "Fits.", there["other"]: "Fits."}
    assert verify_receipt(there["receipt"]).refuted == ()

    # An erased case cannot be read from the older backup of the data either.
    new_machine.does("erase", there["other"])
    assert new_machine.does("look")["readable"] == {there["kept"]: "Fits.", there["other"]: None}
