import pytest

from second_opinion.candidates.analysis.readability import readability_of


def test_lix_is_words_by_sentence_and_the_share_of_long_words():
    # Ten words in two sentences, one of them longer than six letters: 5 + 10.
    readability = readability_of("Du får veta hur det gick. Vi ringer dig omedelbart.")

    assert (readability.words, readability.lix, readability.longest_sentence) == (10, 15, 6)


def test_each_item_of_a_list_is_a_sentence_of_its_own():
    assert readability_of("- one two\n- three four\n\nfive six").longest_sentence == 2


@pytest.mark.parametrize("text", ["", "   \n", "12 345 — !!!", "👩🏽‍🚀"])
def test_a_text_without_words_has_no_figure_and_breaks_nothing(text):
    assert readability_of(text).lix == 0


def test_long_sentences_of_long_words_are_called_hard():
    text = "Myndighetens ställningstagande beträffande personuppgiftsbehandling föreligger " * 9

    assert "very hard" in readability_of(text).sentence
