"""Reading the scores as steps beside reading them as points, in the figures and in words."""

import pytest

from second_opinion.reports.analysis import analyse
from second_opinion.reports.rendering import report_figures
from tests.reports import samples


def words(source, language="en"):
    document = samples.document(source, language=language)
    texts = []
    for part in document.parts:
        for block in part.blocks:
            texts += [block.text] if block.kind == "paragraph" else []
            texts += [fact.text for fact in block.items] if block.kind == "facts" else []
    return " ".join(texts)


@pytest.fixture
def at_the_top():
    """All scores at the top of the scale, and a bar near it."""
    return samples.two_opinions(first=(5, 5, 5), second=(5, 5, 5), bar=4.5)


def test_ordinary_scores_are_read_alike_and_the_report_says_so():
    source = samples.two_opinions()

    (candidate,) = analyse(source).candidates

    assert not candidate.as_steps.parts
    assert candidate.as_steps.conclusion is candidate.conclusion
    assert candidate.as_steps.probability_above_bar == pytest.approx(
        candidate.whole.probability_above_bar, abs=0.05
    )
    assert "Both readings give the same conclusions" in words(source)
    assert "that or beyond”, the probability" not in words(source)


def test_scores_at_the_top_under_a_bar_near_it_part_and_the_report_says_how(at_the_top):
    (candidate,) = analyse(at_the_top).candidates

    found = candidate.as_steps
    assert found.parts
    assert found.at_ends == 1.0
    assert found.probability_above_bar > candidate.whole.probability_above_bar + 0.05
    assert "100% of the scores lie at an end of the scale" in words(at_the_top)
    assert "The two readings part" in words(at_the_top)


def test_another_conclusion_is_named(at_the_top):
    (candidate,) = analyse(at_the_top).candidates

    assert candidate.as_steps.conclusion is not candidate.conclusion
    assert "The conclusion would be another" in words(at_the_top)
    assert "Slutsatsen skulle bli en annan" in words(at_the_top, language="sv")


def test_the_same_case_gives_the_same_figures_to_the_last_digit(at_the_top):
    first, again = (analyse(at_the_top).candidates[0].as_steps for _ in range(2))

    assert first == again


def test_thin_evidence_has_no_second_reading():
    (candidate,) = analyse(samples.one_opinion(scores=(None, None, 4))).candidates

    assert candidate.as_steps is None


def test_json_has_both_readings(at_the_top):
    figures = report_figures(at_the_top, analyse(at_the_top))["candidates"][0]

    assert figures["as_steps"]["parts"] is True
    assert figures["as_steps"]["probability_above_bar"] != figures["probability_above_bar"]
