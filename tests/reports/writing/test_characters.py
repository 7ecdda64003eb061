import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.reports.writing.characters import cleaned, has_disallowed, with_every_text


@pytest.mark.parametrize(
    "text",
    ["Åsa Öberg", "محمد العربي", "李小龙", "שָׁלוֹם", "👨‍👩‍👧", "#import $x$ <b>", "one\ntwo", ""],
)
def test_what_a_person_can_read_stays(text):
    assert cleaned(text) == unicodedata.normalize("NFC", text)
    assert not has_disallowed(text)


CONTROLS = ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\u202e", "\u2066", "\ufeff"]
NO_CHARACTERS = ["\ud800", "\udfff", "\ufdd0", "\uffff", "\U0001fffe", "\U0010ffff", "\U000e0041"]


@pytest.mark.parametrize("character", [*CONTROLS, *NO_CHARACTERS])
def test_what_nobody_can_see_or_trust_goes(character):
    assert cleaned(f"a{character}b") == "ab"
    assert has_disallowed(f"a{character}b")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_the_plain_one(end):
    assert cleaned(f"a{end}b") == "a\nb"
    assert not has_disallowed(f"a{end}b")


def test_tab_becomes_a_space():
    assert cleaned("a\tb") == "a b"


def test_letters_and_marks_are_composed():
    assert cleaned("e\u0301") == "é"


@given(st.text(alphabet=st.characters()))
def test_cleaning_twice_is_cleaning_once(text):
    once = cleaned(text)

    assert cleaned(once) == once
    assert not has_disallowed(once)


@dataclass(frozen=True)
class Leaf:
    text: str
    number: float
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Branch:
    leaves: tuple[Leaf, ...]


def test_every_text_in_a_tree_is_changed_and_nothing_else():
    tree = Branch((Leaf("a", 1.5), Leaf("b", 2.5, ("c", "d"))))

    assert with_every_text(tree, str.upper) == Branch((Leaf("A", 1.5), Leaf("B", 2.5, ("C", "D"))))
