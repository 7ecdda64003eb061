from xml.etree import ElementTree

import pytest

from second_opinion.drawings import draw_hundreds, pen
from tests.drawings.svg import collisions

SVG = "{http://www.w3.org/2000/svg}"
KEY = ("would disappoint", "would not")


def drawn(*rows):
    return draw_hundreds(title="t", description="d", rows=rows, key=KEY)


def squares(source):
    """Whether each square is filled, without the two of the key."""
    found = [each.get("fill") for each in ElementTree.fromstring(source).iter(f"{SVG}rect")]
    return [fill == pen.ACCENT for fill in found][:-2]


@pytest.mark.parametrize("count", [0, 1, 27, 99, 100])
def test_so_many_of_a_hundred_are_filled_and_they_stand_first(count):
    assert squares(drawn(("Without", count, f"about {count}"))) == [True] * count + [False] * (
        100 - count
    )


def test_each_way_has_its_own_hundred_with_its_name_and_number_in_words():
    source = drawn(("Without", 27, "about 27 of 100"), ("With", 24, "about 24 of 100"))

    assert len(squares(source)) == 200
    assert sum(squares(source)) == 51
    words = " ".join(each.text for each in ElementTree.fromstring(source).iter(f"{SVG}text"))
    assert all(said in words for said in ("about 27", "about 24", *KEY))


def test_no_words_meet_however_long_and_nothing_leaves_the_drawing():
    source = drawn(("Utan en strukturerad second opinion varje gång", 27, "ungefär 27 av 100"))

    assert collisions(source) == []
    rights = [
        float(each.get("x")) + float(each.get("width"))
        for each in ElementTree.fromstring(source).iter(f"{SVG}rect")
    ]
    assert max(rights) <= pen.WIDTH
