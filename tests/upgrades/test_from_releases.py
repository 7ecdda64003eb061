"""The demo of every version that was released, brought up to this one: nothing is lost."""

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.machines import Machine

RELEASES = sorted(Path(__file__).parent.glob("*.tar.xz"))


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name.removesuffix(".tar.xz"))
def test_the_demo_of_a_release_is_brought_up_to_date_and_nothing_is_wrong_with_it(
    release, tmp_path
):
    with tarfile.open(release) as archive:
        archive.extractall(tmp_path, filter="data")
    before = counted(tmp_path)
    machine = Machine(
        f"sqlite:///{tmp_path}/second-opinion.sqlite3",
        tmp_path / "keys",
        (tmp_path / "master-key").read_text(),
        settings={"SECOND_OPINION_QUESTIONNAIRE_FOLDER": str(tmp_path / "questionnaires")},
    )

    migrated, examined = machine.run("migrate"), machine.run("doctor")

    assert migrated.returncode == 0, migrated.stderr
    assert "Nothing is wrong" in examined.stdout, examined.stdout + examined.stderr
    assert before["audit_event"] > 400
    after = counted(tmp_path)
    assert {table: after.get(table) for table in before} == before


def counted(home):
    """How many rows each of our tables has; Django's own lists grow with the models."""
    with closing(sqlite3.connect(home / "second-opinion.sqlite3")) as database:
        tables = [
            name
            for (name,) in database.execute("select name from sqlite_master where type = 'table'")
            if not name.startswith(("django_", "auth_permission", "sqlite_"))
        ]
        count = "select count(*) from {}"
        return {name: database.execute(count.format(name)).fetchone()[0] for name in tables}
