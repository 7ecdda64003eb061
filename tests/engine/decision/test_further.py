import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_opinion.engine.decision import (
    break_even,
    design_facts,
    expected_value_of_information,
    spearman_brown,
    worth_of_further_opinions,
)
from second_opinion.engine.errors import ArgumentError

CASE = {
    "error_variance": 1.27,
    "true_validity": 0.63,
    "base_rate": 0.6,
    "slope": 900_000,
    "price": 25_000,
}


def test_independent_opinions_are_as_reliable_as_spearman_and_brown_say():
    facts = design_facts(np.ones((3, 4)), np.eye(3), reliability=0.44)

    assert facts.reliability == pytest.approx(spearman_brown(0.44, 3))
    assert facts.effective_opinions == pytest.approx(3)
    assert facts.unobserved == facts.single_source == ()


def test_what_nobody_and_what_one_looks_at_is_named():
    facts = design_facts([[1, 1, 0], [1, 0, 0]], [[1, 0.3], [0.3, 1]], reliability=0.44)

    assert facts.unobserved == (2,)
    assert facts.single_source == (1,)
    assert facts.effective_opinions == pytest.approx(2 / 1.3)


def test_errors_that_cancel_leave_none():
    facts = design_facts([[1], [1]], [[1, -1], [-1, 1]], reliability=0.44)

    assert facts.reliability == pytest.approx(1)
    assert facts.effective_opinions == np.inf


def test_one_finalist_after_the_opening_is_raiffa_and_schlaifers():
    block = worth_of_further_opinions([-0.2], [0.6], **CASE)

    expected = expected_value_of_information(
        -0.2 * 0.63,
        (0.6 * 0.63) ** 2,
        error_variance=1.27 * 0.63**2,
        threshold=break_even(0.6),
        slope=900_000,
        opinions=np.arange(1, 6),
    )
    assert block.values == pytest.approx(expected, rel=1e-9)


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.floats(-2, 2), st.floats(0, 1)), min_size=1, max_size=3),
    st.floats(0, 3),
)
def test_more_opinions_are_never_worth_less(finalists, error):
    mean, deviation = zip(*finalists, strict=True)

    values = worth_of_further_opinions(mean, deviation, **CASE | {"error_variance": error}).values

    assert (values >= 0).all()
    assert (np.diff(values) >= -1e-3).all()


def test_what_is_known_for_certain_needs_no_further_opinion():
    block = worth_of_further_opinions([0.5, 0.1], [0, 0], **CASE)

    assert block.opinions == 0
    assert block.values.tolist() == [0] * 5


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: design_facts([1, 1], np.eye(2), reliability=0.4), "looks_at"),
        (lambda: design_facts([[1]], np.eye(2), reliability=0.4), "error_correlations"),
        (
            lambda: design_facts(
                np.ones((3, 1)), np.full((3, 3), -0.9) + 1.9 * np.eye(3), reliability=0.4
            ),
            "not positive semidefinite",
        ),
        (lambda: design_facts([[1]], [[1]], reliability=1), "reliability"),
        (lambda: worth_of_further_opinions([], [], **CASE), "mean"),
        (lambda: worth_of_further_opinions([np.nan], [1], **CASE), "mean"),
        (lambda: worth_of_further_opinions([0], [-1], **CASE), "standard_deviation"),
        (lambda: worth_of_further_opinions([0], [1], **CASE, most=0), "most"),
        (lambda: worth_of_further_opinions([0], [1], **CASE | {"slope": -1}), "slope"),
        (lambda: worth_of_further_opinions([0], [1], **CASE | {"base_rate": 1}), "base_rate"),
        (
            lambda: worth_of_further_opinions([0], [1], **CASE | {"true_validity": 0.97}),
            "true_validity",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, named):
    with pytest.raises(ArgumentError, match=named):
        call()
