import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.decision import (
    Conclusion,
    ConclusionRule,
    conclude,
    evidence_is_thin,
    rule_of,
)
from second_opinion.engine.errors import ArgumentError


def conclusion_at(above, missed=(), observed=1.0, width=1.0, rule=None):
    return conclude(
        rule or ConclusionRule(),
        probability_above_bar=above,
        probabilities_below_minimum=np.array(missed, dtype=float),
        weight_observed=observed,
        interval_width=width,
        scale_span=4.0,
    )


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        (0.75, Conclusion.SUPPORTED),
        (0.7499, Conclusion.SUPPORTED_WITH_CONDITIONS),
        (0.5, Conclusion.SUPPORTED_WITH_CONDITIONS),
        (0.4999, Conclusion.EVIDENCE_INSUFFICIENT),
        (0.2501, Conclusion.EVIDENCE_INSUFFICIENT),
        (0.25, Conclusion.NOT_SUPPORTED),
    ],
)
def test_the_conclusion_turns_where_the_rule_says(above, expected):
    assert conclusion_at(above) is expected


def test_a_minimum_level_probably_missed_makes_support_conditional():
    assert conclusion_at(0.9, missed=[0.1, 0.5]) is Conclusion.SUPPORTED_WITH_CONDITIONS
    assert conclusion_at(0.9, missed=[0.1, 0.49]) is Conclusion.SUPPORTED


def test_thin_evidence_is_said_before_anything_else():
    assert conclusion_at(0.99, observed=0.49) is Conclusion.EVIDENCE_INSUFFICIENT
    assert conclusion_at(0.01, width=2.01) is Conclusion.EVIDENCE_INSUFFICIENT
    assert conclusion_at(0.99, observed=0.5, width=2.0) is Conclusion.SUPPORTED


def test_the_rule_can_be_set():
    strict = ConclusionRule(supported_from=0.95)

    assert conclusion_at(0.9, rule=strict) is Conclusion.SUPPORTED_WITH_CONDITIONS


ORDER = [
    Conclusion.NOT_SUPPORTED,
    Conclusion.EVIDENCE_INSUFFICIENT,
    Conclusion.SUPPORTED_WITH_CONDITIONS,
    Conclusion.SUPPORTED,
]


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_never_gives_a_worse_conclusion(one, other):
    low, high = sorted((one, other))

    assert ORDER.index(conclusion_at(low)) <= ORDER.index(conclusion_at(high))


@pytest.mark.parametrize("bad", [{"supported_from": 1.1}, {"least_weight_observed": -0.1}])
def test_a_threshold_outside_0_to_1_is_refused_by_name(bad):
    with pytest.raises(ArgumentError, match=next(iter(bad))):
        ConclusionRule(**bad)


def test_overlapping_thresholds_are_refused():
    with pytest.raises(ArgumentError, match="must lie below"):
        ConclusionRule(supported_from=0.4, not_supported_to=0.4)


@given(st.floats(0, 1))
def test_supported_is_never_said_of_what_is_less_likely_than_not(above):
    found = conclusion_at(above)

    is_supported = found in {Conclusion.SUPPORTED, Conclusion.SUPPORTED_WITH_CONDITIONS}
    assert is_supported == (above >= 0.5)


@pytest.mark.parametrize("conditions_from", [0.2, 0.8, float("nan")])
def test_a_middle_threshold_out_of_order_is_refused(conditions_from):
    with pytest.raises(ArgumentError, match="conditions_from"):
        ConclusionRule(conditions_from=conditions_from)


def test_a_rule_stored_before_the_middle_threshold_concludes_as_it_did():
    stored = {"supported_from": 0.75, "not_supported_to": 0.25}

    assert conclusion_at(0.3, rule=rule_of(stored)) is Conclusion.SUPPORTED_WITH_CONDITIONS
    assert conclusion_at(0.3) is Conclusion.EVIDENCE_INSUFFICIENT


def test_the_floor_is_the_same_for_conclusion_and_number():
    assert evidence_is_thin(ConclusionRule(), weight_observed=0.4, interval_width=1, scale_span=4)
    assert not evidence_is_thin(
        ConclusionRule(), weight_observed=0.5, interval_width=2, scale_span=4
    )
