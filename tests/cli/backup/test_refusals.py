"""What is refused before anything is written, with the sentence that says why."""

import resource
import secrets
import signal
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from second_opinion.audit import services
from second_opinion.cli.backup.archive import extract, hash_of, read_manifest, write_archive
from second_opinion.cli.backup.errors import BackupError
from second_opinion.cli.backup.manifest import Manifest
from second_opinion.cli.backup.restoring import restore_backup
from second_opinion.cli.backup.writing import write_backup

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def backups(tmp_path):
    """Writes the two files, with what a test changes in what they say of themselves."""

    def write(*, made_at=NOW, **of_data):
        content = tmp_path / "database"
        content.write_bytes(b"rows " * 1000)
        said = {
            "kind": "data",
            "made_at": NOW,
            "version": "9.9",
            "vendor": connection.vendor,
            "hashes": {"database": hash_of(content)},
        }
        data, keys = tmp_path / "data.tar.gz", tmp_path / "keys.tar.gz"
        write_archive(data, Manifest(**said | of_data), {"database": content})
        of_keys = Manifest(kind="keys", made_at=made_at, version="9.9", hashes={})
        write_archive(keys, of_keys, {})
        return data, keys

    return write


def refusal(data, keys):
    with pytest.raises(BackupError) as refused:
        restore_backup(data, keys, now=NOW)
    return str(refused.value)


def test_files_given_in_the_wrong_order_are_told_apart(backups):
    data, keys = backups()

    assert "is a backup of keys, and one of data is wanted in its place" in refusal(keys, data)


def test_a_backup_of_the_other_database_is_refused(backups):
    assert "The backup is of oracle, and DATABASE_URL names" in refusal(*backups(vendor="oracle"))


def test_a_backup_of_a_later_version_is_refused_with_what_is_not_known(backups):
    said = refusal(*backups(migrations=("cases.0001_initial", "cases.0099_of_tomorrow")))

    assert "made by version 9.9" in said
    assert "does not know cases.0099_of_tomorrow" in said


def test_keys_are_good_for_thirty_days(backups):
    assert "backed up 30 days ago" in refusal(*backups(made_at=NOW - timedelta(days=30)))
    # A day younger, and what is asked next is asked: whether there is an empty place.
    assert "is not empty" in refusal(*backups(made_at=NOW - timedelta(days=29, hours=23)))


def test_nothing_is_restored_over_what_is_there(backups):
    assert "nothing is ever restored over what is there" in refusal(*backups())


@pytest.mark.parametrize("content", [b"", b"no backup at all", bytes(2000)])
def test_a_file_that_is_no_backup_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "some.file"
    path.write_bytes(content)

    with pytest.raises(BackupError, match="cannot be read as a backup"):
        read_manifest(path)


def test_a_torn_or_altered_backup_is_refused(backups, tmp_path):
    for name in ("laid", "elsewhere"):
        (tmp_path / name).mkdir()
    data, _ = backups(hashes={"database": "0" * 64})
    with pytest.raises(BackupError, match="damaged: database is not what was backed up"):
        extract(data, read_manifest(data), tmp_path / "laid")

    data, _ = backups()
    manifest = read_manifest(data)
    data.write_bytes(data.read_bytes()[:-20])
    with pytest.raises(BackupError, match="cannot be read as a backup"):
        extract(data, manifest, tmp_path / "elsewhere")


def test_a_folder_that_takes_no_file_leaves_nothing_behind(tmp_path):
    taken = tmp_path / "a file, no folder"
    taken.touch()

    with pytest.raises(BackupError, match="No backup could be written into"):
        write_backup(taken, taken, now=NOW)

    assert list(tmp_path.iterdir()) == [taken]


@pytest.fixture
def full_disk():
    """No file can grow beyond ten thousand bytes, which fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, ignored)


def test_a_full_disk_keeps_nothing_of_the_backup_and_leaves_the_earlier_ones(tmp_path, full_disk):
    earlier, content = tmp_path / "earlier.tar.gz", tmp_path / "content"
    earlier.write_bytes(b"earlier")
    content.write_bytes(secrets.token_bytes(9_900))  # which does not become smaller
    entries = {"content": content}

    with pytest.raises(BackupError, match="earlier backups are untouched"):
        write_archive(
            tmp_path / "data.tar.gz",
            Manifest(kind="keys", made_at=NOW, version="9.9", hashes={}),
            entries,
        )

    assert sorted(tmp_path.iterdir()) == [content, earlier]


def test_a_key_that_a_backup_brought_back_is_destroyed_where_the_log_says_erased():
    class Thing:
        pseudonym = uuid4()

    services.make_case_key(Thing())
    assert services.destroy_erased_keys() == 0

    services.record_event(actor=None, verb="case.erased", subject=Thing(), case=Thing())

    assert services.destroy_erased_keys() == 1
    assert not services.has_case_key(Thing())
