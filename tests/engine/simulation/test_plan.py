import numpy as np
import pytest

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Scale
from second_opinion.engine.simulation import Design, RatingPlan


def in_practice(n_candidates=200, seed=1, **others):
    rng = np.random.default_rng(seed)
    return RatingPlan.as_in_practice(n_candidates=n_candidates, rng=rng, **others)


def test_the_plan_of_a_design_holds_every_cell_of_every_seat():
    design = Design(panels=((2, 0), (), (1,)), n_assessors=3, scales=(Scale(1, 5),) * 2)

    plan = RatingPlan.of(design, rng=np.random.default_rng(1))

    assert plan.candidate.tolist() == [0, 0, 0, 0, 2, 2]
    assert plan.assessor.tolist() == [0, 0, 2, 2, 1, 1]
    assert plan.criterion.tolist() == [0, 1, 0, 1, 0, 1]
    assert plan.pair.tolist() == [0, 0, 1, 1, 2, 2]
    assert (plan.n_candidates, plan.n_assessors, plan.n_criteria, plan.n_pairs) == (3, 3, 2, 3)


def test_cells_are_left_out_by_the_share_of_the_design():
    design = Design.rotating(
        n_candidates=500,
        n_assessors=20,
        per_candidate=2,
        scales=(Scale(1, 5),) * 8,
        share_not_observed=0.25,
    )

    assert len(RatingPlan.of(design, rng=np.random.default_rng(1))) == pytest.approx(6000, rel=0.03)


def test_a_plan_as_in_practice_has_two_or_three_assessors_and_six_to_twelve_criteria():
    plan = in_practice()

    assert plan.n_assessors == 21  # 1.5 times the square root of 200
    pairs = np.unique(np.stack([plan.candidate, plan.assessor]), axis=1)[0]
    assert set(np.bincount(pairs).tolist()) == {2, 3}
    cells = np.unique(np.stack([plan.candidate, plan.criterion]), axis=1)[0]
    assert set(np.bincount(cells).tolist()) == set(range(6, 13))
    assert len(plan) == len(np.unique(np.stack([plan.pair, plan.criterion]), axis=1)[0])


def test_rows_are_sorted_and_pairs_numbered_in_their_order():
    plan = in_practice()

    order = np.lexsort((plan.criterion, plan.assessor, plan.candidate))
    assert (order == np.arange(len(plan))).all()
    assert (np.diff(plan.pair) >= 0).all()
    assert plan.n_pairs == len(np.unique(plan.candidate * plan.n_assessors + plan.assessor))


@pytest.mark.parametrize("seed", range(5))
def test_every_assessor_is_used_and_the_first_panels_overlap_in_a_chain(seed):
    plan = in_practice(30, seed, n_assessors=25)

    assert set(plan.assessor.tolist()) == set(range(25))
    for candidate in range(25):
        panel = set(plan.assessor[plan.candidate == candidate].tolist())
        assert panel >= {candidate, (candidate + 1) % 25}


def test_late_numbered_assessors_rate_more():
    counts = np.bincount(in_practice(4000).assessor)

    assert counts[-20:].mean() > 2.5 * counts[:20].mean()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"n_candidates": 5, "n_assessors": 6}, "To connect 6 assessors"),
        ({"assessors_each": (1, 2)}, "two assessors for each are needed; got 200 candidates and 1"),
        ({"assessors_each": (3, 2)}, r"1 to 21 assessors, fewest before most; got \(3, 2\)"),
        ({"assessors_each": (2, 22), "n_assessors": 21}, "1 to 21 assessors"),
        ({"criteria_each": (0, 12)}, "1 to 12 criteria"),
        ({"n_criteria": 8}, "1 to 8 criteria"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(change, sentence):
    with pytest.raises(ArgumentError, match=sentence):
        in_practice(**change)


def test_a_plan_without_a_row_has_no_pair():
    design = Design(panels=((),), n_assessors=1, scales=(Scale(1, 5),))

    assert RatingPlan.of(design, rng=np.random.default_rng(1)).n_pairs == 0
