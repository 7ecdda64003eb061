"""The chapter on how it was done: facts of the case, and what nobody noted is said."""

import dataclasses
from datetime import date

import pytest

from second_opinion.ingest.case_file import (
    CommissionEntry,
    GuideEntry,
    InstrumentEntry,
    InstrumentKind,
    ReadingEntry,
    UsedEntry,
    as_dict,
    from_dict,
)
from second_opinion.reports.analysis import analyse
from second_opinion.reports.rendering import pdf_of, report_figures, word_of
from second_opinion.reports.writing import write_for_candidate, write_test_annex
from second_opinion.reports.writing.characters import every_text
from tests.reports import samples
from tests.reports.case_files import ISSUED
from tests.reports.rendering.in_word import text_of
from tests.reports.rendering.printed import Printed

READ = (ReadingEntry(criterion="Judgement", value=3.5, standard_error=0.6),)
USED = UsedEntry(
    version="Matrix test, version 2",
    language="sv",
    norm="managers in Sweden, 2023, n = 640",
    reliability=(0.78, 0.86),
    used_by="Karl Uggla",
    certificate="Test user, level B",
    certified_until=date(2027, 3, 1),
    on=date(2026, 11, 9),
)
COMMISSION = CommissionEntry(
    orderer="Helen Moss",
    why="We know this role only from inside.",
    lacking="Nobody here can judge regulated accounting.",
    how_chosen="Twenty-six applied; three went on.",
)
GUIDE = GuideEntry(
    language="en", questions=12, core=6, minutes=90, fixed_on=date(2026, 11, 5), seal="ab" * 32
)


def instrument(kind=InstrumentKind.TEST, *, on=samples.ANNA, **used):
    return InstrumentEntry(
        name="Matrix test",
        kind=kind,
        candidate=on,
        readings=READ,
        used=dataclasses.replace(USED, **used),
    )


def told(case, language="en", *, anchor="method"):
    part = next(
        one for one in samples.document(case, language=language).parts if one.anchor == anchor
    )
    return "\n".join(every_text(part))


@pytest.fixture
def whole():
    return samples.two_opinions(
        instruments=(instrument(),),
        commission=COMMISSION,
        guide=GUIDE,
        profile_fixed_on=date(2026, 11, 4),
        opened_on=date(2026, 11, 20),
    )


FACTS = (
    "Helen Moss, Norrvik",
    COMMISSION.why,
    COMMISSION.lacking,
    COMMISSION.how_chosen,
    "12 questions",
    "90 minutes",
    GUIDE.seal,
    "Version: Matrix test, version 2",
    "Language: Swedish",
    "Norm: managers in Sweden, 2023, n = 640",
    "Reliability: 0.78 to 0.86",
    "Used by: Karl Uggla",
    "Certificate: Test user, level B, valid until 1 March 2027",
    "Taken: 9 November 2026",
    "4 November 2026",
    "20 November 2026",
)


@pytest.mark.parametrize("fact", FACTS)
def test_what_was_noted_stands_in_the_chapter(whole, fact):
    assert fact in told(whole)


def test_the_same_facts_stand_in_pdf_word_and_json(whole):
    document = samples.document(whole)
    printed = "".join(Printed(pdf_of(document)).text.split())
    written = "".join(text_of(word_of(document)).split())
    figures = report_figures(whole, analyse(whole))

    for fact in FACTS:
        assert "".join(fact.split()) in printed
        assert "".join(fact.split()) in written
    assert figures["commission"]["how_chosen"] == COMMISSION.how_chosen
    assert figures["guide"]["seal"] == GUIDE.seal
    assert figures["instruments"][0]["certificate"] == USED.certificate


def test_what_nobody_noted_is_said_and_nothing_is_filled_up():
    nothing = dataclasses.replace(instrument(), used=UsedEntry())

    said = told(samples.two_opinions(instruments=(nothing,)))

    assert said.count("Nobody has noted it.") == 3  # why, what is lacking, how they were chosen
    assert "No interview guide has been noted" in said
    assert "Not noted: version, language, norm, reliability, used by, certificate, taken." in said


def test_a_certificate_that_had_run_out_is_said_to_have():
    case = samples.two_opinions(instruments=(instrument(certified_until=date(2026, 10, 1)),))

    assert "it had run out on 1 October 2026" in told(case)


def test_norm_and_certificate_are_not_missed_where_they_do_not_apply():
    case = samples.two_opinions(instruments=(instrument(InstrumentKind.REFERENCE, used_by=""),))

    assert "Norm" not in told(case)
    assert "Not noted" not in told(case)


def test_a_norm_of_the_provider_s_own_stands_where_scores_were_placed_in_one():
    own = dataclasses.replace(
        instrument(InstrumentKind.QUESTIONNAIRE), norm="Compared with 412 people. Norm 2."
    )

    said = told(samples.two_opinions(instruments=(own,)))

    assert "Norm: Compared with 412 people. Norm 2" in said
    assert "Norm: managers in Sweden" not in said


def test_one_use_on_several_finalists_stands_once_with_their_names():
    names = (samples.ANNA, "Björn Wåhlin")
    case = samples.three_finalists(instruments=tuple(instrument(on=name) for name in names))

    assert told(case).count("Version: Matrix test, version 2") == 1
    assert "Matrix test, on Anna Lindqvist and Björn Wåhlin" in told(case)


def test_eighteen_months_are_counted_from_the_day_the_questionnaire_was_taken():
    taken = instrument(InstrumentKind.QUESTIONNAIRE, on=samples.ANNA)

    assert "not to be used after 9 May 2028" in told(
        samples.two_opinions(instruments=(taken,)), anchor="computing"
    )


def test_a_candidate_reads_how_their_own_test_was_used_and_nothing_of_who_used_it(whole):
    document = write_for_candidate(
        whole, analyse(whole), candidate=samples.ANNA, language="en", issued_on=ISSUED
    )
    text = "\n".join(every_text(document))

    assert "Norm: managers in Sweden, 2023, n = 640" in text
    assert "Karl Uggla" not in text


def test_a_case_is_stored_with_how_it_was_done(whole):
    assert from_dict(as_dict(whole)) == whole


@pytest.mark.parametrize(
    ("taken", "until"),
    [(date(2026, 10, 30), "30 April 2028"), (date(2026, 8, 31), "29 February 2028")],
)
def test_eighteen_months_end_on_the_same_day_or_at_the_month_s_end(taken, until):
    used = instrument(InstrumentKind.QUESTIONNAIRE, on=samples.ANNA)
    used = dataclasses.replace(used, used=dataclasses.replace(USED, on=taken))

    said = told(samples.two_opinions(instruments=(used,)), anchor="computing")

    assert f"not to be used after {until}" in said


def test_the_annex_on_tests_says_how_each_was_used_and_its_kind_once(whole):
    sample = dataclasses.replace(
        instrument(InstrumentKind.WORK_SAMPLE), name="Work sample", used=UsedEntry()
    )
    case = dataclasses.replace(whole, instruments=(*whole.instruments, sample))

    annex = write_test_annex(case, analyse(case), language="en", issued_on=ISSUED)
    said = every_text(annex)

    assert any("Certificate: Test user, level B" in text for text in said)
    assert "Work sample" in said
    assert "Matrix test, test" in said
