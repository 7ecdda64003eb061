import dataclasses

import pytest

from second_opinion.reports.analysis import analyse
from second_opinion.reports.writing import drawings
from second_opinion.reports.writing.subject import subjects
from tests.reports.case_files import SECOND, THIRD, TWO_OPINIONS, a_case, an_opinion


def drawing_of(case, place=0):
    (subject,) = subjects(case, analyse(case))
    criterion = case.criteria[place]
    scores = tuple(
        (opinion, rating.score if rating else None)
        for opinion, rating in subject.ratings_on(criterion.name)
    )
    return drawings.criterion(case, criterion, subject.figures.criteria[place], scores)


def whole_of(case):
    (subject,) = subjects(case, analyse(case))
    return drawings.whole(case, subject.figures)


def test_each_opinion_is_a_dot_at_its_score():
    drawing = drawing_of(a_case(), place=1)

    assert [(dot.value, dot.label, dot.place) for dot in drawing.dots] == [
        (4, "first", 0),
        (2, "second", 1),
    ]


def test_an_opinion_without_a_score_has_no_dot_but_keeps_the_others_in_place():
    case = a_case(an_opinion((None, 3, 3)), an_opinion((4, 3, 3), kind=SECOND, assessor="Jonas"))

    (dot,) = drawing_of(case).dots

    assert (dot.label, dot.place) == ("second", 1)


def test_opinions_of_one_kind_are_numbered():
    thirds = tuple(an_opinion((3, 3, 3), kind=THIRD, assessor=name) for name in ("Ewa", "Adam"))

    labels = [dot.label for dot in drawing_of(a_case(*TWO_OPINIONS, *thirds)).dots]

    assert labels == ["first", "second", "third no. 1", "third no. 2"]


def test_description_says_all_that_the_drawing_shows():
    drawing = drawing_of(a_case())

    assert "from 1 to 5" in drawing.description
    assert "first 4 and second 4" in drawing.description
    assert drawing.spans[0].mean_label in drawing.description
    assert "bar 3, minimum 2.5" in drawing.description


def test_a_minimum_at_the_bar_is_one_mark():
    (mark,) = drawing_of(a_case(), place=2).marks

    assert mark.label == "bar and minimum 3"


def test_interval_past_the_scale_ends_at_the_scale():
    case = a_case(*(an_opinion((5, 5, 5), assessor=name) for name in "ABCDE"))

    (span,) = drawing_of(case).spans

    assert span.high == 5


@pytest.mark.parametrize(
    ("opinions", "labels"),
    [
        (TWO_OPINIONS, ["First alone", "All opinions"]),
        (TWO_OPINIONS[:1], ["One opinion"]),
        (TWO_OPINIONS[1:], ["One opinion"]),
    ],
)
def test_whole_shows_what_was_added_to_the_first_opinion(opinions, labels):
    assert [span.label for span in whole_of(a_case(*opinions)).spans] == labels


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (1, 5, [1, 2, 3, 4, 5]),
        (0, 10, list(range(11))),
        (1, 10, list(range(1, 11))),
        (0, 100, list(range(0, 101, 10))),
        (1, 7, [1, 2, 3, 4, 5, 6, 7]),
        (-3, 3, [-3, -2, -1, 0, 1, 2, 3]),
        (0, 1, [0, 1]),
        (0.5, 4.5, [0.5, 1, 2, 3, 4, 4.5]),
    ],
)
def test_ruler_is_marked_at_round_numbers_and_its_ends(low, high, ticks):
    middle = (low + high) / 2
    case = dataclasses.replace(
        a_case(an_opinion((middle,) * 3)), scale_low=low, scale_high=high, bar=middle
    )

    assert [value for value, _label in drawing_of(case, place=1).ticks] == ticks
