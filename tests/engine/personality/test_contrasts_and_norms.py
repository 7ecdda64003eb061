import numpy as np
import pytest
from scipy.stats import norm

from second_opinion.engine.errors import ArgumentError, NotEnoughAnswersError
from second_opinion.engine.personality import against_others, contrast, norms_of, standing


def test_a_difference_of_two_scales_has_the_error_of_both():
    found = contrast([1.0, 0.2], [0.3, 0.4], [1, -1])

    assert found.estimate == pytest.approx(0.8)
    assert found.standard_error == pytest.approx(0.5)
    assert found.above_zero == pytest.approx(norm.cdf(1.6))
    assert (found.low, found.high) == pytest.approx(
        (0.8 - 1.6449 * 0.5, 0.8 + 1.6449 * 0.5), abs=1e-4
    )


def test_turning_a_contrast_round_turns_its_sign():
    one, other = contrast([1, 0], [0.3, 0.4], [1, -1]), contrast([1, 0], [0.3, 0.4], [-1, 1])

    assert one.estimate == -other.estimate
    assert one.above_zero == pytest.approx(1 - other.above_zero)


def test_each_scale_stands_against_the_mean_of_the_others():
    found = against_others([1.5, 0.0, 0.0], [0.3, 0.3, 0.3])

    assert [one.estimate for one in found] == pytest.approx([1.5, -0.75, -0.75])
    error = 0.3 * np.sqrt(1.5)
    assert found[0].standard_error == pytest.approx(error)
    assert found[0].high - found[0].estimate == pytest.approx(norm.ppf(1 - 0.1 / 6) * error)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: contrast([1, 2], [0.3, 0.3], [1, 1]),
        lambda: contrast([1, 2], [0.3, 0.3], [0, 0]),
        lambda: contrast([1, 2], [0.3, 0.0], [1, -1]),
        lambda: contrast([1, np.nan], [0.3, 0.3], [1, -1]),
        lambda: contrast([1, 2, 3], [0.3, 0.3], [1, -1]),
        lambda: contrast([1, 2], [0.3, 0.3], [1, -1], level=1),
        lambda: against_others([1], [0.3]),
    ],
)
def test_what_is_no_contrast_is_refused(wrong):
    with pytest.raises(ArgumentError):
        wrong()


def test_norms_need_three_hundred_people_and_hold_nobodys_score():
    scores = np.random.default_rng(1).normal(3, 0.6, 299)

    with pytest.raises(NotEnoughAnswersError, match=r"300 people .* there are 299"):
        norms_of(scores)
    norms = norms_of(np.append(scores, [3.0, np.nan]))

    assert norms.n == 300
    assert norms.percentile.shape == (99,)
    with pytest.raises(NotEnoughAnswersError, match="alike"):
        norms_of(np.full(400, 2.0))


def test_a_standing_is_the_share_below_with_an_interval():
    norms = norms_of(np.random.default_rng(2).normal(0, 1, 20_000))

    found = standing(norms, 1.0, 0.3)

    assert found.percent == pytest.approx(100 * norm.cdf(1.0), abs=1)
    assert found.low == pytest.approx(100 * norm.cdf(1 - 1.6449 * 0.3), abs=1)
    assert found.high == pytest.approx(100 * norm.cdf(1 + 1.6449 * 0.3), abs=1)
    assert standing(norms, 9.0, 0.3).percent == 99
    assert standing(norms, -9.0, 0.3).percent == 1
    with pytest.raises(ArgumentError):
        standing(norms, 1.0, 0.0)


def test_alike_scores_share_the_middle_of_what_they_take():
    norms = norms_of(np.repeat([1.0, 2.0, 3.0], 100))

    assert standing(norms, 2.0, 0.1).percent == pytest.approx(50, abs=1)
