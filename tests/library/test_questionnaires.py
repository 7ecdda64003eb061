"""Questionnaires as files: ours holds its own rules, and every fault has a sentence."""

import re
import tomllib
from collections import Counter

import pytest

from second_opinion.library.questionnaires import (
    CONTENT,
    questionnaires,
    read_questionnaire,
    type_tool_in,
)
from second_opinion.library.questionnaires.installing import as_toml
from second_opinion.library.words import WordKind, words_found

OURS = questionnaires().questionnaires["work-demonstration"]
TEXT = (CONTENT / "work-demonstration.toml").read_text(encoding="utf-8")


@pytest.fixture
def sentences(tmp_path):
    """What is told of our own form after a change."""

    def told(old, new, *, count=1):
        path = tmp_path / "work-demonstration.toml"
        assert old in TEXT
        path.write_text(TEXT.replace(old, new, count), encoding="utf-8")
        read = read_questionnaire(path)
        return [str(fault) for fault in read] if isinstance(read, list) else []

    return told


def test_our_own_form_is_whole_and_says_that_it_is_not_validated():
    counts = Counter(item.scale for item in OURS.item)
    turned = Counter(item.scale for item in OURS.item if item.is_reversed)

    assert questionnaires().faults == ()
    assert set(counts.values()) <= {4, 5}
    assert all(turned[scale] == 2 for scale in counts)
    assert OURS.validated_in == ()
    for language, words in (("sv", "inte validerat"), ("en", "not validated")):
        assert words in OURS.name.in_language(language)


def test_no_statement_of_ours_touches_health_or_a_protected_ground():
    texts = [item.text(language) for item in OURS.item for language in OURS.languages]
    kinds = (WordKind.CLINICAL, WordKind.PROTECTED_GROUND)

    assert [text for text in texts for kind in kinds if words_found(text, kind)] == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('id = "e1"', 'id = "c1"', "item c1: This id stands twice."),
        ('keyed = "minus"', 'keyed = "down"', "item c2, keyed: An item is keyed plus or minus"),
        ('en = "I speak early in a meeting."\n', "", "item e1: The English text is missing."),
        (
            '"Does not fit at all", "Fits rather badly", "Neither nor", ',
            "",
            "choices, English: There are 2 answers to choose among, too few: at least 3",
        ),
        ('"Neither nor", ', "", "every language needs the same number"),
        ('scale = "calm"', 'scale = "calmness"', "There is no scale calmness"),
        ('languages = ["sv", "en"]', 'languages = ["sv", "de"]', "and not de"),
        ("minutes = 5", "minutes = 5\nmeasures_types = true", "sorts people into types is refused"),
        ("minutes = 5", "minutes = 5\ncolour = 1", "There is no such field"),
        ('key = "work-demonstration"', 'key = "another"', "give both the same name"),
        ("[choices]", "choices]", "This is no TOML"),
        ("alpha = 0.6", "alpha = 1.6", "scale 1, alpha"),
    ],
)
def test_a_fault_is_told_in_a_sentence_with_its_place(sentences, old, new, sentence):
    told = sentences(old, new)

    assert any(sentence in each for each in told), told


def test_adaptive_asking_needs_five_hundred_answers_and_a_name(sentences):
    adaptive = (
        '[[adaptive]]\nlanguage = "sv"\nsetting = "selection"\nn_answers = 499\n'
        'parameters = "items.json"\nsigned = { psychologist = "Anna Berg", on = "2026-01-02" }\n'
    )

    told = sentences("[[scale]]", f"{adaptive}\n[[scale]]")

    assert len(told) == 1
    assert re.search("adaptive 1, n_answers: .*500", told[0])


def test_what_is_written_as_a_file_reads_back_as_it_was():
    written = tomllib.loads(TEXT)

    assert tomllib.loads(as_toml(written)) == written


def test_an_installed_file_is_offered_and_one_with_a_fault_is_told(tmp_path):
    text = TEXT.replace('key = "work-demonstration"', 'key = "ours"')
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("key = ", encoding="utf-8")

    found = questionnaires(tmp_path)

    assert set(found.questionnaires) == {"work-demonstration", "ours"}
    assert [fault.file for fault in found.faults] == ["broken.toml"]


@pytest.mark.parametrize("name", ["MBTI steg 2", "Myers-Briggs", "DiSC-profil", "Enneagram"])
def test_a_type_tool_is_known_by_its_names(name):
    assert type_tool_in(name) is not None


@pytest.mark.parametrize("name", ["NEO PI-R", "a discussion", "Raven"])
def test_other_names_are_no_type_tools(name):
    assert type_tool_in(name) is None
