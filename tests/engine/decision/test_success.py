import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from second_opinion.engine.decision import (
    across_hires,
    break_even,
    mean_shortfall,
    probability_of_success,
    slope_from_cost,
    success_at_standing,
    success_model,
    success_of,
    taylor_russell,
)
from second_opinion.engine.decision.success import validity_nodes
from second_opinion.engine.errors import ArgumentError

bases = st.floats(0.05, 0.95)
validities = st.floats(0, 0.9)


@settings(max_examples=40)
@given(bases, validities, st.floats(0, 0.3), st.floats(0.05, 0.999))
def test_the_figure_before_averages_to_the_base_rate(base, validity, spread, reliability):
    # over candidates the posterior mean of the whole varies by what the opinions explain of it
    z, weights = np.polynomial.hermite_e.hermegauss(60)

    chances = probability_of_success(
        np.sqrt(reliability) * z,
        np.sqrt(1 - reliability),
        base_rate=base,
        true_validity=validity,
        true_validity_sd=spread if spread > 0.01 else 0.0,
    )

    assert weights @ chances / weights.sum() == pytest.approx(base, abs=1e-7)


def test_a_whole_that_is_known_exactly_is_the_expectancy_of_its_validity():
    z = np.array([-1.5, 0.0, 1.0])

    assert probability_of_success(z, 0, base_rate=0.6, true_validity=0.42) == pytest.approx(
        success_at_standing(z, 0.6, validity=0.42)
    )


def test_nothing_known_is_the_base_rate():
    assert probability_of_success(0, 1, base_rate=0.6, true_validity=0.63) == pytest.approx(0.6)
    assert probability_of_success(2, 0.5, base_rate=0.6, true_validity=0) == pytest.approx(0.6)


def test_uncertain_validity_is_averaged_over_as_by_quadrature():
    def chance(rho):
        return norm.cdf((rho - break_even(0.6)) / np.sqrt(1 - rho**2 + rho**2 * 0.25))

    mass = quad(lambda rho: norm.pdf(rho, 0.63, 0.2), 0, 0.95, epsabs=1e-13)[0]
    expected = quad(lambda rho: norm.pdf(rho, 0.63, 0.2) * chance(rho), 0, 0.95)[0] / mass

    assert probability_of_success(
        1, 0.5, base_rate=0.6, true_validity=0.63, true_validity_sd=0.2
    ) == pytest.approx(expected, abs=1e-8)


@settings(max_examples=40)
@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0, 1), bases, validities)
def test_a_better_standing_is_never_less_likely_to_succeed(one, other, spread, base, validity):
    low, high = sorted((one, other))

    chances = probability_of_success([low, high], spread, base_rate=base, true_validity=validity)

    assert 0 < chances[0] <= chances[1] < 1


def test_break_even_and_the_mean_shortfall_of_a_wrong_hire():
    t = break_even(0.6)
    below = quad(lambda y: (t - y) * norm.pdf(y), -12, t, epsabs=1e-13)[0] / norm.cdf(t)

    assert t == pytest.approx(-0.2533471031)
    assert mean_shortfall(0.6) == pytest.approx(below, abs=1e-9)
    assert slope_from_cost(700_000, 0.6) == pytest.approx(700_000 / below)
    assert str(break_even(0.5)) == "0.0"  # and never minus zero


@pytest.mark.parametrize("validity", [0.2, 0.42, 0.6])
def test_across_hires_with_one_finalist_is_taylor_and_russells(validity):
    hires = across_hires(validity, base_rate=0.6)
    selected = norm.sf(break_even(0.6) / validity)

    assert hires.share_hired == pytest.approx(selected, abs=1e-9)
    assert hires.disappoint_of_100 == pytest.approx(
        100 * (1 - taylor_russell(0.6, selected, validity=validity)), abs=1e-7
    )
    assert hires.disappoint_of_100_before == pytest.approx(40)


def test_of_100_hires_made_this_way_about_27_would_disappoint():
    # the best of two finalists at the validity of two separate structured interviews
    assert across_hires(0.495, finalists=2).disappoint_of_100 == pytest.approx(25, abs=2)
    assert across_hires(0.57).disappoint_of_100 == pytest.approx(27, abs=1)


def test_a_procedure_that_tells_nothing_changes_nothing():
    assert across_hires(0, base_rate=0.6).disappoint_of_100 == pytest.approx(40)
    assert across_hires(0, base_rate=0.6).share_hired == 1
    nobody = across_hires(0, base_rate=0.4)
    assert nobody.share_hired == 0
    assert np.isnan(nobody.disappoint_of_100)
    assert across_hires(0.01, base_rate=0.3).share_hired == 0


@settings(max_examples=30)
@given(bases, st.floats(0.05, 0.9), st.integers(1, 6))
def test_a_valid_procedure_never_makes_more_hires_disappoint(base, validity, finalists):
    hires = across_hires(validity, base_rate=base, finalists=finalists)

    assert hires.share_hired < 1e-6 or hires.disappoint_of_100 <= 100 * (1 - base) + 1e-6


def test_the_nodes_stand_for_the_distribution():
    values, weights = validity_nodes(0.4, 0.1)

    assert weights.sum() == pytest.approx(1)
    assert weights @ values == pytest.approx(0.4, abs=1e-3)
    assert weights @ (values - 0.4) ** 2 == pytest.approx(0.01, rel=0.01)


# --- a named candidate


def structured_interview(**changed):
    # Sackett et al. (2022): .42, SD .19; Huffcutt et al. (2013): .44
    return success_model(0.42, 0.19, reliability=0.44, **changed)


def test_the_true_validity_of_a_structured_interview():
    model = structured_interview()

    assert model.true_validity == pytest.approx(0.42 / 0.44**0.5)
    assert model.true_validity_sd == pytest.approx(0.19 / 0.44**0.5)


def test_before_anything_is_known_it_is_the_base_rate_and_its_range():
    success = success_of(structured_interview(), (0, 1))

    assert (success.now, success.before) == pytest.approx((0.6, 0.6))
    assert (success.low, success.high) == pytest.approx((0.5, 0.8))


@pytest.mark.parametrize(("mean", "rises"), [(1.2, True), (-1.2, False)])
def test_it_may_go_up_or_down_and_is_never_certain(mean, rises):
    success = success_of(structured_interview(), (mean, 0.6), before=(0.1, 0.8))

    assert (success.now > success.before) == rises
    assert 0.05 < success.low < success.now < success.high < 0.95


def test_selection_before_brings_now_and_before_together():
    apart, alike = structured_interview(), structured_interview(sd_ratio=0.7)

    assert alike.true_validity < apart.true_validity
    assert alike.true_validity_sd < apart.true_validity_sd
    assert 0.6 < success_of(alike, (1, 0.6)).now < success_of(apart, (1, 0.6)).now


def test_a_method_without_validity_says_nothing():
    model = success_model(0.0, 0.0, reliability=0.5, sd_ratio=0.8)

    assert success_of(model, (2, 0.3)).now == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: break_even(0), "base_rate"),
        (lambda: slope_from_cost(-1, 0.5), "cost_of_wrong_hire"),
        (lambda: probability_of_success(np.nan, 1, true_validity=0.4), "mean"),
        (lambda: probability_of_success(0, -1, true_validity=0.4), "standard_deviation"),
        (lambda: probability_of_success(0, 1, true_validity=1.2), "validity"),
        (
            lambda: probability_of_success(0, 1, true_validity=0.4, true_validity_sd=-1),
            "validity_sd",
        ),
        (lambda: across_hires(0.4, finalists=0), "finalists"),
        (lambda: validity_nodes(0.99, 0.1), "validity"),
        (lambda: success_model(0.8, 0.1, reliability=0.44), "validity cannot be above"),
        (lambda: success_model(0.4, 0.1, reliability=0), "reliability"),
        (lambda: success_model(0.4, -0.1, reliability=0.5), "validity_sd"),
        (lambda: structured_interview(base_rate=0.9), "base_rate must lie"),
        (lambda: structured_interview(base_rate=1.0), "base_rate"),
        (lambda: success_of(structured_interview(), (np.nan, 1)), "mean"),
        (lambda: success_of(structured_interview(), (0, -1)), "standard_deviation"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, named):
    with pytest.raises(ArgumentError, match=named):
        call()
