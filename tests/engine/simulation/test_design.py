import pytest

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Scale
from second_opinion.engine.simulation import Design

ONE_TO_FIVE = (Scale(1, 5),)


def test_rotating_panels_give_every_candidate_its_assessors_and_share_them():
    design = Design.rotating(n_candidates=4, n_assessors=3, per_candidate=2, scales=ONE_TO_FIVE)

    assert design.panels == ((0, 1), (1, 2), (2, 0), (0, 1))
    assert design.seats().tolist()[:3] == [[0, 0], [0, 1], [1, 1]]


def test_a_candidate_may_have_no_assessor_at_all():
    design = Design(panels=((), (0,)), n_assessors=1, scales=ONE_TO_FIVE)

    assert design.seats().tolist() == [[1, 0]]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"panels": ()}, "at least one candidate"),
        ({"scales": ()}, "one criterion"),
        ({"panels": ((0, 0),)}, "different assessors from 0 to 1"),
        ({"panels": ((2,),)}, "different assessors from 0 to 1"),
        ({"share_not_observed": 1.0}, "0 to below 1; got 1"),
        ({"step": 0.0}, "whole steps; got 0"),
        ({"step": 0.3}, "whole steps; got 0.3"),
    ],
)
def test_a_design_that_contradicts_itself_is_refused(change, sentence):
    whole = {"panels": ((0, 1),), "n_assessors": 2, "scales": ONE_TO_FIVE}

    with pytest.raises(ArgumentError, match=sentence):
        Design(**(whole | change))


def test_more_assessors_for_a_candidate_than_there_are_is_refused():
    with pytest.raises(ArgumentError, match="1 to the 2 assessors; got 3"):
        Design.rotating(n_candidates=1, n_assessors=2, per_candidate=3, scales=ONE_TO_FIVE)
