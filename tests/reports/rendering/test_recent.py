import pytest

from second_opinion.audit.errors import ErasedError
from second_opinion.cases.states import CaseState
from second_opinion.reports import selectors, services
from second_opinion.reports.rendering import stored
from second_opinion.reports.rendering.recent import Recent
from second_opinion.reports.writing import write_document
from tests import factories


def test_the_same_is_made_once_and_the_oldest_is_forgotten():
    made = []
    recent = Recent(most=2)

    def make(name):
        return recent.of(name, lambda: made.append(name) or name.upper())

    assert [make(name) for name in "aabacba"] == list("AABACBA")
    assert made == ["a", "b", "c", "b", "a"]


@pytest.fixture
def version(db):
    cast = factories.Cast()
    case = factories.make_case(cast, state=CaseState.OPENED)
    return services.sign_report(actor=cast.coordinator, case=case)


def test_a_version_is_written_once_in_each_language(version, monkeypatch):
    written = []

    def write(*given, **said):
        written.append(said["language"])
        return write_document(*given, **said)

    monkeypatch.setattr(stored, "write_document", write)

    for language in ("sv", "en", "sv", "en"):
        stored.document_of(version, language=language)

    assert written == ["sv", "en"]


def test_what_has_been_erased_is_refused_though_it_was_read_a_moment_ago(version, monkeypatch):
    stored.document_of(version, language="en")

    def erased(_version):
        raise ErasedError("The key is gone.")

    monkeypatch.setattr(selectors, "case_file_of_version", erased)

    with pytest.raises(ErasedError):
        stored.document_of(version, language="en")
