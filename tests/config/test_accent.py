import re
from pathlib import Path

import pytest

from second_opinion import web
from second_opinion.config.accent import DARK, LIGHT, accents
from second_opinion.drawings.colours import LEAST_CONTRAST, contrast

SITE = Path(web.__file__).parent / "static" / "second_opinion" / "site.css"


def test_the_grounds_are_those_of_the_pages():
    light, dark = re.findall(r":root \{(.*?)\}", SITE.read_text(), re.DOTALL)
    papers = re.compile(r"--paper(?:-2)?: (#[0-9a-f]{6});")

    assert tuple(papers.findall(light)) == LIGHT[:2]
    assert tuple(papers.findall(dark)) == DARK


def test_one_colour_gets_its_companion_for_dark_pages():
    light, dark = accents("#003366")

    assert light == "#003366"
    assert all(contrast(dark, ground) >= LEAST_CONTRAST for ground in DARK)


def test_two_colours_are_taken_as_they_are():
    assert accents("#0B4F5C, #86cbd3") == ("#0b4f5c", "#86cbd3")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("#3399cc", r"#3399cc has a contrast of 2\.8 to 1 on light pages.*nearest.*#27759c"),
        ("#003366, #003366", r"on dark pages.*nearest that has it is #[0-9a-f]{6}"),
        ("teal", "must be one colour"),
        ("#000000, #ffffff, #111111", "must be one colour"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_nearest_that_can(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        accents(text)


def test_nothing_is_nothing():
    assert accents(" ") == ()
