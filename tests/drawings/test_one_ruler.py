import pytest

from second_opinion.drawings import Band, Ladder, draw_ladders, draw_one_ruler
from tests.drawings.svg import SVG, parsed, words


def drawn(*bands):
    return draw_one_ruler(title="t", description="d", ruler_name="logits", bands=bands)


def texts(source):
    return [word.text for word in words(source)]


def test_few_things_are_named_beside_their_dots():
    source = drawn(Band(title="a", values=[-1.0, 0.5, 1.0], labels=["A", "B", "C"]))

    assert {"A", "B", "C"} <= set(texts(source))
    assert len(parsed(source).findall(f"{SVG}circle")) == 3


def test_things_on_one_ruler_stand_at_one_place_whatever_their_kind():
    source = drawn(
        Band(title="a", values=[-2.0, 1.0], labels=["A", "B"]),
        Band(title="b", values=[3.0, 1.0], labels=["C", "D"]),
    )

    places = [float(dot.get("cx")) for dot in parsed(source).iter(f"{SVG}circle")]
    assert len(places) == 4
    assert len(set(places)) == 3


def test_too_many_names_become_a_heap_in_which_the_outermost_are_named():
    values = [-5.0, *(0.001 * place for place in range(59)), 5.0]

    source = drawn(Band(title="a", values=values, labels=[f"R{place:02d}" for place in range(61)]))

    named = {text for text in texts(source) if text.startswith("R")}
    assert {"R00", "R60"} <= named <= {"R00", "R01", "R02", "R58", "R59", "R60"}


def test_five_hundred_become_bars_and_the_highest_says_how_many_it_holds():
    values = [0.0] * 400 + [1.0] * 100

    source = drawn(Band(title="a", values=values, bar_words="{count} of them here"))

    heights = [
        float(bar.get("height"))
        for bar in parsed(source).iter(f"{SVG}rect")
        if bar.get("class") == "accent"
    ]
    assert "400 of them here" in texts(source)
    assert sorted(heights) == pytest.approx([15, 60])


def test_a_band_of_nothing_and_values_all_alike_are_drawn():
    source = drawn(
        Band(title="a", values=[]), Band(title="b", values=[2.0, 2.0], labels=["A", "B"])
    )

    assert {"A", "B"} <= set(texts(source))


def test_a_ladder_with_more_steps_than_have_room_names_the_outermost():
    steps = [f"{one / 10:g}" for one in range(10, 51)]
    ladders = [Ladder(label="crit", values=[one / 10 for one in range(41)], steps=steps)]

    source = draw_ladders(title="t", description="d", ruler_name="logits", ladders=ladders)

    assert {"1", "5"} <= set(texts(source))
    assert not {"1.1", "3.3", "4.9"} & set(texts(source))
