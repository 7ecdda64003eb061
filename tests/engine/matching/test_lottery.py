import numpy as np
import pytest
from hypothesis import given, settings

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching import AssignmentProblem, capped_lottery, drawn
from tests.engine.matching.problems import (
    every_assignment,
    keeps_every_rule,
    one_each,
    small_problems,
    whole,
)

SEED = b"sixteen bytes or more"


def frequencies(problem, probability, *, n_draws):
    times = np.zeros(len(probability))
    for number in range(n_draws):
        times[drawn(problem, probability, seed=SEED + number.to_bytes(4, "big"))] += 1
    return times / n_draws


def test_two_by_two_with_a_cap_of_a_half_gives_a_half_everywhere():
    problem = one_each(np.array([[1, 0.2], [0.6, 0.9]]))

    found = capped_lottery(problem, most_likely=0.5)

    assert found.probability.tolist() == pytest.approx([0.5] * 4)
    assert found.expected_total == pytest.approx(1.35)


def test_without_a_cap_to_speak_of_the_best_assignment_is_certain():
    problem = one_each(np.array([[1, 0.2], [0.6, 0.9]]))

    assert capped_lottery(problem, most_likely=1).probability.tolist() == [1, 0, 0, 1]


def test_draws_come_as_often_as_their_probabilities_say():
    rng = np.random.default_rng(4)
    case, assessor = np.divmod(np.arange(20), 5)
    problem = AssignmentProblem(
        case=case,
        assessor=assessor,
        score=rng.random(20),
        covers_gap=assessor < 2,
        has_gap=np.array([True, True, False, False]),
        required=whole(2, 2, 1, 2),
        cap=whole(2, 2, 2, 2, 2),
        load_cost=0.01,
    )
    probability = capped_lottery(problem, most_likely=0.6).probability

    found = frequencies(problem, probability, n_draws=600)

    assert ((probability > 0.01) & (probability < 0.99)).sum() > 5
    # four standard errors of a share of 600 draws
    assert np.abs(found - probability).max() < 4 * 0.5 / 600**0.5


@settings(max_examples=40, deadline=None)
@given(small_problems(most_required=2, gaps=True))
def test_every_draw_keeps_every_rule(problem):
    if not any(True for _ in every_assignment(problem)):
        return
    try:
        probability = capped_lottery(problem, most_likely=0.7).probability
    except ArgumentError:
        probability = capped_lottery(problem, most_likely=1).probability

    for number in range(3):
        pairs = drawn(problem, probability, seed=SEED + bytes([number]))
        assert keeps_every_rule(problem, pairs)
        assert (probability[pairs] > 0).all()


def test_an_auditor_draws_the_same_again_and_another_seed_draws_otherwise():
    rng = np.random.default_rng(5)
    problem = one_each(rng.random((12, 12)))
    probability = capped_lottery(problem, most_likely=0.4).probability

    first, again = (drawn(problem, probability, seed=SEED).tolist() for _ in range(2))

    assert first == again
    assert any(
        drawn(problem, probability, seed=SEED + bytes([other])).tolist() != first
        for other in range(5)
    )


def test_what_no_lottery_can_be_is_refused():
    problem = one_each(np.array([[1, 0.2], [0.6, 0.9]]))

    with pytest.raises(ArgumentError, match="places cannot all be filled"):
        capped_lottery(problem, most_likely=0.4)
    with pytest.raises(ArgumentError, match="above 0 to 1"):
        capped_lottery(problem, most_likely=0)
    with pytest.raises(ArgumentError, match="at least 16 bytes"):
        drawn(problem, np.full(4, 0.5), seed=b"short")
    with pytest.raises(ArgumentError, match="none of this problem"):
        drawn(problem, np.array([0.5, 0.5, 0.5, 0.2]), seed=SEED)
