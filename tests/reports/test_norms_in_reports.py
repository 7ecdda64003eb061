"""Where a candidate stands in the provider's own norms, in each document, and what stays."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from second_opinion.ingest.case_file import as_dict, from_dict
from second_opinion.instruments import services
from second_opinion.reports import selectors
from second_opinion.reports.analysis import analyse
from second_opinion.reports.writing import write_document, write_test_annex
from second_opinion.reports.writing.for_candidate import write_for_candidate
from tests import factories, norms, questionnaires

pytestmark = pytest.mark.django_db

PLACE = "Conscientiousness: higher than about "


@pytest.fixture
def case(cast):
    """Opened, of one who answered and is no part of the norm."""
    case = factories.make_case(cast, role="An answered role", candidates=("Robin Rask",))
    given = questionnaires.begin(cast, case)
    questionnaires.answer_all(given, answers={1: 5, 6: 2})
    services.send_answers(given=given)
    factories.open_case(cast, case)
    case.refresh_from_db()
    return case


def words_of(case_file):
    """Of the report, the candidate's version, and the annex of tests."""
    figures, about = analyse(case_file), {"language": "en", "issued_on": timezone.localdate()}
    written = (
        write_document(case_file, figures, **about),
        write_for_candidate(case_file, figures, candidate="Robin Rask", **about),
        write_test_annex(case_file, figures, **about),
    )
    return [str(document) for document in written]


def test_without_a_norm_the_documents_say_nothing_of_others(case):
    case_file = selectors.case_file_of(case)

    (instrument,) = case_file.instruments
    assert (instrument.standings, instrument.norm) == ((), "")
    assert "norm" not in as_dict(case_file)["instruments"][0]
    assert not any(PLACE in words or "Compared with" in words for words in words_of(case_file))


def test_with_one_each_document_says_it_with_interval_number_and_year(cast, case):
    _given, made = norms.with_norm(cast)

    case_file = selectors.case_file_of(case)

    (instrument,) = case_file.instruments
    assert [one.criterion for one in instrument.standings] == ["Leadership"]
    assert from_dict(json.loads(json.dumps(as_dict(case_file)))) == case_file
    for words in words_of(case_file):
        assert PLACE in words
        assert "somewhere from" in words
        assert f"Compared with {made.n_people} people" in words
        assert f"made in {made.at.year}" in words


def test_a_signed_report_keeps_the_norm_it_was_written_with(cast, case):
    given, _made = norms.with_norm(cast)
    factories.write_draft(cast, case)
    version = factories.sign_report(cast, case)
    norms.add_people(given, 30, prefix="new", score=4.9)
    services.make_norm(actor=cast.coordinator, group=norms.group())

    signed = selectors.case_file_of_version(version)
    now = selectors.case_file_of(case)

    assert "Norm 1" in signed.instruments[0].norm
    assert "Norm 2" in now.instruments[0].norm


def test_after_the_opening_those_in_the_discussion_see_it_and_nobody_else(client, cast, case):
    norms.with_norm(cast)
    address = reverse("given", args=[case.candidacies.get().pseudonym])

    def page(who):
        client.force_login(getattr(cast, who))
        return client.get(address, headers={"accept-language": "en"}).content.decode()

    assert PLACE in page("assessor")
    assert "Compared with 300 people" in page("coordinator")
    assert not any(PLACE in page(who) for who in ("orderer", "stranger"))
