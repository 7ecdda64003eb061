from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from second_opinion.audit import services
from second_opinion.audit.errors import CaseKeyError, ErasedError, UnreadableError


class Case:
    def __init__(self):
        self.pseudonym = uuid4()


@pytest.fixture
def folder(tmp_path, settings):
    settings.SECOND_OPINION_KEY_FOLDER = tmp_path / "keys"
    return settings.SECOND_OPINION_KEY_FOLDER


@pytest.fixture
def case(folder):
    case = Case()
    services.make_case_key(case)
    return case


@given(content=st.binary(max_size=300), label=st.text(max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_encrypted_is_read_under_its_label_only(case, content, label):
    encrypted = services.encrypt(content, case=case, label=label)

    assert services.decrypt(encrypted, case=case, label=label) == content
    with pytest.raises(UnreadableError):
        services.decrypt(encrypted, case=case, label=label + "x")


def test_the_same_content_never_looks_the_same_twice(case):
    assert len({services.encrypt(b"4", case=case, label="a") for _ in range(50)}) == 50


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_changed_byte_is_noticed(case, place):
    encrypted = bytearray(services.encrypt(b"content", case=case, label="a"))
    encrypted[place] ^= 1

    with pytest.raises(UnreadableError, match="Nothing was lost"):
        services.decrypt(bytes(encrypted), case=case, label="a")


def test_one_case_cannot_read_another(case):
    other = Case()
    services.make_case_key(other)

    with pytest.raises(UnreadableError):
        services.decrypt(services.encrypt(b"x", case=case, label="a"), case=other, label="a")


def test_a_key_file_cannot_be_given_to_another_case(case, folder):
    other = Case()
    (folder / f"{case.pseudonym}.key").rename(folder / f"{other.pseudonym}.key")

    with pytest.raises(UnreadableError):
        services.encrypt(b"x", case=other, label="a")


def test_another_master_key_reads_nothing_and_says_why(case, settings):
    encrypted = services.encrypt(b"x", case=case, label="a")
    settings.SECOND_OPINION_WRAPPING_SECRET = "ab" * 32

    with pytest.raises(UnreadableError, match="SECOND_OPINION_MASTER_KEY is not the one"):
        services.decrypt(encrypted, case=case, label="a")


def test_making_a_key_twice_keeps_the_first(case):
    encrypted = services.encrypt(b"x", case=case, label="a")

    services.make_case_key(case)

    assert services.decrypt(encrypted, case=case, label="a") == b"x"


def test_a_destroyed_key_erases_and_destroying_it_twice_does_no_harm(case, folder):
    encrypted = services.encrypt(b"x", case=case, label="a")

    services.destroy_case_key(case)
    services.destroy_case_key(case)

    with pytest.raises(ErasedError, match="has been erased"):
        services.decrypt(encrypted, case=case, label="a")
    assert list(folder.iterdir()) == []


def test_the_key_on_the_disk_is_wrapped_and_for_its_owner_alone(case, folder):
    (path,) = folder.iterdir()

    assert path.stat().st_mode & 0o077 == 0
    assert len(path.read_bytes()) == 1 + 12 + 32 + 16


def test_a_folder_that_cannot_be_written_is_said_so_and_nothing_is_left(tmp_path, settings):
    (tmp_path / "file").touch()
    settings.SECOND_OPINION_KEY_FOLDER = tmp_path / "file"

    with pytest.raises(CaseKeyError, match="Nothing was saved"):
        services.make_case_key(Case())
