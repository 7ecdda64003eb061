"""An outside figure as a reading on the case's scale, with an honest error."""

import numpy as np
import pytest

from second_opinion.engine.combination import (
    error_of_validity,
    reading_of_raters,
    reading_of_score,
    standard_error_of_measurement,
)
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Scale

SCALE = Scale(1.0, 5.0)
T_SCORES = {"norm_mean": 50.0, "norm_deviation": 10.0, "reliability": 0.84, "scale": SCALE}


def test_the_error_of_measurement_is_the_textbooks():
    """Wechsler's own figures: SD 15 and reliability .97 leave 2.60."""
    assert standard_error_of_measurement(reliability=0.97, standard_deviation=15) == pytest.approx(
        2.598076
    )


def test_the_norms_mean_is_the_middle_and_one_deviation_a_quarter_of_the_scale():
    reading = reading_of_score(60, **T_SCORES)

    assert (reading.value, reading.standard_error) == pytest.approx((4.0, 0.4))
    assert reading_of_score(95, **T_SCORES).value == 5.0


def test_with_a_validity_the_posterior_is_the_regression():
    validity, deviation = 0.5, 1.0  # a prior of one deviation about the middle

    reading = reading_of_score(60, **T_SCORES, validity=validity)

    weight = deviation**2 / (deviation**2 + reading.standard_error**2)
    assert weight * (reading.value - 3.0) == pytest.approx(validity * 1.0)
    assert weight == pytest.approx(validity**2)


def test_what_goes_weakly_with_the_truth_has_a_large_error():
    errors = [error_of_validity(validity, scale=SCALE) for validity in (0.26, 0.5, 0.9)]

    assert errors == sorted(errors, reverse=True)
    # By hand: the root of .282 + .121, times the root of 1 - .26 squared over .26.
    assert errors[0] == pytest.approx(0.6348 * 3.7139, rel=1e-3)


def test_two_raters_are_surer_than_one_and_less_sure_the_more_they_differ():
    alone = reading_of_raters([3, 4, 5], scale=SCALE)
    agreed = reading_of_raters([3, 4, 5], [3, 4, 5], scale=SCALE)
    apart = reading_of_raters([3, 4, 5], [5, 2, 3], scale=SCALE)

    assert agreed.standard_error < apart.standard_error < 1.2
    assert agreed.standard_error < alone.standard_error / np.sqrt(2)
    assert list(apart.value) == [4, 3, 4]
    # By hand: 12 / 2 within, pooled with four planning errors, over seven; half of it for a mean.
    planned = alone.standard_error**2
    assert apart.standard_error**2 == pytest.approx((6 + 4 * planned) / 7 / 2)


def test_the_error_of_two_raters_holds_what_it_says():
    """Simulated: on the average over many pairs the stated variance is the real one."""
    rng = np.random.default_rng(8)
    error = reading_of_raters([3.0], scale=SCALE).standard_error / 2  # small: nothing is cut off
    means, stated = [], []
    for _ in range(4000):
        one, other = rng.normal(3, error, size=(2, 30))
        reading = reading_of_raters(one.clip(1, 5), other.clip(1, 5), scale=SCALE)
        means.append(reading.value[0])
        stated.append(reading.standard_error**2)

    pulled = (30 + 4 * 4) / 34  # towards the planning error, which is twice as large here
    assert np.var(means) * pulled == pytest.approx(np.mean(stated), rel=0.06)


@pytest.mark.parametrize(
    "wrong", [{"reliability": 1.0}, {"norm_deviation": 0.0}, {"validity": 0.0}]
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ArgumentError):
        reading_of_score(60, **(T_SCORES | wrong))


@pytest.mark.parametrize("validity", [0.15, 0.3, 0.6])
@pytest.mark.parametrize("is_stretched", [True, False])
def test_either_way_to_read_a_sign_of_the_criterion_holds_the_truth_nine_times_in_ten(
    validity, is_stretched
):
    """A test's z / validity, and the careful z of a questionnaire, with one and the same error.

    Truth has a deviation of one; z goes with it by the validity.
    """
    rng, n = np.random.default_rng(20261129), 40_000
    truth = rng.standard_normal(n)
    z = validity * truth + np.sqrt(1 - validity**2) * rng.standard_normal(n)
    error = error_of_validity(validity, scale=SCALE) / error_of_validity(0.5**0.5, scale=SCALE)
    stretched = np.array(
        [
            reading_of_score(
                one, norm_mean=0, norm_deviation=1, reliability=0.8, validity=validity, scale=SCALE
            ).value
            for one in z
        ]
    )
    value = stretched - SCALE.midpoint if is_stretched else z

    weight = 1 / (1 + error**2)
    estimate, spread = weight * value, np.sqrt(1 - weight)

    covered = np.abs(truth - estimate) < 1.645 * spread
    assert covered.mean() == pytest.approx(0.9, abs=0.02)
    # Neither moves the estimate beyond what the regression would.
    assert np.all(np.abs(estimate) <= validity * np.abs(z) + 1e-9)
