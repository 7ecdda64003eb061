"""What an author is told of a sentence: why, and what to write instead. It never refuses."""

import pytest

from second_opinion.library.words import WordKind
from second_opinion.reports.writing.linting import LONG_SENTENCE, remarks_on

PLAIN = {
    "en": "She asked the two who doubted, and changed the order of the steps.",
    "sv": "Hon frågade de två som tvekade och ändrade ordningen på stegen.",
}
OF_EACH = {
    WordKind.TRAIT: "He is a born leader.",
    WordKind.CLINICAL: "She seems depressed in the group.",
    WordKind.TYPE_LABEL: "He is a typical introvert.",
    WordKind.VERDICT: "She will fail in this role.",
    WordKind.IMPRESSION: "He made a likeable impression.",
    WordKind.PROTECTED_GROUND: "She is pregnant and asked for time.",
}


def words_of(text, *, language="en", others=()):
    return [one.words for one in remarks_on(text, language=language, others=others)]


@pytest.mark.parametrize("language", PLAIN)
def test_what_was_done_and_said_gets_no_remark(language):
    assert remarks_on(PLAIN[language], language=language) == ()


@pytest.mark.parametrize("kind", OF_EACH)
def test_every_kind_of_word_is_pointed_out_with_why_and_with_what_instead(kind):
    remarks = remarks_on(OF_EACH[kind], language="en")

    assert remarks
    assert all(one.words and one.why.endswith(".") and one.proposal for one in remarks)


def test_no_two_kinds_are_explained_alike():
    said = {remarks_on(text, language="en")[0].why for text in OF_EACH.values()}

    assert len(said) == len(OF_EACH)


def test_another_finalist_s_name_is_pointed_out_however_it_is_written():
    assert words_of("Calmer than ALEX OLSSON.", others=("Alex Olsson", "")) == ["Alex Olsson"]
    assert words_of("Calmer than most.", others=("Alex Olsson",)) == []


def test_the_other_language_is_pointed_out():
    assert words_of(PLAIN["sv"], language="en")
    assert words_of(PLAIN["en"], language="sv")


@pytest.mark.parametrize(("words", "is_long"), [(LONG_SENTENCE, False), (LONG_SENTENCE + 1, True)])
def test_a_sentence_is_long_from_one_word_above_the_limit(words, is_long):
    assert (words_of("word " * words) == [f"{words} words"]) is is_long


def test_every_kind_that_an_author_is_told_of_is_tried_here():
    from second_opinion.reports.writing.linting import _SAID

    assert set(_SAID) == set(OF_EACH)
