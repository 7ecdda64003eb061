"""The guide as a document that is filled in without the service, and read back."""

import pytest

from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.instruments.errors import SheetError
from second_opinion.instruments.writing.sheet import ratings_in, sheet_text
from second_opinion.opinions import services as opinions
from second_opinion.opinions.states import OpinionKind
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def opinion():
    cast = factories.Cast()
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    return factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)


@pytest.fixture
def guide(opinion):
    return opinions.take_up_guide(actor=opinion.assessor, opinion=opinion)


@pytest.fixture
def read(guide, opinion):
    return lambda text: ratings_in(text, guide=guide, candidacy=opinion.candidacy)


def filled(text, **answers):
    """The document with lines under its places: `_1A` for the score of the first criterion."""
    lines = []
    for line in text.splitlines():
        lines.append(line)
        place = line.split()[1] if line.startswith("> ") else ""
        lines += answers.get(f"_{place}", [])
    return "\r\n".join(lines)


def test_what_is_filled_in_comes_back_as_ratings(guide, opinion, read):
    text = sheet_text(guide, opinion.candidacy)

    found = read(
        filled(
            text,
            _1A=["3,5"],
            _1B=["Kim called each of the four.", "", "Kim wrote it down: “by Friday”."],
            _2C=["The time ran out."],
        )
    )

    assert found == [
        RatingEntry(
            criterion="Leadership",
            score=3.5,
            evidence=("Kim called each of the four.", "Kim wrote it down: “by Friday”."),
            reason_not_observed="",
        ),
        RatingEntry(
            criterion="Judgement",
            score=None,
            evidence=(),
            reason_not_observed="The time ran out.",
        ),
    ]


def test_the_document_holds_every_question_and_level(guide, opinion):
    text = sheet_text(guide, opinion.candidacy)

    for section in guide.sections:
        for question in section["questions"]:
            assert question["text"] in text
        for _point, words in section["anchors"]:
            assert words in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text, "Nothing is filled in"),
        (lambda text: "Dear Sir", "no guide of this service"),
        (lambda text: text.replace("# guide ", "# guide 0"), "no guide of this service"),
        (lambda text: filled(text, _1A=["high"]), "“high” is no score"),
        (lambda text: text + "\n> 1A score\n4", "stands there twice"),
        (lambda text: text + "\n> 8A score\n4", "no part 8"),
        (lambda text: text + "x" * 500_000, "larger than any guide"),
    ],
)
def test_what_cannot_be_read_back_is_told(guide, opinion, read, change, says):
    with pytest.raises(SheetError, match=says):
        read(change(sheet_text(guide, opinion.candidacy)))


def test_a_document_of_another_candidate_is_refused(guide, opinion, read):
    text = sheet_text(guide, opinion.candidacy)
    other = str(opinion.pseudonym)

    with pytest.raises(SheetError, match="another candidate"):
        read(text.replace(str(opinion.candidacy.pseudonym), other))
    with pytest.raises(SheetError, match="another guide"):
        read(text.replace(str(guide.pseudonym), other))
