from xml.etree import ElementTree

import pytest

from second_opinion.drawings import RowOfDots, Square, draw_matrix, draw_rows

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Leads a change that nobody has asked for and that many will come to dislike"


def matrix(columns=("first", "second"), rows=(("Judgement", (Square.SEEN, Square.NOT_SEEN)),)):
    source = draw_matrix(
        title="t", description="d", columns=columns, rows=rows, key=("seen", "not seen")
    )
    return ElementTree.fromstring(source)


def rows(*given, bar=(3, "bar 3")):
    source = draw_rows(
        title="t",
        description="d",
        low=1,
        high=5,
        ticks=[(value, str(value)) for value in range(1, 6)],
        bar=bar,
        rows=given,
        key=("first", "second", "third"),
    )
    return ElementTree.fromstring(source)


def words(svg):
    return [element.text for element in svg.iter(f"{SVG}text")]


def squares(svg):
    sides = [each for each in svg.iter(f"{SVG}rect") if each.get("width") == each.get("height")]
    return [each.get("fill") == "#ffffff" for each in sides]


def test_seen_and_not_seen_are_told_apart_without_colour_and_in_words():
    svg = matrix()

    assert squares(svg) == [False, True, False, True]  # of the row, then of the key
    assert words(svg)[-2:] == ["seen", "not seen"]


def test_what_was_not_asked_of_a_source_is_left_empty():
    svg = matrix(rows=(("Judgement", (Square.SEEN, Square.NOT_ASKED)),))

    assert squares(svg) == [False, False, True]


def test_a_long_name_stands_in_whole_on_several_lines():
    assert LONG in " ".join(words(matrix(rows=((LONG, (Square.SEEN,) * 2),))))
    assert LONG in " ".join(words(rows(RowOfDots(name=LONG, dots=[(0, 3)]))))


def test_names_over_columns_never_meet():
    columns = [f"third no. {place}" for place in range(1, 7)]

    svg = matrix(columns, [("Judgement", [Square.SEEN] * 6)])

    heads = [one for one in svg.iter(f"{SVG}text") if one.text in columns]
    boxes = [(float(one.get("x")), float(one.get("y")), 6 * len(one.text)) for one in heads]
    assert all(
        abs(x - other) >= (width + other_width) / 2 or abs(y - other_y) >= 11
        for place, (x, y, width) in enumerate(boxes)
        for other, other_y, other_width in boxes[place + 1 :]
    )


def test_rows_place_their_dots_in_proportion_on_one_ruler():
    svg = rows(RowOfDots(name="Judgement", dots=[(1, 2), (1, 4)], note="2"))

    first, second = [float(one.get("cx")) for one in svg.iter(f"{SVG}circle")][:2]
    (bar,) = (float(one.get("x")) for one in svg.iter(f"{SVG}text") if one.text == "bar 3")
    assert bar == pytest.approx((first + second) / 2, abs=0.1)


def test_without_a_bar_none_is_drawn():
    assert "bar 3" not in words(rows(RowOfDots(name="Judgement", dots=[(0, 3)]), bar=None))
