import dataclasses

import pytest
from django.utils import timezone

from second_opinion.cases.states import CaseState
from second_opinion.reports import selectors, services
from second_opinion.reports.analysis import History, analyse
from second_opinion.reports.rendering.stored import document_of
from second_opinion.reports.selectors.addendum import Addendum
from second_opinion.reports.writing import with_addendum, write_document
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(cast):
    case = factories.make_case(cast, state=CaseState.OPENED)
    return services.sign_report(actor=cast.coordinator, case=case)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_stored_version_gives_the_document_of_the_case_it_was_written_from(version, language):
    unsigned = selectors.case_file_of(version.case)
    case = dataclasses.replace(unsigned, author=version.author.name)
    alone = write_document(
        case,
        analyse(case, history=History(cases=0, candidates=0, rated_by_two=0, is_used=False)),
        language=language,
        issued_on=timezone.localdate(version.written_at),
    )

    expected = with_addendum(alone, Addendum())

    version.refresh_from_db()

    assert document_of(version, language=language) == expected


def test_a_stored_version_stays_the_same_when_the_case_changes(version):
    before = document_of(version, language="en")

    version.case.role = "Something else"
    version.case.save()
    version.refresh_from_db()

    assert document_of(version, language="en") == before


def test_a_stored_version_is_concluded_by_the_rule_that_it_was_written_under(version):
    before = document_of(version, language="en").parts[0]
    hardly_anything_suffices = version.method["rule"] | {"widest_interval": 0.01}

    version.method = version.method | {"rule": hardly_anything_suffices}
    after = document_of(version, language="en").parts[0]

    assert "not enough for a conclusion" not in before.title
    assert "not enough for a conclusion" in after.title


def test_a_released_version_is_dated_by_its_release(cast, version):
    factories.release_to_candidates(cast, version)
    released = services.release_report(actor=cast.coordinator, version=version)

    document = document_of(released, language="en")

    assert document.issued_on == timezone.localdate(released.released_at)
