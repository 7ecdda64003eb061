"""What holds of every report, whoever it is about and in whatever language."""

import json
import re

import pytest
from django.utils import translation

from second_opinion.ingest.case_file import as_dict
from second_opinion.reports.writing.blocks import Finding, Quotation, Table
from second_opinion.reports.writing.characters import every_text
from second_opinion.reports.writing.drawn import Drawing
from tests.reports import samples
from tests.reports.case_files import FIRST, SECOND
from tests.reports.samples import case, opinion

LANGUAGES = ("en", "sv")
CASES = {
    "one opinion": samples.one_opinion(),
    "two opinions": samples.two_opinions(),
    "three finalists": samples.three_finalists(),
    "a surprise": samples.two_opinions((5, 5, 1), (1, 3, 1)),
    "a gap": samples.two_opinions((4, None, 3), (2, None, None)),
    "no evidence": case(*(opinion(FIRST, (4, 4, 4), by=name) for name in ("Maria", "Jonas"))),
    "nothing observed": samples.two_opinions((None,) * 3, (None,) * 3),
    "no opinion": case(),
    "everything declared": samples.declared(),
}
OF_EACH = pytest.mark.parametrize("source", CASES.values(), ids=CASES)
KNOWN = [name for name in CASES if name not in {"nothing observed", "no opinion"}]
OF_EACH_KNOWN = pytest.mark.parametrize("source", [CASES[name] for name in KNOWN], ids=KNOWN)
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)

POINT = r"\d+[.,]\d"
ESTIMATE = re.compile(rf"(?:most likely|mest sannolikt)(?: stands| på| at)* {POINT}")
INTERVAL = re.compile(rf"{POINT} (?:to|till) {POINT}")
PROMISES = re.compile(
    r"will (?:not )?(?:fail|succeed)|is going to|guarantee|certainly|"
    r"kommer (?:inte )?att (?:misslyckas|lyckas)|garanter|säkert att",
    re.IGNORECASE,
)
WHOLE_COLUMNS = {"en": ("Most likely", "Interval"), "sv": ("Mest sannolikt", "Osäkerhetsintervall")}


def texts(source, language="en"):
    return every_text(samples.document(source, language=language))


def blocks(source, kind, language="en"):
    parts = samples.document(source, language=language).parts
    return [block for part in parts for block in part.blocks if isinstance(block, kind)]


def our_sentences(source, language):
    """The report's lines without what people wrote and without the literature."""
    given = json.dumps(as_dict(source), ensure_ascii=False)
    lines = {line for text in texts(source, language) for line in text.splitlines()}
    return {
        line
        for line in lines
        if len(re.findall(r"[^\W\d]{2,}", line)) > 2
        and (line.partition(": ")[2] or line) not in given
        and not line.startswith(("Huffcutt", "Lawrence", "candidate-"))
    }


@IN_BOTH
@OF_EACH_KNOWN
def test_an_estimate_never_stands_without_its_interval(source, language):
    estimates = [text for text in texts(source, language) if ESTIMATE.search(text)]

    assert estimates
    assert [text for text in estimates if not INTERVAL.search(text)] == []


@IN_BOTH
@OF_EACH_KNOWN
def test_a_table_with_an_estimate_has_a_column_for_the_interval(source, language):
    estimate, interval = WHOLE_COLUMNS[language]

    tables = [table for table in blocks(source, Table, language) if estimate in table.columns]

    assert tables
    for table in tables:
        column = table.columns.index(interval)
        assert all(INTERVAL.fullmatch(row[column]) for row in table.rows)


@IN_BOTH
@OF_EACH_KNOWN
def test_a_drawing_says_all_that_it_shows(source, language):
    drawings = blocks(source, Drawing, language)
    drawings += [finding.drawing for finding in blocks(source, Finding, language)]

    assert drawings
    for drawing in drawings:
        shown = [dot.value_label for dot in drawing.dots]
        shown += [span.mean_label for span in drawing.spans]
        shown += [mark.label for mark in drawing.marks]
        assert [label for label in shown if label not in drawing.description] == []
        assert len(INTERVAL.findall(drawing.description)) == len(drawing.spans)
        assert INTERVAL.search(drawing.title)


@IN_BOTH
@OF_EACH
def test_nothing_is_promised_of_anybody(source, language):
    assert PROMISES.findall("\n".join(texts(source, language))) == []


@IN_BOTH
@OF_EACH
def test_certainty_is_never_claimed(source, language):
    claims = [
        text
        for text in texts(source, language)
        if re.search(r"(?:bar|kravnivån|minimum|lägstanivån)[^.]*\((?:0|100)\s?%\)", text)
    ]

    assert claims == []


@IN_BOTH
@OF_EACH
def test_every_row_has_a_cell_for_each_column(source, language):
    tables = blocks(source, Table, language)

    for table in tables:
        assert {len(row) for row in table.rows} <= {len(table.columns)}
        assert len(table.shares) in (0, len(table.columns))


@OF_EACH
def test_swedish_has_no_english_sentence_left_in_it(source):
    english, swedish = (our_sentences(source, language) for language in LANGUAGES)

    assert len(swedish) > 20
    assert {line for line in english & swedish if not line.startswith("Second opinion")} == set()


def test_writing_leaves_the_reader_s_language_as_it_was():
    samples.document(samples.two_opinions(), language="sv")

    assert translation.get_language() == "en"


def test_the_same_case_gives_the_same_document():
    one, another = (samples.document(samples.three_finalists()) for _ in range(2))

    assert one == another


def test_a_single_opinion_is_not_called_a_combination_of_several():
    report = "\n".join(texts(samples.one_opinion()))

    assert "1 opinion: Maria Öberg, first opinion." in report
    assert "First opinion alone" not in report
    assert "All opinions" not in report


def test_a_second_opinion_stands_beside_what_the_first_said_alone():
    tables = blocks(samples.two_opinions(), Table)
    (basis,) = (table for table in tables if "Most likely" in table.columns)

    assert [row[0] for row in basis.rows] == ["First opinion alone", "All opinions"]


def test_missing_evidence_is_said_once_for_all_who_noted_none():
    source = case(opinion(FIRST, (4, 4, 4), by="Maria"), opinion(SECOND, (4, 3, 4), by="Jonas"))

    report = texts(source)

    sentence = (
        "Maria, first opinion; Jonas, second opinion: no evidence was noted for these scores."
    )
    assert report.count(sentence) == 3


def test_a_case_in_which_nothing_was_observed_draws_no_criterion():
    source = CASES["nothing observed"]

    assert "The evidence is not enough for a conclusion on Anna Lindqvist" in texts(source)
    assert blocks(source, Drawing) == []
    assert [text for text in texts(source) if ESTIMATE.search(text)] == []
    assert "Criteria with 0% of the weight were observed" in "\n".join(texts(source))


@IN_BOTH
@pytest.mark.parametrize("name", ["nothing observed", "no opinion"])
def test_below_the_floor_words_stand_for_the_whole(name, language):
    said = "\n".join(texts(CASES[name], language))

    words = {"en": "Too little is known of", "sv": "För lite är känt om"}
    assert words[language] in said
    assert not ESTIMATE.search(said)


def test_a_case_without_opinions_says_so():
    assert "No opinion has been given." in texts(case())


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (1, "Repeats figures."),
        (2, "nearest described level, 1"),
        (3.2, "nearest described level, 3"),
    ],
)
def test_a_score_is_told_by_the_nearest_described_level_and_a_tie_by_the_lower(score, words):
    tables = blocks(samples.one_opinion((score, 4, 4)), Table)
    (table,) = (each for each in tables if each.caption == "Judgement, in figures")

    assert table.rows[0][2].startswith(words)


@IN_BOTH
def test_two_thousand_characters_of_evidence_come_out_whole(language):
    evidence = ("Asked for the basis of the forecast. " * 60)[:2000].rstrip()
    source = case(opinion(FIRST, (4, 4, 4), by="Maria", evidence=(evidence,)))

    assert (evidence,) in [each.paragraphs for each in blocks(source, Quotation, language)]


@IN_BOTH
def test_three_finalists_are_answered_side_by_side_and_then_each_in_detail(language):
    source = samples.three_finalists()

    answer, beside, *details = samples.document(source, language=language).parts

    findings = [block for block in answer.blocks if isinstance(block, Finding)]
    wholes, criteria = (block for block in beside.blocks if isinstance(block, Table))
    assert [row[0] for row in wholes.rows] == list(source.candidates)
    assert criteria.columns[1:] == source.candidates
    for name, finding, detail in zip(source.candidates, findings, details[:3], strict=True):
        assert name in finding.heading.text
        assert name in finding.drawing.title
        assert name in detail.title


def test_a_third_opinion_is_compared_with_the_first_as_well():
    report = "\n".join(texts(samples.three_finalists()))

    assert "Chance can explain the differences between Éva Szabó and Maria Öberg." in report
