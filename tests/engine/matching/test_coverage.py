import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching import Need, coverage

GERMAN = Need(competence="German", level=4, weight=1)
KUBERNETES = Need(competence="Kubernetes", level=2, weight=3, is_gap=True)


def test_level_shown_over_level_required_is_capped_weighted_and_trusted_as_its_proof():
    found = coverage(
        [GERMAN, KUBERNETES], shown=np.array([[2.0, 5.0]]), quality=np.array([[1.0, 0.8]])
    )

    assert found.by_need.tolist() == [[0.5, 0.8]]
    assert found.score[0] == pytest.approx((0.5 + 3 * 0.8) / 4)
    assert found.covers_gap.tolist() == [True]


def test_the_gap_is_not_covered_below_its_level_or_without_any_proof():
    shown = np.array([[4.0, 1.9], [4.0, 2.0], [4.0, 2.0]])
    quality = np.array([[1.0, 1.0], [1.0, 0.0], [1.0, 0.1]])

    assert coverage([GERMAN, KUBERNETES], shown=shown, quality=quality).covers_gap.tolist() == [
        False,
        False,
        True,
    ]


@given(st.floats(0, 10), st.floats(0, 10), st.floats(0, 1))
def test_more_level_never_covers_less(level, more, quality):
    shown = np.array([[level], [level + more]])

    found = coverage([GERMAN], shown=shown, quality=np.full((2, 1), quality))

    assert 0 <= found.score[0] <= found.score[1] <= 1


@pytest.mark.parametrize(
    ("needs", "shown", "quality", "sentence"),
    [
        ([], [[]], [[]], "at least one competence"),
        ([GERMAN], [[1.0, 2.0]], [[1.0, 1.0]], "assessors by 1 needs"),
        ([GERMAN], [[-1.0]], [[1.0]], "0 or above"),
        ([GERMAN], [[1.0]], [[1.5]], "from 0 to 1"),
    ],
)
def test_what_cannot_be_is_refused(needs, shown, quality, sentence):
    with pytest.raises(ArgumentError, match=sentence):
        coverage(needs, shown=np.array(shown), quality=np.array(quality))


@pytest.mark.parametrize("field", ["level", "weight"])
def test_a_need_must_need_something(field):
    with pytest.raises(ArgumentError, match=f"The {field} of 'German' must be above 0"):
        Need(**{"competence": "German", "level": 1, field: 0})
