import pytest

from second_opinion.library.criteria import collection
from second_opinion.library.transcripts import TRANSCRIPTS
from second_opinion.library.words import WordKind, other_language_found, words_found

LANGUAGES = ("sv", "en")


def test_there_are_four_and_their_keys_cover_the_same_criteria():
    criteria = {
        tuple(rating.criterion for rating in transcript.ratings)
        for transcript in TRANSCRIPTS.values()
    }

    assert len(TRANSCRIPTS) == 4
    assert len(criteria) == 1
    assert set(criteria.pop()) <= set(collection().criteria)


def test_the_keys_use_the_whole_scale_and_differ_within_and_between_people():
    scores = [[rating.score for rating in each.ratings] for each in TRANSCRIPTS.values()]

    assert {score for row in scores for score in row} == {1, 2, 3, 4, 5}
    assert all(len(set(row)) > 1 for row in scores)
    assert all(len(set(column)) > 2 for column in zip(*scores, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("transcript", TRANSCRIPTS.values(), ids=TRANSCRIPTS)
def test_a_transcript_is_a_talk_of_some_length_in_its_language(transcript, language):
    text, turns = transcript.texts[language], transcript.turns(language)

    assert 600 <= len(text.split()) <= 1000
    assert [speaker for speaker, _words in turns] == ["interviewer", "candidate"] * (
        len(turns) // 2
    )
    assert other_language_found(text, language=language) == ()
    assert words_found(text, WordKind.CLINICAL) == ()
    assert words_found(text, WordKind.PROTECTED_GROUND) == ()
    for rating in transcript.ratings:
        assert other_language_found(rating.reason(language), language=language) == ()
        assert words_found(rating.reason(language), WordKind.TRAIT) == ()
