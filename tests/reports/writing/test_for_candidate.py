"""The candidate's own version: what it holds, and above all what it does not."""

import pytest

from second_opinion.reports.analysis import analyse
from second_opinion.reports.rendering import page_of, pdf_of
from second_opinion.reports.writing import numbers, write_for_candidate
from tests.reports.case_files import FIRST, ISSUED, SECOND, a_case, an_opinion

CASE = a_case(
    an_opinion((4, 4, 3), assessor="Maria", evidence=("The client's own words.",)),
    an_opinion((2, 2, 1), assessor="Maria", candidate="Lo", evidence=("Of Lo alone.",)),
    an_opinion(
        (5, 2, None),
        kind=SECOND,
        assessor="Jonas",
        evidence=("Tested two explanations.",),
        reason="There was no time.",
        conclusion="Strong in judgement.",
    ),
    an_opinion((1, 1, 1), kind=SECOND, assessor="Jonas", candidate="Lo", conclusion="Not for Lo."),
    candidates=("Kim", "Lo"),
)


def written(language="en", case=CASE):
    return write_for_candidate(
        case, analyse(case), candidate="Kim", language=language, issued_on=ISSUED
    )


@pytest.mark.parametrize("language", ["en", "sv"])
def test_nothing_of_another_finalist_of_an_assessor_or_of_the_clients_own_is_in_it(language):
    page = page_of(written(language))

    hidden = ("Lo alone", "Not for Lo", ">Lo<", "Maria", "Jonas", "The client's own words", "Lo's")
    assert [words for words in hidden if words in page] == []


@pytest.mark.parametrize("language", ["en", "sv"])
def test_all_that_the_provider_wrote_on_the_candidate_is_in_it(language):
    page = page_of(written(language))

    shown = ("Tested two explanations.", "There was no time.", "Strong in judgement.", "Kim")
    assert [words for words in shown if words not in page] == []


def test_its_figures_are_those_of_the_clients_report():
    whole = analyse(CASE).candidates[0].whole

    page = page_of(written())

    assert numbers.points(whole.estimate.mean) in page
    assert numbers.between(whole.estimate, low=1, high=5) in page


def test_its_figures_show_nothing_of_the_clients_own_ratings_by_themselves():
    drawing = written().parts[0].blocks[1]

    assert len(drawing.spans) == 1


def test_strengths_come_first():
    titles = [block.text for block in written().parts[1].blocks if block.kind == "heading"]

    assert titles.index("Judgement") < titles.index("Leads change")


def test_too_little_to_conclude_from_is_no_verdict():
    case = a_case(an_opinion((None, None, None), kind=FIRST, reason="No time."))

    assert "no verdict on you" in page_of(written(case=case))


@pytest.mark.parametrize("language", ["en", "sv"])
def test_it_can_be_had_as_a_pdf(language):
    assert pdf_of(written(language)).startswith(b"%PDF-")
