import pytest

from second_opinion.library.words import WordKind, words_found


@pytest.mark.parametrize(
    "text",
    [
        "Man planerade om, men bara sex av tio skift.",
        "Gav sig inte förrän verket fick en gift rätt märkt.",
        "The men she led kept the machines running.",
    ],
)
def test_common_words_of_the_other_language_are_no_fault(text):
    assert words_found(text, WordKind.PROTECTED_GROUND) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vi söker en man, helst ung och utan småbarn.", ("en man", "ung", "småbarn")),
        ("A young man, no parental leave planned.", ("young man", "parental leave")),
    ],
)
def test_what_touches_a_protected_ground_is_found_as_it_stands(text, found):
    assert words_found(text, WordKind.PROTECTED_GROUND) == found
