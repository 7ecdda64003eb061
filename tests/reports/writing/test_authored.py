"""What an author writes stands in the report with what it rests on, and what is missing is said."""

import dataclasses

import pytest

from second_opinion.ingest.case_file import (
    AnswerEntry,
    OverrideEntry,
    SentenceEntry,
    SourceEntry,
    SourceKind,
    WrittenEntry,
)
from second_opinion.reports.analysis import analyse
from second_opinion.reports.writing import write_getting_started
from second_opinion.reports.writing.blocks import Answers, Heading, Notes, Sides, Statements
from tests.reports.case_files import ISSUED, TWO_OPINIONS, a_case, about
from tests.reports.writing.test_report import all_text, blocks, written

RATING = SourceEntry(kind=SourceKind.RATING, criterion="Leads change", by="Jonas")
LEVEL = SourceEntry(kind=SourceKind.ANCHOR, criterion="Judgement", level=3)
WRITTEN = WrittenEntry(
    candidate="Kim",
    language="en",
    reasons=(SentenceEntry(text="Decides in time.", sources=(RATING, LEVEL)),),
    risks=(SentenceEntry(text="Explains late.", condition="the team is new."),),
    answers=(AnswerEntry(question=1, sentences=(SentenceEntry(text="Yes, with time."),)),),
    starting=(SentenceEntry(text="Begin small."),),
)


def a_written_case(**changes):
    entry = dataclasses.replace(WRITTEN, **changes)
    return a_case(author="Jonas", written=(entry,))


def test_page_one_has_reasons_risks_with_their_conditions_and_the_answers():
    answer = written(a_written_case()).parts[0]

    (sides,) = (block for block in answer.blocks if isinstance(block, Sides))
    (answers,) = (block for block in answer.blocks if isinstance(block, Answers))
    assert [one.text for one in sides.left.items] == ["Decides in time."]
    assert [(one.text, one.below) for one in sides.right.items] == [
        ("Explains late.", "When: the team is new.")
    ]
    assert [one.text for side in answers.items for one in side.items] == ["Yes, with time."]
    assert "Begin small." not in all_text(answer)


def test_a_sentence_leads_to_its_sources_and_from_there_to_the_criterion():
    document = written(a_written_case())

    (sides,), (notes,) = blocks(document, Sides), blocks(document, Notes)
    told = {note.number: note for note in notes.items}
    own = [told[number] for number in sides.left.items[0].notes]
    anchors = {heading.anchor for heading in blocks(document, Heading)}
    assert [note.text for note in own] == [
        "Jonas, second opinion, on Leads change: 2. Said so.",
        "Judgement, what level 3 looks like: Reads figures.",
    ]
    assert {note.target for note in notes.items} <= anchors | {p.anchor for p in document.parts}
    assert [note.number for note in notes.items] == list(range(1, len(notes.items) + 1))


def test_a_sentence_without_a_source_is_called_a_judgement():
    (sides,) = blocks(written(a_written_case()), Sides)

    assert sides.right.items[0].remark == "assessor's judgement"
    assert sides.left.items[0].remark == ""


def test_what_nobody_wrote_is_said_and_not_padded():
    text = all_text(written(a_case()).parts[0])

    assert "No reasons for have been written." in text
    assert "No risks have been written." in text
    assert "Nobody has answered this question." in text


def test_a_question_that_could_not_be_answered_says_why_and_says_because_once():
    reason = AnswerEntry(question=1, not_answered="because nobody saw it.")

    text = all_text(written(a_written_case(answers=(reason,))))

    assert "This could not be answered, because nobody saw it." in text


def test_both_conclusions_are_shown_with_the_reason_where_the_author_s_is_another():
    override = OverrideEntry(conclusion="evidence insufficient", reason="Two answers collide.")

    answer = written(a_written_case(override=override)).parts[0]

    assert answer.title == "The evidence is not enough for a conclusion on Kim"
    text = all_text(answer)
    assert "conclusion of Jonas" in text
    assert "gives another: supported. The reason: Two answers collide." in text


def test_what_is_written_in_one_language_is_marked_for_readers_of_the_other():
    swedish = written(a_written_case(), language="sv")

    (sides,) = blocks(swedish, Sides)
    assert sides.language == "en"
    assert "skrivit på engelska" in all_text(swedish)
    assert blocks(written(a_written_case()), Sides)[0].language == ""


def test_each_language_has_its_own_words_where_both_are_written():
    swedish = dataclasses.replace(
        WRITTEN, language="sv", reasons=(SentenceEntry(text="Beslutar i tid."),)
    )
    case = a_case(written=(WRITTEN, swedish))

    assert "Decides in time." in all_text(written(case))
    assert "Decides in time." not in all_text(written(case, language="sv"))
    assert "Beslutar i tid." in all_text(written(case, language="sv"))


def test_advice_stands_in_a_document_of_its_own():
    case = a_written_case()
    report = written(case)

    started = write_getting_started(case, analyse(case), language="en", issued_on=ISSUED)

    assert "Begin small." not in all_text(report)
    assert "given out apart" in all_text(report)
    assert [one.text for block in blocks(started, Statements) for one in block.items] == [
        "Begin small."
    ]
    assert "No questions for references have been written." in all_text(started)


@pytest.mark.parametrize("candidate", ["Kim", "Alex"])
def test_of_several_finalists_each_has_its_own_words_in_its_own_chapter(candidate):
    other = dataclasses.replace(
        WRITTEN, candidate="Alex", reasons=(SentenceEntry(text="Listens first."),)
    )
    case = a_case(
        *TWO_OPINIONS, *about("Alex"), candidates=("Kim", "Alex"), written=(WRITTEN, other)
    )

    parts = {part.title: all_text(part) for part in written(case).parts}
    own = parts[f"{candidate}, criterion by criterion"]

    assert ("Decides in time." in own) == (candidate == "Kim")
    assert ("Listens first." in own) == (candidate == "Alex")
