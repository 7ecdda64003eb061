import dataclasses
import re
from xml.etree import ElementTree

import pytest

from second_opinion.reports.rendering.drawing import WIDTH, draw
from second_opinion.reports.writing.drawn import Dot, Drawing, Mark, Span

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = Drawing(
    title="Judgement: most likely 3.3",
    description="A ruler from 1 to 5.",
    scale_low=1,
    scale_high=5,
    dots_label="Opinions",
    dots=(
        Dot(value=4, value_label="4", label="first", place=0),
        Dot(value=2, value_label="2", label="second", place=1),
    ),
    spans=(Span(label="Combination", low=2.7, mean=3.3, high=3.8, mean_label="3.3"),),
    marks=(
        Mark(value=3, label="bar 3"),
        Mark(value=2.5, label="minimum 2.5", is_minimum=True),
    ),
    ticks=tuple((value, str(value)) for value in range(1, 6)),
)


def drawn(**changes):
    return ElementTree.fromstring(draw(dataclasses.replace(PLAIN, **changes), identity="d"))


def words(svg):
    return [element.text for element in svg.iter(f"{SVG}text")]


def x_of(svg, label):
    (found,) = (float(text.get("x")) for text in svg.iter(f"{SVG}text") if text.text == label)
    return found


def test_drawing_names_itself_to_those_who_hear_it():
    svg = drawn()

    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert (title.text, description.text) == (PLAIN.title, PLAIN.description)


def test_everything_is_labelled_directly():
    assert set(words(drawn())) >= {
        "bar 3",
        "minimum 2.5",
        "Opinions",
        "first 4",
        "second 2",
        "Combination",
        "3.3",
        *"12345",
    }


def test_places_on_the_ruler_are_in_proportion():
    svg = drawn()

    low, middle, high = (x_of(svg, label) for label in "135")
    assert middle - low == pytest.approx(high - middle)
    assert x_of(svg, "bar 3") == pytest.approx(middle)
    assert x_of(svg, "first 4") == pytest.approx((middle + high) / 2)
    assert x_of(svg, "3.3") == pytest.approx(low + (high - low) * 2.3 / 4, abs=0.01)


def test_opinions_are_told_apart_by_shape_and_not_by_colour():
    third = Dot(value=3, value_label="3", label="third", place=2)

    svg = drawn(dots=(*PLAIN.dots, third))

    ring, disc = (
        next(shape for shape in svg.iter(f"{SVG}circle") if (shape.get("stroke") is None) is filled)
        for filled in (False, True)
    )
    diamond = svg.find(f"{SVG}path")
    assert ring.get("stroke") == disc.get("fill") == diamond.get("stroke")


def test_opinions_that_agree_share_one_label():
    dots = tuple(dataclasses.replace(dot, value=3, value_label="3") for dot in PLAIN.dots)

    assert "first, second 3" in words(drawn(dots=dots))


def test_labels_that_would_overlap_are_set_one_above_the_other():
    near = dataclasses.replace(PLAIN.dots[1], value=3.9, value_label="3.9")

    svg = drawn(dots=(PLAIN.dots[0], near))

    first, second = (
        next(text for text in svg.iter(f"{SVG}text") if text.text == label)
        for label in ("first 4", "second 3.9")
    )
    assert abs(float(first.get("y")) - float(second.get("y"))) >= 11


@pytest.mark.parametrize("value", [1, 5])
def test_labels_at_the_ends_stay_inside(value):
    dots = tuple(
        Dot(value=value, value_label=f"{value}", label=f"third no. {place}", place=place)
        for place in range(3)
    )

    svg = drawn(dots=dots, marks=(Mark(value=value, label=f"bar and minimum {value}"),))

    for text in svg.iter(f"{SVG}text"):
        width = 5 * len(text.text)
        left = {"start": 0, "middle": width / 2, "end": width}[text.get("text-anchor")]
        assert float(text.get("x")) - left >= -3
        assert float(text.get("x")) - left + width <= WIDTH + 8


def test_colours_are_attributes_so_that_print_has_them():
    source = draw(PLAIN)

    assert "style=" not in source
    assert "currentColor" not in source
    assert "var(" not in source
    for shape in drawn().iter():
        if shape.tag in {f"{SVG}line", f"{SVG}circle", f"{SVG}text", f"{SVG}path"}:
            colours = [shape.get(name) for name in ("fill", "stroke") if shape.get(name)]
            assert colours
            assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", '" onload="x', "a & b", "]]>"])
def test_words_of_people_are_text_and_never_markup(nasty):
    source = draw(dataclasses.replace(PLAIN, title=nasty, description=nasty), identity="d")

    svg = ElementTree.fromstring(source)
    assert svg.find(f"{SVG}title").text == nasty
    assert svg.find(f"{SVG}desc").text == nasty
    assert "<script" not in source
    assert svg.get("onload") is None


def test_drawing_without_dots_is_lower():
    assert float(drawn(dots=()).get("height")) < float(drawn().get("height"))
