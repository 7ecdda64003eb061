import pytest

from second_opinion.drawings import Interval, draw_forest
from tests.drawings.svg import SVG, parsed, words


def drawn(intervals, **changes):
    settings = {"title": "t", "description": "d", "ruler_name": "logits", "left_out": "40 more"}
    return draw_forest(intervals=intervals, **settings | changes)


def test_the_highest_stands_on_top_with_its_figure():
    source = drawn([Interval(label="mild", value=-0.5), Interval(label="strict", value=1.25)])

    rows = sorted((word.baseline, word.text) for word in words(source))
    order = [text for _, text in rows if text in {"mild", "strict", "+1.25", "−0.50"}]
    assert order in (
        ["+1.25", "strict", "mild", "−0.50"],
        ["strict", "+1.25", "−0.50", "mild"],
        ["+1.25", "strict", "−0.50", "mild"],
        ["strict", "+1.25", "mild", "−0.50"],
    )


def test_an_interval_is_drawn_from_end_to_end():
    source = drawn([Interval(label="a", value=0.5, low=0.0, high=2.0)])

    (line,) = (
        each for each in parsed(source).iter(f"{SVG}line") if each.get("stroke-width") == "1.8"
    )
    (dot,) = parsed(source).iter(f"{SVG}circle")
    left, right, middle = float(line.get("x1")), float(line.get("x2")), float(dot.get("cx"))
    assert (middle - left) / (right - left) == pytest.approx(0.25, abs=0.001)


def test_without_intervals_only_dots_are_drawn():
    source = drawn([Interval(label="a", value=0.5), Interval(label="b", value=-0.5)])

    assert not [
        each for each in parsed(source).iter(f"{SVG}line") if each.get("stroke-width") == "1.8"
    ]


def test_of_more_than_sixty_the_middle_is_left_out_and_told():
    source = drawn([Interval(label=f"a{place}", value=place / 50) for place in range(100)])

    texts = {word.text for word in words(source)}
    assert {"a99", "a70", "40 more", "a29", "a0"} <= texts
    assert not {"a69", "a30", "a50"} & texts
