"""The notation of designs: what it implies, and what it refuses."""

import pytest

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.generalizability import parse_design


@pytest.mark.parametrize(
    ("notation", "effects"),
    [
        ("p x t", ["p", "t"]),
        ("p x r x t", ["p", "r", "t", "pr", "pt", "rt"]),
        ("p x (r:t)", ["p", "t", "r:t", "pt"]),
        ("px(r:t)", ["p", "t", "r:t", "pt"]),
        ("r:p", ["p"]),
        ("(r x t):p", ["p", "r:p", "t:p"]),
        ("p x (r:t:o)", ["p", "o", "t:o", "r:to", "po", "pt:o"]),
        ("(p:g) x t", ["g", "t", "p:g", "gt"]),
        ("p:(g x h)", ["g", "h", "gh"]),
    ],
)
def test_a_design_implies_its_effects(notation, effects):
    assert [effect.name for effect in parse_design(notation).effects] == effects


def test_facets_stand_in_the_order_they_are_named():
    assert parse_design("p x (r:t)").facets == "prt"


def test_a_nested_facet_knows_its_nest():
    design = parse_design("p x (r:t:o)")

    assert design.nest_of("r") == {"t", "o"}
    assert design.nest_of("t") == {"o"}
    assert design.nest_of("p") == frozenset()


@pytest.mark.parametrize(
    ("notation", "why"),
    [
        ("p x", "a facet is missing"),
        ("", "a facet is missing"),
        ("p x x t", "a facet is missing"),
        ("p x (r:t", "a parenthesis is not closed"),
        ("p x r)", "nothing may follow"),
        ("p t", "nothing may follow at 't'"),
        ("p x p", "a facet is named twice"),
        ("p", "two facets or more"),
        ("P x T", "'P' is no part of a design"),
        ("p * t", r"'\*' is no part"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(notation, why):
    with pytest.raises(ArgumentError, match=why):
        parse_design(notation)
