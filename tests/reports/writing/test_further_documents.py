"""The memo, its annex, the page to speak from, and the letter of explanation."""

import dataclasses

import pymupdf
import pytest

from second_opinion.ingest.case_file import CriterionEntry
from second_opinion.reports.analysis import analyse
from second_opinion.reports.rendering import pdf_of
from second_opinion.reports.writing import (
    write_explanation,
    write_memo,
    write_oral_summary,
    write_test_annex,
)
from second_opinion.reports.writing.blocks import Quotation
from second_opinion.reports.writing.characters import every_text
from tests.reports import samples
from tests.reports.case_files import ISSUED, a_case, an_opinion

NAMES = ("Anna Lindqvist", "Björn Wåhlin", "Éva Szabó")
TWELVE = tuple(CriterionEntry(name=f"Criterion no. {n}", weight=100 / 12) for n in range(12))


def written(write, case, language="en", **more):
    return write(case, analyse(case), language=language, issued_on=ISSUED, **more)


def words(document):
    return "\n".join(every_text(document))


def test_the_memo_holds_what_was_noted_of_each_finalist_and_no_figure_of_a_test():
    memo = written(write_memo, samples.declared(opinions=samples.two_opinions().opinions))

    quoted = [block for part in memo.parts for block in part.blocks if isinstance(block, Quotation)]
    assert ("Found the fault at once.",) in [quotation.paragraphs for quotation in quoted]
    assert "Judgement test" not in words(memo)
    assert "3.5" not in words(memo)


def test_the_annex_holds_the_figures_with_their_errors_and_no_word_of_an_assessor():
    annex = written(write_test_annex, samples.declared(opinions=samples.two_opinions().opinions))

    assert "Judgement test" in words(annex)
    assert "3.5" in words(annex)
    assert "0.6 points" in words(annex)
    assert "Found the fault" not in words(annex)


def test_an_annex_without_instruments_says_so():
    assert "No tests and no other instruments" in words(
        written(write_test_annex, samples.two_opinions())
    )


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_summary_of_three_finalists_on_twelve_criteria_is_one_page(language):
    opinions = [
        an_opinion((3, None, 4) * 4, candidate=name, kind=kind, assessor=who, criteria=TWELVE)
        for name in NAMES
        for kind, who in ((samples.FIRST, "Maria"), (samples.SECOND, "Jonas"))
    ]
    case = a_case(*opinions, criteria=TWELVE, candidates=NAMES)

    made = pdf_of(written(write_oral_summary, case, language))

    with pymupdf.open(stream=made) as document:
        assert len(document) == 1
        assert all(name in document[0].get_text() for name in NAMES)


def test_the_summary_gives_no_figure_without_its_interval_and_names_no_assessor():
    summary = written(write_oral_summary, samples.three_finalists())

    assert words(summary).count("The interval is") == 3
    assert samples.MARIA not in words(summary)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_explanation_says_nothing_of_another_finalist_or_of_who_gave_which_score(language):
    case = samples.three_finalists()

    letter = words(written(write_explanation, case, language, candidate=samples.ANNA))

    assert samples.ANNA in letter
    others = [name for name in case.candidates if name != samples.ANNA]
    assert not [name for name in (*others, samples.MARIA, samples.JONAS) if name in letter]


def test_the_explanation_is_the_same_whoever_else_was_a_finalist():
    """Nothing in it is reckoned from the others, but for the population they share."""
    case = samples.three_finalists()
    renamed = {"Björn Wåhlin": "Somebody Else"}
    other = dataclasses.replace(
        case,
        candidates=tuple(renamed.get(name, name) for name in case.candidates),
        opinions=tuple(
            dataclasses.replace(one, candidate=renamed.get(one.candidate, one.candidate))
            for one in case.opinions
        ),
    )

    assert written(write_explanation, case, candidate=samples.ANNA) == written(
        write_explanation, other, candidate=samples.ANNA
    )


def test_the_explanation_counts_what_was_entered_and_tells_the_rule():
    letter = words(
        written(write_explanation, samples.two_opinions((4, None, 3)), candidate=samples.ANNA)
    )

    assert "scores on 2 of 3 criteria" in letter
    assert "scores on 3 of 3 criteria" in letter
    assert "that probability is at least 75%" in letter
    assert "Nothing is ever rejected automatically" in letter
