"""The table of ratings: what it takes, and what it refuses before anything is computed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.errors import (
    ArgumentError,
    DisconnectedDesignError,
    DuplicateRatingError,
    NothingRatedError,
    ScoreOutsideScaleError,
    UnknownNameError,
)
from second_opinion.engine.ratings import Ratings, Scale, connected_groups, require_connected


def ratings_of(*rows, scales=None, **options):
    candidates, assessors, criteria, scores = zip(*rows, strict=True) if rows else ((),) * 4
    return Ratings.from_names(
        candidates=candidates,
        assessors=assessors,
        criteria=criteria,
        scores=scores,
        scales=scales or Scale(1, 5),
        **options,
    )


def test_labels_keep_the_order_in_which_they_appear():
    table = ratings_of(("Bo", "Ada", "pace", 3), ("Al", "Ada", "pace", 4))

    assert table.candidate.labels == ("Bo", "Al")
    assert table.candidate.codes.tolist() == [0, 1]


def test_labels_that_were_given_may_name_candidates_without_ratings():
    table = ratings_of(("Bo", "Ada", "pace", 3), all_candidates=("Al", "Bo"))

    assert table.candidate.labels == ("Al", "Bo")
    assert table.candidate.codes.tolist() == [1]


def test_a_name_outside_the_given_labels_is_refused_by_name():
    with pytest.raises(UnknownNameError, match="'Bo' is not among the candidates; known are 'Al'"):
        ratings_of(("Bo", "Ada", "pace", 3), all_candidates=("Al",))


@pytest.mark.parametrize("score", [0.9, 5.1, np.nan, np.inf, -np.inf])
def test_a_score_outside_the_scale_is_refused_with_its_row(score):
    with pytest.raises(ScoreOutsideScaleError, match="outside the scale 1 to 5") as refused:
        ratings_of(("Bo", "Ada", "pace", 3), ("Al", "Ada", "pace", score))

    assert refused.value.rows == (1,)
    assert "'Ada' rating 'Al' on 'pace'" in str(refused.value)


def test_each_criterion_has_its_own_scale():
    scales = {"pace": Scale(0, 3), "craft": Scale(0, 4)}

    assert len(ratings_of(("Bo", "Ada", "craft", 4), ("Bo", "Ada", "pace", 3), scales=scales)) == 2
    with pytest.raises(ScoreOutsideScaleError, match="4 is outside the scale 0 to 3"):
        ratings_of(("Bo", "Ada", "pace", 4), ("Bo", "Ada", "craft", 4), scales=scales)


def test_a_criterion_without_a_scale_is_refused():
    with pytest.raises(ArgumentError, match="No scale is given for criterion 'craft'"):
        ratings_of(("Bo", "Ada", "craft", 4), scales={"pace": Scale(0, 3)})


def test_the_same_cell_twice_is_refused_with_its_rows():
    rows = [("Bo", "Ada", "pace", 3), ("Al", "Ada", "pace", 4), ("Bo", "Ada", "pace", 3)]

    with pytest.raises(DuplicateRatingError, match="'Ada' rating 'Bo' on 'pace'") as refused:
        ratings_of(*rows)

    assert refused.value.rows == (2,)


def test_no_ratings_are_refused():
    with pytest.raises(NothingRatedError):
        ratings_of()


def test_columns_of_different_length_are_refused():
    with pytest.raises(ArgumentError, match="got candidate 1, assessor 1, criterion 1, score 2"):
        Ratings.from_names(
            candidates=["Bo"],
            assessors=["Ada"],
            criteria=["pace"],
            scores=[1, 2],
            scales=Scale(1, 5),
        )


@pytest.mark.parametrize("ends", [(1, 1), (2, 1), (np.nan, 1), (0, np.inf)])
def test_a_scale_needs_two_finite_ends_in_order(ends):
    with pytest.raises(ArgumentError, match="finite lowest score below its highest"):
        Scale(*ends)


def test_chosen_rows_keep_labels_and_scales():
    table = ratings_of(("Bo", "Ada", "pace", 3), ("Al", "Eva", "craft", 4))

    part = table.rows(np.array([1]))

    assert part.score.tolist() == [4]
    assert part.candidate.labels == table.candidate.labels
    assert part.scales == table.scales


def test_the_callers_scores_are_copied():
    scores = np.array([3.0])
    table = Ratings.from_names(
        candidates=["Bo"], assessors=["Ada"], criteria=["pace"], scores=scores, scales=Scale(1, 5)
    )

    scores[0] = 99

    assert table.score.tolist() == [3]


def test_groups_without_a_shared_assessor_are_named():
    table = ratings_of(
        ("Bo", "Ada", "pace", 3),
        ("Al", "Eva", "pace", 4),
        ("Cy", "Ada", "pace", 4),
        all_candidates=("Bo", "Al", "Cy", "Di"),
    )

    assert connected_groups(table).tolist() == [0, 1, 0, -1]
    with pytest.raises(DisconnectedDesignError, match="have 'Ada' also rate 'Al'") as refused:
        require_connected(table)
    assert refused.value.links == (("Ada", "Al"),)


def test_one_shared_assessor_connects_everything():
    table = ratings_of(("Bo", "Ada", "pace", 3), ("Al", "Ada", "pace", 4))

    require_connected(table)

    assert connected_groups(table).tolist() == [0, 0]


cells = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from("XYZ"), st.sampled_from("pq")),
    min_size=1,
    unique=True,
)


@given(cells, st.randoms())
def test_connection_does_not_depend_on_the_order_of_rows(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    labels = sorted({row[0] for row in rows})

    def partition(ordered):
        table = ratings_of(*((*row, 3) for row in ordered), all_candidates=labels)
        groups = connected_groups(table)
        return {frozenset(np.flatnonzero(groups == group).tolist()) for group in set(groups)}

    assert partition(rows) == partition(shuffled)
