"""What was discussed and revised after the opening, in every form of the report."""

import pytest

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.cases.states import CaseState
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports import selectors, services
from second_opinion.reports.rendering import page_of
from second_opinion.reports.rendering.stored import (
    document_for_candidate,
    document_of,
    figures_of_version,
)
from tests import factories

pytestmark = pytest.mark.django_db

SAID = "Zirkonium was never said aloud."


@pytest.fixture
def case(cast):
    """Opened; both assessors have revised their rating of Leadership, and it was discussed."""
    case = factories.make_case(cast, state=CaseState.OPENED)
    factories.remark(cast.coordinator, case.candidacies.get(), words=SAID)
    factories.revise(_opinion(case, OpinionKind.FIRST), score=5.0, reason="The client's doubts.")
    factories.revise(_opinion(case, OpinionKind.SECOND), reason="I saw the work sample.")
    return case


def _opinion(case, kind):
    return Opinion.objects.get(candidacy__case=case, kind=kind)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("no longer independent", "Revised ratings beside the sealed ones")),
        ("sv", ("inte längre oberoende", "Ändrade skattningar bredvid de förseglade")),
    ],
)
def test_the_report_shows_both_ratings_and_why_and_quotes_no_discussion(
    cast, case, language, words
):
    version = factories.sign_report(cast, case)

    page = page_of(document_of(version, language=language))

    for expected in (*words, "I saw the work sample.", "Leadership, Kim Karlsson"):
        assert expected in page
    assert SAID not in page


def test_a_revision_changes_no_figure(cast):
    case = factories.make_case(cast, state=CaseState.OPENED)
    before = figures_of_version(factories.sign_report(cast, case))
    factories.revise(_opinion(case, OpinionKind.SECOND), score=5.0)

    after = figures_of_version(factories.sign_report(cast, case))

    assert after["figures"] == before["figures"]
    assert before["after_the_opening"]["revisions"] == ()
    revised = after["after_the_opening"]["revisions"][0]
    assert (revised["sealed"], revised["revised"]) == (3.0, 5.0)


def test_the_candidate_reads_what_the_provider_revised_under_no_name_and_nothing_of_the_client(
    cast, case
):
    version = factories.sign_report(cast, case)

    page = page_of(document_for_candidate(version, case.candidacies.get(), language="en"))

    assert "I saw the work sample." in page
    assert "revised from 3 to 4" in page
    for hidden in ("The client's doubts.", "Anna Assessor", SAID):
        assert hidden not in page


def test_a_version_written_before_a_revision_is_given_to_nobody(cast):
    case = factories.make_case(cast, state=CaseState.OPENED)
    version = factories.sign_report(cast, case)
    factories.revise(_opinion(case, OpinionKind.SECOND))

    for give in (services.release_to_candidates, services.release_report):
        with pytest.raises(NotAllowedError, match="has been revised since this version"):
            give(actor=cast.coordinator, version=version)

    assert selectors.has_every_revision(factories.sign_report(cast, case))
