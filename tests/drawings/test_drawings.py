"""What holds for every drawing, whatever is drawn."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_opinion.drawings import (
    Band,
    Curve,
    Interval,
    Ladder,
    Ladders,
    Level,
    draw_curves,
    draw_forest,
    draw_ladders,
    draw_one_ruler,
    draw_peaks,
)
from tests.drawings.svg import SVG, collisions, outside, parsed, words

LONG = "Verksamhetsutveckling och strategisk ledarskapsförmåga i förändring"
ONE_WORD = "Verksamhetsutvecklingsledarskapsförmågebedömning"
NAMES = [
    "0000AAAAAr|\x80\x80÷",
    "Anna-Karin Bergström-Lindqvist",
    "Måns",
    LONG,
    ONE_WORD,
    "R07",
    "李明",
    "",
]
COMMON = {"title": "A finding in one sentence", "description": "All of it.", "identity": "d"}

values = st.floats(-6, 6, allow_nan=False).map(lambda value: round(value, 3))
labels = st.sampled_from(NAMES) | st.text(max_size=30)


def one_ruler(things, steps):
    bands = [
        Band(title="Candidates: further right, stronger", values=[value for _, value in things]),
        Band(
            title="Assessors: further right, stricter",
            values=[value for _, value in things],
            labels=[label for label, _ in things],
        ),
        Ladders(
            title="Scores",
            ladders=[Ladder(label=things[0][0], values=steps, steps=["2", "3", "4", "10"])],
        ),
    ]
    return draw_one_ruler(**COMMON, ruler_name="logits", bands=bands)


def forest(things, steps):
    intervals = [
        Interval(label=label, value=value, low=value - abs(steps[0]), high=value + abs(steps[1]))
        for label, value in things
    ]
    return draw_forest(
        **COMMON, ruler_name="severity in logits", intervals=intervals, left_out="more in the table"
    )


def ladders(things, steps):
    drawn = [Ladder(label=label, values=steps, steps="2345") for label, _ in things[:20]]
    return draw_ladders(**COMMON, ruler_name="logits", ladders=drawn)


def peaks(things, steps):
    curves = [
        Curve(label=f"score {place}", points=[(-6, 0), (step, 0.6), (6.5, 0.1)])
        for place, step in enumerate(steps)
    ]
    return draw_peaks(**COMMON, ruler_name="logits", curves=curves)


def curves(things, steps):
    drawn = [
        Curve(label=label, points=[(1, 0.2), (2, abs(value) / 6)]) for label, value in things[:3]
    ]
    return draw_curves(
        **COMMON,
        ruler_name="number of assessors",
        height_name="share",
        curves=drawn,
        level=Level(value=0.8, label="enough: .80"),
    )


DRAWINGS = [one_ruler, forest, ladders, peaks, curves]


@pytest.mark.parametrize("draw", DRAWINGS)
@settings(max_examples=30)
@given(things=st.lists(st.tuples(labels, values), min_size=1, max_size=80), data=st.data())
def test_no_words_are_printed_over_others_or_cut_by_the_edge(draw, things, data):
    steps = data.draw(st.lists(values, min_size=4, max_size=4))

    source = draw(things, steps)

    assert collisions(source) == []
    assert outside(source) == []


THINGS = [("R01", -1.2), ("R02", 0.4), ("<script>alert(1)</script>", 0.5), ("a & b", 1.4)]
STEPS = [-2.0, -0.4, 0.4, 2.0]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_drawing_names_itself_to_those_who_hear_it(draw):
    svg = parsed(draw(THINGS, STEPS))

    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert (title.text, description.text) == (COMMON["title"], COMMON["description"])


@pytest.mark.parametrize("draw", DRAWINGS)
def test_one_hue_and_greys_stand_in_attributes(draw):
    source = draw(THINGS, STEPS)

    colours = set(re.findall("#[0-9a-f]{6}", source))
    assert colours <= {"#1b1f23", "#474d50", "#878c8c", "#0b4f5c", "#ffffff"}
    assert not re.search(r"style=|currentColor|var\(|<script", source)


@pytest.mark.parametrize("draw", DRAWINGS)
def test_the_title_is_read_in_the_drawing_too(draw):
    assert COMMON["title"] in [word.text for word in words(draw(THINGS, STEPS))]


@pytest.mark.parametrize("label", ["\x00\x1b[31m", "\ud800", "\u202eabc", "]]>", "\ufffe"])
@pytest.mark.parametrize("draw", DRAWINGS)
def test_any_label_leaves_the_drawing_readable(draw, label):
    assert parsed(draw([(label, 0.0), ("R01", 1.0)], STEPS)).tag == f"{SVG}svg"
