import dataclasses
from datetime import date

import pytest

from second_opinion.reports.analysis import ConclusionRule, analyse
from second_opinion.reports.writing import write_document
from second_opinion.reports.writing.blocks import Finding, Heading, Quotation, Table
from second_opinion.reports.writing.drawn import Drawing
from tests.reports.case_files import (
    CRITERIA,
    ISSUED,
    SECOND,
    TWO_OPINIONS,
    a_case,
    about,
    an_opinion,
)


def written(case, language="en", rule=None):
    analysis = analyse(case, **({"rule": rule} if rule else {}))
    return write_document(case, analysis, language=language, issued_on=ISSUED)


def texts(tree):
    """All that a reader could read, one string after the other."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, tuple):
        for each in tree:
            yield from texts(each)
    elif dataclasses.is_dataclass(tree):
        for field in dataclasses.fields(tree):
            yield from texts(getattr(tree, field.name))


def all_text(tree):
    return "\n".join(texts(tree))


def blocks(document, kind):
    return [block for part in document.parts for block in part.blocks if isinstance(block, kind)]


def test_page_one_of_a_single_finalist_is_titled_by_the_conclusion():
    document = written(a_case())

    assert document.title == "Head of Finance"
    assert document.parts[0].anchor == "answer"
    assert document.parts[0].title == "The evidence supports hiring Kim"


@pytest.mark.parametrize(
    ("scores", "title"),
    [
        ((5, 5, 5), "The evidence supports hiring Kim"),
        ((5, 5, 1), "The evidence supports hiring Kim, with conditions"),
        ((1, 1, 1), "The evidence does not support hiring Kim"),
        ((None, None, None), "The evidence is not enough for a conclusion on Kim"),
    ],
)
def test_each_conclusion_has_its_sentence(scores, title):
    case = a_case(an_opinion(scores), an_opinion(scores, kind=SECOND, assessor="Jonas"))

    assert written(case).parts[0].title == title


def test_several_finalists_stand_side_by_side_on_one_scale():
    case = a_case(*TWO_OPINIONS, *about("Alex"), candidates=("Kim", "Alex"))

    answer, beside, kim, alex, *_others = written(case).parts

    findings = [block for block in answer.blocks if isinstance(block, Finding)]
    assert [finding.heading.text for finding in findings] == [
        "The evidence supports hiring Kim",
        "The evidence supports hiring Alex",
    ]
    wholes, criteria = (block for block in beside.blocks if isinstance(block, Table))
    assert [row[0] for row in wholes.rows] == ["Kim", "Alex"]
    assert [row[0] for row in criteria.rows] == [criterion.name for criterion in CRITERIA]
    assert "Kim" in kim.title
    assert "Alex" in alex.title
    assert "Alex" not in all_text(kim)


def test_parts_and_criteria_can_be_linked_to():
    document = written(a_case(*TWO_OPINIONS, *about("Alex"), candidates=("Kim", "Alex")))

    anchors = [part.anchor for part in document.parts]
    anchors += [heading.anchor for heading in blocks(document, Heading) if heading.anchor]
    assert len(anchors) == len(set(anchors))
    assert {"answer", "candidate-1", "candidate-2-criterion-3", "method"} <= set(anchors)


def test_every_criterion_has_its_drawing_and_the_table_of_its_figures():
    document = written(a_case())

    detail = document.parts[1].blocks
    for place, block in enumerate(detail):
        if isinstance(block, Drawing):
            assert isinstance(detail[place + 1], Table)
    assert sum(isinstance(block, Drawing) for block in detail) == len(CRITERIA)


def test_evidence_is_quoted_with_its_source():
    case = a_case(
        an_opinion((4, 4, 4), evidence=("One.\n\nTwo.", "Three.", " ")),
        an_opinion((4, 4, 4), kind=SECOND, assessor="Jonas", evidence=()),
    )

    quotations = blocks(written(case), Quotation)

    assert {quotation.paragraphs for quotation in quotations} == {("One.", "Two.", "Three.")}
    assert all(quotation.source.startswith("Maria") for quotation in quotations)


def test_missing_evidence_is_said():
    case = a_case(an_opinion((4, 4, 4), evidence=()))

    assert "no evidence was noted" in all_text(written(case))


def test_what_was_not_observed_is_said_with_its_reason():
    case = a_case(an_opinion((4, None, 4), reason="There was no time."))

    text = all_text(written(case))

    assert "Leads change: not observed" in text
    assert "There was no time." in text


def test_no_reason_for_not_observing_is_said_too():
    case = a_case(an_opinion((4, None, 4)))

    assert "no reason was given" in all_text(written(case))


def test_a_criterion_that_an_opinion_leaves_out_counts_as_not_observed():
    opinion = an_opinion((4, 4, 4))
    short = dataclasses.replace(opinion, ratings=opinion.ratings[:1])

    assert "Accounting: not observed" in all_text(written(a_case(short)))


def test_a_difference_beyond_chance_is_pointed_out():
    apart = (an_opinion((1, 3, 3)), an_opinion((5, 3, 3), kind=SECOND, assessor="Jonas"))

    assert "more than chance" in all_text(written(a_case(*apart)))
    assert "differ by more than chance" not in all_text(written(a_case()))


def test_a_single_opinion_is_compared_with_nothing():
    assert "nothing can be compared" in all_text(written(a_case(TWO_OPINIONS[0])))


def test_open_questions_are_listed_and_their_answers_not_pretended():
    document = written(a_case())

    text = all_text(document.parts[0])
    assert "Can Kim lead the move?" in text
    assert "Nobody has answered this question." in text


def test_blank_questions_are_left_out():
    assert "What the client asked" not in all_text(written(a_case(open_questions=(" ",))))


def test_assessors_conclusions_are_quoted():
    case = a_case(an_opinion((4, 4, 4), conclusion="Strong.\nAsk for an example."))

    document = written(case)

    assert ("Strong.", "Ask for an example.") in {
        quotation.paragraphs for quotation in blocks(document, Quotation)
    }


def test_weights_levels_and_assessors_are_accounted_for():
    (method,) = (part for part in written(a_case()).parts if part.anchor == "method")

    text = all_text(method)
    for expected in ("Judgement", "50", "2.5", "Maria", "Jonas", "Repeats"):
        assert expected in text


def test_method_names_the_source_of_its_values_and_the_rule():
    (computing,) = (part for part in written(a_case()).parts if part.anchor == "computing")

    text = all_text(computing)
    assert "Huffcutt, Culbertson and Weyhrauch 2013" in text
    assert ".44" in text
    assert "four times in five" in text
    assert "must not be used for" in text


def test_rule_s_own_thresholds_are_told():
    rule = ConclusionRule(supported_from=0.81, not_supported_to=0.19)

    text = all_text(written(a_case(), rule=rule))

    assert "81" in text
    assert "19" in text


def test_nothing_is_said_to_be_certain():
    text = all_text(written(a_case(*(an_opinion((5, 5, 5), assessor=name) for name in "ABCDEF"))))

    assert "over 99" in text
    assert "will fail" not in text


def test_swedish_is_written_throughout():
    english = set(texts(written(a_case())))
    swedish = set(texts(written(a_case(), language="sv")))

    # what is the same in both: names, the case's own words, and titles of the literature
    own = ("Second opinion", "Repeats figures", "Huffcutt", "Lawrence")
    shared = {text for text in english & swedish if " " in text} - set(texts(a_case()))
    assert [text for text in shared if not any(each in text for each in own)] == []


def test_swedish_numbers_carry_a_comma():
    assert "3,5" in all_text(written(a_case(bar=3.5), language="sv"))


def test_a_case_without_names_and_client_still_reads():
    opinion = an_opinion((4, 4, 4), candidate="\u200b", assessor=" ")
    case = a_case(
        opinion,
        role=" ",
        client="",
        provider="",
        reference="",
        ordered_on=None,
        candidates=("\u200b",),
    )

    document = written(case)

    assert document.title == "(no role named)"
    assert document.parts[0].title == "The evidence supports hiring (no name)"
    assert [fact.label for fact in document.facts] == ["Candidate", "Issued"]


def test_control_characters_are_removed_and_that_is_said():
    document = written(a_case(role="Head\x00 of\u202e Finance"))

    assert document.title == "Head of Finance"
    assert document.parts[-1].anchor == "notes"
    assert "control characters" in all_text(document.parts[-1])


def test_markup_stays_what_was_written():
    nasty = '#import "x" $y$ <script>alert(1)</script> {{ z }} %(name)s {0}'

    document = written(a_case(an_opinion((4, 4, 4), evidence=(nasty,)), role=nasty))

    assert document.title == nasty
    assert nasty in set(texts(document.parts[1]))


def test_who_assessed_and_how_it_was_sealed_is_accounted_for():
    opinions = (
        an_opinion((4, 4, 4)),
        an_opinion(
            (2, 2, None),
            kind=SECOND,
            assessor="Jonas",
            on=date(2026, 11, 12),
            qualifications="Certified psychologist",
            declared_on=date(2026, 11, 3),
            seal="ab12",
        ),
    )

    document = written(a_case(*opinions))

    text = all_text(document)
    assert "Certified psychologist\nDeclared to have no tie to candidates or client, 3" in text
    assert "Works for the client, and gave the client's own opinion." in text
    assert "ab12" in text
    sources = {quotation.source for quotation in blocks(document, Quotation)}
    assert "Jonas, second opinion · speaks against · 12 November 2026" in sources


def test_what_only_a_later_opinion_saw_is_called_new_information_with_its_size():
    opinions = (an_opinion((4, None, 4)), an_opinion((4, 1, 4), kind=SECOND, assessor="Jonas"))

    text = all_text(written(a_case(*opinions)))

    assert "New information: the first opinion says nothing of it." in text
    assert "1 point, down from what the first opinion's other ratings suggest." in text
