"""What an orderer believes, as a reading of the whole."""

import numpy as np
import pytest

from second_opinion.engine.decision import probability_of_success
from second_opinion.engine.decision.worth import (
    Between,
    Known,
    Option,
    OptionKind,
    Order,
    known_with_belief,
    standing_from_sureness,
    worth_of_opinions,
)
from second_opinion.engine.errors import ArgumentError

NOTHING = Known(mean=0.0, standard_deviation=1.0)


def test_from_nothing_it_is_the_verdict_that_an_order_is_weighed_by():
    standing = float(standing_from_sureness(True, 9))
    order = Order(
        slope=Between(value=900_000, low=900_000, high=900_000),
        base_rate=Between(value=0.6, low=0.6, high=0.6),
        true_validity=Between(value=0.633, low=0.633, high=0.633),
        sd_ratio=Between(value=1, low=1, high=1),
        first_reliability=0.09,
        standing=(standing,),
        options=(Option(name="s", kind=OptionKind.SECOND_OPINION, reliability=0.44, price=25_000),),
    )

    known = known_with_belief(NOTHING, standing, reliability=0.09)

    now = probability_of_success(
        known.mean, known.standard_deviation, base_rate=0.6, true_validity=0.633
    )
    (weighed,) = worth_of_opinions(order).candidates
    assert now == pytest.approx(weighed.probability_of_success, abs=1e-12)


def test_over_the_reference_group_what_is_believed_averages_to_the_base_rate():
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    chances = []
    for standing in nodes:
        known = known_with_belief(NOTHING, float(standing), reliability=0.3, sd_ratio=0.9)
        chances.append(
            probability_of_success(
                known.mean, known.standard_deviation, base_rate=0.6, true_validity=0.6
            )
        )

    assert np.dot(weights, chances) / weights.sum() == pytest.approx(0.6, abs=1e-9)


def test_a_belief_moves_little_what_is_well_known_and_never_widens_it():
    vague = known_with_belief(NOTHING, 2.0, reliability=0.2)
    sure = known_with_belief(Known(mean=0.0, standard_deviation=0.3), 2.0, reliability=0.2)

    assert 0 < sure.mean < vague.mean
    assert sure.standard_deviation < 0.3
    assert vague.standard_deviation == pytest.approx(np.sqrt(0.8))


@pytest.mark.parametrize("standing", [float("nan"), float("inf")])
def test_no_figure_is_made_of_nothing(standing):
    with pytest.raises(ArgumentError, match="standing"):
        known_with_belief(NOTHING, standing, reliability=0.2)
