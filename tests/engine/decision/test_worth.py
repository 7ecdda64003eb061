import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_opinion.engine.decision import (
    break_even,
    expected_value_of_information,
    expected_value_of_perfect_information,
)
from second_opinion.engine.decision.worth import (
    AdviceKind,
    Between,
    Figure,
    Option,
    OptionKind,
    Order,
    standing_from_sureness,
    worth_of_opinions,
)
from second_opinion.engine.errors import ArgumentError

SECOND = Option(
    name="second", kind=OptionKind.SECOND_OPINION, reliability=0.44, price=25_000, most=6
)
OWN = Option(
    name="own", kind=OptionKind.OWN_INTERVIEW, reliability=0.3, price=5_000, error_correlation=0.5
)
LOOK = Option(
    name="look", kind=OptionKind.ONE_CRITERION, reliability=0.44, price=12_500, criterion=1
)


def between(value, low=None, high=None):
    return Between(
        value=value, low=value if low is None else low, high=value if high is None else high
    )


def order(**changed):
    return dataclasses.replace(
        Order(
            slope=between(900_000, 500_000, 1_200_000),
            base_rate=between(0.6, 0.5, 0.8),
            true_validity=between(0.63, 0.3, 0.9),
            sd_ratio=between(1.0),
            first_reliability=0.44,
            standing=(0.0,),
            options=(SECOND,),
        ),
        **changed,
    )


def asked(**changed):
    return dataclasses.replace(SECOND, **changed)


def test_one_finalist_is_worth_what_raiffa_and_schlaifer_say():
    # after one opinion the whole has variance 1 - r; the next has error variance (1 - r) / r
    worth = worth_of_opinions(order(standing=(0.5,)))
    mean = 0.63 * np.sqrt(0.44) * 0.5

    expected = expected_value_of_information(
        mean,
        0.63**2 * (1 - 0.44),
        error_variance=0.63**2 * (1 - 0.44) / 0.44,
        threshold=break_even(0.6),
        slope=900_000,
        opinions=np.arange(1, 7),
    )

    assert worth.options[0].values == pytest.approx(expected, rel=1e-9)
    assert worth.perfect_assessment == pytest.approx(
        expected_value_of_perfect_information(
            mean, 0.63**2 * (1 - 0.44), threshold=break_even(0.6), slope=900_000
        )
    )
    assert worth.perfect_foresight > worth.perfect_assessment


def test_two_finalists_that_both_clear_the_bar_are_weighed_on_their_difference():
    worth = worth_of_opinions(
        order(standing=(3.0, 2.5), base_rate=between(0.95), slope=between(1.0))
    )
    gap = 0.63 * np.sqrt(0.44) * 0.5
    spread = 0.63 * np.sqrt(0.56 - 1 / (1 / 0.56 + 0.44 / 0.56))

    expected = expected_value_of_perfect_information(gap, 2 * spread**2)

    assert worth.options[0].values[0] == pytest.approx(expected, abs=1e-5)


def test_three_finalists_as_simulated():
    standing = (0.4, 0.1, -0.6)
    worth = worth_of_opinions(order(standing=standing, slope=between(1.0)))
    mean = 0.63 * np.sqrt(0.44) * np.array(standing)
    spread = 0.63 * np.sqrt(0.56 - 1 / (1 / 0.56 + 0.44 / 0.56))
    line = break_even(0.6)
    drawn = np.random.default_rng(3).normal(mean, spread, (1_000_000, 3))
    best = drawn.max(axis=1)

    gain = np.maximum(best, line).mean() - max(mean.max(), line)
    change = 1 - ((drawn.argmax(axis=1) == 0) & (best > line)).mean()

    assert worth.options[0].values[0] == pytest.approx(gain, abs=1e-3)
    first = worth_of_opinions(
        order(standing=standing, slope=between(1.0), options=(asked(most=1, price=0),))
    )
    assert first.options[0].probability_of_change == pytest.approx(change, abs=3e-3)


def test_without_a_first_opinion_all_is_still_to_learn():
    worth = worth_of_opinions(order(first_reliability=0.0, standing=(2.0,), slope=between(1.0)))

    assert worth.candidates[0].probability_of_success == pytest.approx(0.6)
    assert worth.candidates[0].expected_performance == 0
    assert worth.perfect_assessment == pytest.approx(
        expected_value_of_perfect_information(0, 0.63**2, threshold=break_even(0.6))
    )


@settings(max_examples=30)
@given(st.floats(0, 0.95), st.floats(0, 0.95), st.floats(0.05, 0.9), st.floats(-2, 2))
def test_dependence_never_makes_an_opinion_worth_more(one, other, first, standing):
    low, high = sorted((one, other))

    def values(rho):
        chosen = order(
            first_reliability=first,
            standing=(standing,),
            options=(asked(error_correlation=rho),),
        )
        return worth_of_opinions(chosen).options[0].values

    assert (values(high) <= values(low) * (1 + 1e-9) + 1e-6).all()


@settings(max_examples=30)
@given(
    st.lists(st.floats(-2, 2), min_size=1, max_size=3),
    st.floats(0.05, 0.9),
    st.floats(0, 0.9),
    st.floats(0.5, 1.0),
)
def test_values_are_never_negative_rise_with_number_and_stay_below_perfect(
    standing, reliability, rho, ratio
):
    worth = worth_of_opinions(
        order(
            standing=tuple(standing),
            sd_ratio=between(ratio),
            options=(asked(reliability=reliability, error_correlation=rho),),
        )
    )
    values = worth.options[0].values

    assert (values >= 0).all()
    assert (np.diff(values) >= -1e-6).all()
    assert values[-1] <= worth.perfect_assessment + 1e-6
    assert 0 <= worth.advice.probability_of_change <= 1
    assert 0 <= worth.advice.steadiness <= 1


@settings(max_examples=20)
@given(st.floats(0.1, 1000))
def test_the_currency_does_not_matter(rate):
    here = worth_of_opinions(order(options=(SECOND, OWN)))
    there = worth_of_opinions(
        order(
            slope=between(900_000 * rate, 500_000 * rate, 1_200_000 * rate),
            options=(
                asked(price=25_000 * rate),
                dataclasses.replace(OWN, price=5_000 * rate),
            ),
        )
    )

    assert there.advice.kind is here.advice.kind
    assert there.options[0].values == pytest.approx(here.options[0].values * rate)
    assert there.advice.flips_at == pytest.approx(here.advice.flips_at * rate)


# --- advice


def test_who_is_nearly_sure_is_told_not_to_order():
    worth = worth_of_opinions(order(standing=(2.5,)))

    assert worth.advice.kind is AdviceKind.DO_NOT_ORDER
    assert worth.advice.opinions == 0
    assert worth.advice.net < 0
    assert worth.advice.flips_at < 25_000


def test_who_hesitates_is_told_to_order_up_to_a_price():
    hesitating = order(standing=(-0.6,))
    worth = worth_of_opinions(hesitating)

    assert worth.advice.kind is AdviceKind.ORDER
    limit = worth.advice.flips_at
    just_below, just_above = (
        worth_of_opinions(dataclasses.replace(hesitating, options=(asked(price=limit * factor),)))
        for factor in (0.999, 1.001)
    )
    assert just_below.advice.kind is AdviceKind.ORDER
    assert just_above.advice.kind is AdviceKind.DO_NOT_ORDER


def test_a_dependent_assessor_is_advised_against():
    independent = Option(
        name="else", kind=OptionKind.INDEPENDENT_ASSESSOR, reliability=0.44, price=25_000, most=6
    )
    worth = worth_of_opinions(
        order(standing=(-0.6,), options=(asked(error_correlation=0.6), independent))
    )

    assert worth.advice.kind is AdviceKind.ASK_SOMEONE_INDEPENDENT
    assert worth.advice.flips_at < 25_000


def test_something_cheaper_is_advised_where_it_gives_as_much():
    worth = worth_of_opinions(
        order(standing=(-0.6,), options=(asked(price=80_000), dataclasses.replace(OWN, price=10)))
    )

    assert worth.advice.kind is AdviceKind.DO_SOMETHING_CHEAPER
    assert worth.options[worth.advice.option].name == "own"


def test_a_criterion_that_nobody_saw_is_looked_at_alone_when_that_is_cheap():
    profile = {
        "weights": (50, 50),
        "is_observed": (True, False),
        "standing": (-0.6,),
        "specific_share": 0.8,
    }
    options = (asked(price=60_000), dataclasses.replace(LOOK, price=1_000))

    worth = worth_of_opinions(order(options=options, **profile))
    seen = worth_of_opinions(order(options=options, **profile | {"is_observed": (True, True)}))

    assert worth.advice.kind is AdviceKind.LOOK_AT_ONE_CRITERION
    assert seen.options[1].value < worth.options[1].value


def test_a_criterion_not_seen_leaves_more_to_learn():
    profile = {"weights": (50, 50), "standing": (-0.6,), "specific_share": 0.8}

    seen = worth_of_opinions(order(is_observed=(True, True), **profile))
    unseen = worth_of_opinions(order(is_observed=(True, False), **profile))
    nothing = worth_of_opinions(order(is_observed=(False, False), **profile))

    assert unseen.perfect_assessment > seen.perfect_assessment
    assert nothing.candidates[0].expected_performance == 0


def test_delay_costs_once_however_many_are_asked():
    worth = worth_of_opinions(order(options=(asked(delay_cost=7_000),)))

    option = worth.options[0]
    assert option.values[:3] - option.nets[:3] == pytest.approx([32_000, 57_000, 82_000])


def test_where_nothing_can_be_learnt_nothing_changes():
    worth = worth_of_opinions(order(true_validity=between(0.0)))

    assert worth.advice.probability_of_change == 0
    assert worth.perfect_assessment == 0


def test_price_is_for_each_finalist():
    worth = worth_of_opinions(order(standing=(0.0, 0.0, 0.0)))

    option = worth.options[0]
    assert option.values[0] - option.nets[0] == pytest.approx(75_000)


# --- tornado


def test_the_tornado_is_what_the_changed_orders_say():
    given_order = order(standing=(-0.3,), options=(SECOND, OWN))
    swings = {swing.figure: swing for swing in worth_of_opinions(given_order).tornado}
    stakes = swings[Figure.STAKES]

    low = worth_of_opinions(dataclasses.replace(given_order, slope=between(500_000)))

    n = max(worth_of_opinions(given_order).options[0].opinions, 1)
    assert stakes.net_low == pytest.approx(low.options[0].nets[n - 1])
    assert stakes.advice_low is low.advice.kind
    assert set(swings) == set(Figure)


def test_the_widest_swing_comes_first():
    widths = [swing.width for swing in worth_of_opinions(order()).tornado]

    assert widths == sorted(widths, reverse=True)


def test_over_many_hires_a_second_opinion_disappoints_less():
    worth = worth_of_opinions(order())

    assert worth.hires_then.disappoint_of_100 < worth.hires_now.disappoint_of_100 < 40


# --- sureness


def test_the_typical_answer_says_nothing_and_more_says_more():
    assert standing_from_sureness(True, 7.5) == 0
    answers = standing_from_sureness([False, False, True, True], [9, 6, 6, 9])
    assert (np.diff(answers) > 0).all()


def test_not_hiring_with_five_of_ten_is_hiring_with_five_of_ten():
    assert standing_from_sureness(False, 5) == standing_from_sureness(True, 5)


def test_nobody_is_as_sure_as_ten_of_ten():
    assert standing_from_sureness(True, 10) == standing_from_sureness(True, 9.5)


# --- refusals


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: order(slope=between(-1)), "slope"),
        (lambda: order(slope=between(np.inf)), "slope"),
        (lambda: order(slope=Between(value=1, low=2, high=3)), "slope must lie in its own range"),
        (lambda: order(base_rate=between(1.0)), "base_rate"),
        (lambda: order(base_rate=between(0.5, 0.0, 0.5)), "base_rate"),
        (lambda: order(true_validity=between(0.99)), "true_validity"),
        (lambda: order(sd_ratio=between(0.0)), "sd_ratio"),
        (lambda: order(first_reliability=1.2), "first_reliability"),
        (lambda: order(standing=()), "standing"),
        (lambda: order(standing=(np.nan,)), "standing"),
        (lambda: order(weights=(0.0,)), "weights"),
        (lambda: order(weights=(1.0, 2.0)), "is_observed"),
        (lambda: order(options=()), "options"),
        (lambda: order(options=(OWN,)), "options"),
        (lambda: order(options=(SECOND, LOOK)), "criterion"),
        (lambda: order(specific_share=1.5), "specific_share"),
        (lambda: asked(reliability=1.0), "reliability"),
        (lambda: asked(reliability=np.nan), "reliability"),
        (lambda: asked(error_correlation=1.0), "error_correlation"),
        (lambda: asked(price=-1), "price"),
        (lambda: asked(delay_cost=-1), "delay_cost"),
        (lambda: asked(most=0), "most"),
        (lambda: standing_from_sureness(True, 11), "sureness"),
    ],
)
def test_an_order_that_cannot_be_is_refused_by_name(make, named):
    with pytest.raises(ArgumentError, match=named):
        make()
