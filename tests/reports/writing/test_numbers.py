from datetime import date

import pytest
from django.utils.translation import override

from second_opinion.reports.analysis import Estimate
from second_opinion.reports.writing import numbers


@pytest.mark.parametrize(
    ("language", "text"), [("en", "3.4"), ("sv", "3,4")], ids=["English", "Swedish"]
)
def test_points_carry_the_language_s_decimal_mark(language, text):
    with override(language):
        assert numbers.points(3.44) == text


@pytest.mark.parametrize(
    ("value", "text"), [(-0.04, "0.0"), (-1.26, "\N{MINUS SIGN}1.3"), (2, "2.0")]
)
def test_points_are_never_minus_zero(value, text):
    assert numbers.points(value) == text


@pytest.mark.parametrize(("value", "text"), [(3, "3"), (3.5, "3.5"), (2.75, "2.75"), (100, "100")])
def test_score_is_shown_as_it_was_given(value, text):
    assert numbers.score(value) == text


@pytest.mark.parametrize("probability", [0, 1e-9, 0.009])
def test_certainty_against_is_never_claimed(probability):
    assert numbers.percent(probability).startswith("under 1")


@pytest.mark.parametrize("probability", [0.991, 1 - 1e-9, 1])
def test_certainty_for_is_never_claimed(probability):
    assert numbers.percent(probability).startswith("over 99")


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.01, "less than 1 in 20"),
        (0.06, "about 1 in 10"),
        (0.25, "about 1 in 4"),
        (0.5, "about 1 in 2"),
        (0.74, "about 3 in 4"),
        (0.92, "about 9 in 10"),
        (0.96, "more than 19 in 20"),
    ],
)
def test_probability_is_told_as_a_natural_frequency(probability, words):
    assert numbers.odds(probability) == words
    assert numbers.chances(probability).startswith(f"{words} (")


def test_words_of_a_probability_never_fall_as_it_rises():
    shares = [_share(numbers.odds(step / 1000)) for step in range(51, 950)]

    assert shares == sorted(shares)


def _share(words):
    part, whole = words.removeprefix("about ").split(" in ")
    return int(part) / int(whole)


def test_interval_is_shown_within_the_scale():
    estimate = Estimate(mean=4.6, low=3.9, high=5.3)

    assert numbers.between(estimate, low=1, high=5) == "3.9 to 5.0"


@pytest.mark.parametrize(
    ("level", "words"), [(0.8, "four times in five"), (0.9, "nine times in ten")]
)
def test_interval_level_is_told_in_words(level, words):
    assert numbers.level(level) == words


def test_unusual_interval_level_is_told_in_percent():
    assert "95" in numbers.level(0.95)


@pytest.mark.parametrize(
    ("value", "words"), [(1, "1 point"), (-1, "1 point"), (1.5, "1.5 points"), (2.14, "2.1 points")]
)
def test_distance_has_its_unit(value, words):
    assert numbers.size(value) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")],
)
def test_names_are_listed_as_in_running_text(names, words):
    assert numbers.listed(names) == words


def test_day_is_in_words():
    with override("sv"):
        assert numbers.day(date(2026, 11, 2)) == "2 november 2026"
