"""What the report says of differences, of a lower second opinion, and of working out."""

import dataclasses

import numpy as np
import pytest

from second_opinion.engine.combination import (
    Population,
    Severity,
    planning_population,
)
from second_opinion.engine.ratings import Scale
from second_opinion.ingest.case_file import BeliefEntry
from second_opinion.reports.analysis import KnownBefore, analyse
from second_opinion.reports.writing import write_document
from second_opinion.reports.writing.characters import every_text
from tests.reports import samples
from tests.reports.case_files import FIRST, ISSUED, SECOND
from tests.reports.samples import ANNA, JONAS, MARIA, case, opinion


def said(source, language="en", **known):
    document = write_document(source, analyse(source, **known), language=language, issued_on=ISSUED)
    return "\n".join(every_text(document))


def of(first, second, **changes):
    return case(opinion(FIRST, first, by=MARIA), opinion(SECOND, second, by=JONAS), **changes)


def test_page_one_says_now_and_before_when_a_base_rate_is_given():
    report = said(samples.declared())

    figures = analyse(samples.declared()).candidates[0].outlook
    assert f"Now {figures.now:.0%}, before {figures.before:.0%}: the probability" in report
    assert "our heads of finance" in report
    assert "Works out in the role" not in said(samples.two_opinions())


def test_before_is_the_base_rate_where_there_was_no_first_opinion():
    source = samples.declared(opinions=(opinion(SECOND, (3, 3, 3), by=JONAS),), dependences=())

    assert "before 60%" in said(source)
    assert "since there was no first opinion" in said(source)


def without_first(**changes):
    return samples.declared(
        opinions=(opinion(SECOND, (3, 3, 3), by=JONAS),), dependences=(), **changes
    )


@pytest.mark.parametrize("sureness", [0, 5, 9])
def test_without_a_first_opinion_both_figures_hold_what_the_client_believed(sureness):
    belief = BeliefEntry(candidate=ANNA, would_hire=True, sureness=sureness)
    plain, believing = (
        analyse(without_first(beliefs=beliefs)).candidates[0] for beliefs in ((), (belief,))
    )
    is_hopeful = sureness > 7.5  # of ten, what orderers answer on average

    assert believing.outlook.rests_on is KnownBefore.BELIEF
    assert (believing.outlook.before > plain.outlook.before) == is_hopeful
    assert (believing.outlook.now > plain.outlook.now) == is_hopeful
    assert dataclasses.replace(believing, outlook=None) == dataclasses.replace(plain, outlook=None)


def test_the_report_says_that_before_is_what_the_client_believed_and_not_what_that_was():
    source = without_first(beliefs=(BeliefEntry(candidate=ANNA, would_hire=False, sureness=8),))

    assert "reckoned from what the client believed when ordering" in said(source)
    assert "sealed until the opening" in said(source)
    assert "would not hire" not in said(source)


def test_beside_a_first_opinion_a_belief_counts_for_nothing():
    believed = samples.declared(
        beliefs=(BeliefEntry(candidate=ANNA, would_hire=False, sureness=10),)
    )

    assert analyse(believed).candidates[0].outlook == (
        analyse(samples.declared()).candidates[0].outlook
    )


@pytest.mark.parametrize(
    ("language", "waived", "changed"),
    [
        ("en", "This case has no first opinion", "changed after they had been locked"),
        ("sv", "finns ingen första bedömning", "ändrades efter att de hade låsts"),
    ],
)
def test_page_one_says_what_was_unusual_with_the_reason_given(language, waived, changed):
    report = said(without_first(no_first_opinion="Nobody had met Anna."), language)

    for words in (waived, "Nobody had met Anna.", changed, "The group took over the treasury."):
        assert words in report
    usual = said(samples.two_opinions(), language)
    assert waived not in usual
    assert changed not in usual


def test_a_lower_second_opinion_is_called_regression_and_nobody_harsh():
    report = said(of((5, 5, 5), (4, 4, 4)))

    assert "It is called regression to the mean" in report
    assert "It does not show that Jonas Kullberg is harsh" in report


def test_a_higher_second_opinion_after_a_low_one_is_the_same():
    assert "is lenient" in said(of((1, 1, 1), (2, 2, 2)))


def test_a_second_opinion_far_beyond_chance_is_not_explained_away():
    assert "regression to the mean" not in said(of((5, 5, 5), (1, 1, 1)))


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ((4, 3, 4), (3, 4, 4), "ordinary noise"),
        ((5, 5, 5), (1, 1, 1), "the cause cannot be told from one finalist"),
        ((3, 5, 3), (3, 1, 3), "The difference lies on Leads change alone"),
    ],
)
def test_each_kind_of_difference_is_said_with_its_remedy(first, second, words):
    assert words in said(of(first, second))


def test_a_level_over_several_finalists_is_called_one():
    high, low = (5, 5, 5), (2, 2, 2)
    people = ("Anna Lindqvist", "Bo", "Kim")
    opinions = [
        opinion(kind, scores, by=by, on=name)
        for name in people
        for kind, scores, by in ((FIRST, high, MARIA), (SECOND, low, JONAS))
    ]

    assert "a difference of level" in said(case(*opinions, candidates=people))


def test_declared_facts_become_questions():
    report = said(samples.declared())

    assert "your opinions rest on different material" in report
    assert "you have declared Leads change to lie outside your own field" in report
    assert "Leads change has no described levels" in report
    assert "different material" not in said(samples.two_opinions())


def test_without_links_no_severity_is_applied_and_the_report_says_why():
    assert "fewer than 5 earlier cases link the assessors" in said(samples.two_opinions())


def population(**known):
    return dataclasses.replace(planning_population([Scale(1, 5)] * 3), **known)


def test_a_severity_by_assumption_is_shown_and_moves_nothing():
    severity = {MARIA: Severity.of_level(0.4, 0.02, n_criteria=3)}
    source = samples.two_opinions()

    shown = population(shown_severities=severity)

    assert isinstance(shown, Population)
    report = said(source, population=shown)
    assert "By assumption, and not taken off: Maria Öberg rates 0.4 points high" in report
    plain, assumed = (
        analyse(source, population=each).candidates[0].whole for each in (population(), shown)
    )
    assert assumed == plain


def test_a_severity_from_links_is_taken_off_and_said():
    severity = {MARIA: Severity.of_level(0.4, 0.02, n_criteria=3)}

    report = said(samples.two_opinions(), population=population(severities=severity))

    assert "Taken off, from candidates rated by others too: Maria Öberg rates 0.4" in report


def test_several_finalists_are_too_close_to_call_or_not():
    close = said(samples.three_finalists())
    clear = of((1, 1, 1), (1, 1, 1))
    people = ("Anna Lindqvist", "Bo")
    far = case(
        *clear.opinions,
        opinion(FIRST, (5, 5, 5), by=MARIA, on="Bo"),
        opinion(SECOND, (5, 5, 5), by=JONAS, on="Bo"),
        candidates=people,
    )

    assert "is most likely the strongest on the whole" in close
    assert "Bo is most likely the strongest on the whole" in said(far)
    assert "Too close to call" not in said(far)


def test_a_gap_that_the_others_explain_is_asked_about():
    criteria = tuple(
        dataclasses.replace(samples.case().criteria[1], name=f"Part {place}", weight=20)
        for place in range(5)
    )
    source = case(
        opinion(FIRST, (5, 5, 5, None, None), by=MARIA, criteria=criteria),
        opinion(SECOND, (5, 5, 5, 1, 1), by=JONAS, criteria=criteria),
        criteria=criteria,
    )

    assert "What was left out may have been weak" in said(source)


def test_instruments_and_dependence_stand_in_the_method():
    report = said(samples.declared())

    assert "Judgement test" in report
    assert "the shared impression of one meeting" in report
    assert "err alike in part" in report


@pytest.mark.parametrize("language", ["en", "sv"])
def test_no_number_of_the_outlook_is_a_promise(language):
    report = said(samples.declared(), language)

    assert {"en": "It says what is likely", "sv": "Den säger vad som är troligt"}[
        language
    ] in report


def test_the_likelihood_of_working_out_stays_between_zero_and_one_and_rises_with_scores():
    outlooks = [
        analyse(samples.declared(opinions=of(scores, scores).opinions, instruments=()))
        .candidates[0]
        .outlook
        for scores in ((1, 1, 1), (3, 3, 3), (5, 5, 5))
    ]

    nows = [outlook.now for outlook in outlooks]
    assert nows == sorted(nows)
    assert np.all((np.array(nows) > 0) & (np.array(nows) < 1))
    assert outlooks[0].now < outlooks[0].before < outlooks[0].base_rate
