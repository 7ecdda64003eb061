"""What is flagged in a profile and in open questions, each with the sentence that says why."""

import pytest

from second_opinion.cases import selectors
from second_opinion.cases.models import Criterion, OpenQuestion
from second_opinion.cases.selectors.flags import flags_of_criteria


def criterion(**fields):
    whole = {
        "name": "Leadership",
        "weight": 100,
        "reason": "Leads twelve buyers.",
        "methods": ["interview", "reference"],
        "anchors": [[1, "Orders"], [3, "Explains"], [5, "Leads"]],
    }
    return Criterion(**(whole | fields))


def sentences(**fields):
    return [flag.sentence for flag in flags_of_criteria([criterion(**fields)])]


def test_a_whole_criterion_has_no_flag():
    assert sentences() == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"weight": 60}, "sum to 60"),
        ({"methods": []}, "No method measures it"),
        ({"methods": ["interview"]}, "One method alone measures it (structured interview)"),
        ({"reason": " "}, "not why the job demands it"),
        ({"anchors": [[1, "Orders"], [5, "Leads"]]}, "at least three levels"),
        ({"definition": "A young team player."}, "“young”"),
        ({"reason": "Ska vara frisk och ha körkort."}, "“frisk”"),
        ({"anchors": [[1, "Föräldraledig"], [3, "b"], [5, "c"]]}, "“Föräldraledig”"),
        ({"definition": "Current salary below 60,000."}, "“Current salary”"),
        ({"definition": "Dagens lön under 60 000."}, "“Dagens lön”"),
    ],
)
def test_what_is_wrong_with_a_criterion_is_told_with_why(fields, words):
    (sentence,) = sentences(**fields)

    assert words in sentence


@pytest.mark.parametrize("text", ["Manages a youthcentre", "Barnstorming", "Kan förhandla"])
def test_words_are_looked_for_whole(text):
    assert sentences(definition=text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Can Kim lead?", "“Can”"),
        ("  Är Kim en ledare?", "“Är”"),
        ("How weak are the figures?", "“weak”"),
        ("Hur hanterar Kim besvärliga kunder?", "“besvärliga”"),
        ("What makes Kim, obviously, fit?", "“obviously”"),
    ],
)
def test_questions_that_are_not_open_or_not_neutral_are_told(text, words):
    flags = selectors.flags_of_question(OpenQuestion(text=text))

    assert any(words in flag.sentence for flag in flags)


@pytest.mark.parametrize(
    "text",
    [
        "How does Kim lead managers who know more?",
        "Hur leder Kim chefer som kan mer?",
        "Vad händer när siffrorna inte stämmer?",
    ],
)
def test_open_neutral_questions_are_left_alone(text):
    assert selectors.flags_of_question(OpenQuestion(text=text)) == []
