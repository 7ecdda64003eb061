"""Ratings from named arrays and from blocks of them: one table, whatever way the rows came."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.errors import (
    ArgumentError,
    DuplicateRatingError,
    NothingRatedError,
    UnknownNameError,
    WeightError,
)
from second_opinion.engine.ratings import ONE_CRITERION, Facet, Ratings, Scale

SCALE = Scale(1, 5)


def columns(**others):
    return {
        "candidate": ["Bo", "Bo", "Al"],
        "assessor": ["Ada", "Eva", "Ada"],
        "criterion": ["pace", "pace", "craft"],
        "score": [3, 4, 5],
        **others,
    }


def in_words(table):
    """Every rating by its labels."""
    facets = table.facets.values()
    return [
        (*(facet.labels[facet.codes[row]] for facet in facets), float(table.score[row]))
        for row in range(len(table))
    ]


@pytest.mark.parametrize(
    "as_array",
    [
        list,
        tuple,
        np.array,
        lambda names: np.array(names, dtype=object),
        lambda names: Facet.of(names, called="names"),
    ],
)
def test_names_may_come_as_any_kind_of_array(as_array):
    arrays = columns()
    expected = Ratings.from_arrays(arrays, scales=SCALE)

    arrays |= {name: as_array(arrays[name]) for name in ("candidate", "assessor", "criterion")}
    table = Ratings.from_arrays(arrays, scales=SCALE)

    assert table.candidate.labels == ("Bo", "Al")
    assert in_words(table) == in_words(expected)


@pytest.mark.parametrize("as_array", [list, np.array, lambda ids: np.array(ids, dtype=np.uint16)])
def test_whole_numbers_are_names_in_the_order_in_which_they_appear(as_array):
    table = Ratings.from_arrays(columns(candidate=as_array([837, 837, 5])), scales=SCALE)

    assert table.candidate.labels == ("837", "5")
    assert table.candidate.codes.tolist() == [0, 0, 1]


def test_codes_keep_labels_that_no_row_has():
    candidate = Facet(("Cy", "Bo", "Al"), np.array([1, 1, 2]))

    table = Ratings.from_arrays(columns(candidate=candidate), scales=SCALE)

    assert table.candidate.labels == ("Cy", "Bo", "Al")
    assert table.candidate.codes.tolist() == [1, 1, 2]


@pytest.mark.parametrize(
    ("facet", "words"),
    [
        (Facet(("Bo", "Al"), np.array([0, 1, 2])), "must be from 0 to 1, one for each label"),
        (Facet(("Bo", "Al"), np.array([0, 1, -1])), "got -1 to 1"),
        (Facet(("Bo", "Bo"), np.array([0, 1, 1])), "The label 'Bo' stands twice"),
        (np.array([["Bo", "Bo", "Al"]]), "must be one-dimensional"),
        ([None, "Bo", "Al"], "None cannot name one of the candidates"),
        ([1.5, 2.0, 3.0], "1.5 cannot name one of the candidates"),
    ],
)
def test_names_and_codes_that_cannot_be_are_refused(facet, words):
    with pytest.raises(ArgumentError, match=words):
        Ratings.from_arrays(columns(candidate=facet), scales=SCALE)


def test_ratings_without_a_criterion_rate_one_thing():
    arrays = columns()
    del arrays["criterion"]

    table = Ratings.from_arrays(arrays, scales=SCALE)

    assert table.criterion.labels == (ONE_CRITERION,)


@pytest.mark.parametrize("absent", ["candidate", "assessor", "score"])
def test_an_array_that_is_needed_and_absent_is_named(absent):
    arrays = columns()
    del arrays[absent]

    with pytest.raises(ArgumentError, match=f"need an array named '{absent}'"):
        Ratings.from_arrays(arrays, scales=SCALE)


@pytest.mark.parametrize("score", [["high", 2, 3], [[1, 2, 3]], 3.0, [1 + 2j, 2, 3]])
def test_scores_that_are_no_numbers_in_a_row_are_refused(score):
    with pytest.raises(ArgumentError, match="The array 'score'"):
        Ratings.from_arrays(columns(score=score), scales=SCALE)


def test_what_is_marked_missing_has_no_row_but_keeps_its_label():
    arrays = columns(score=[3, np.nan, 5], missing=[False, True, False], weight=[1, -1, 2])

    table = Ratings.from_arrays(arrays, scales=SCALE)

    assert len(table) == 2
    assert table.assessor.labels == ("Ada", "Eva")
    assert table.weight.tolist() == [1, 2]


def test_further_facets_are_kept_and_described():
    table = Ratings.from_arrays(columns(occasion=["May", "May", "June"]), scales=SCALE)

    assert list(table.facets) == ["candidate", "assessor", "criterion", "occasion"]
    assert table.further["occasion"].labels == ("May", "June")
    assert table.rows(np.array([2])).further["occasion"].codes.tolist() == [1]
    assert table.describe(2) == "'Ada' rating 'Al' on 'craft', occasion 'June'"


def test_labels_of_a_further_facet_may_be_given():
    arrays = columns(occasion=["May", "May", "June"])

    table = Ratings.from_arrays(arrays, scales=SCALE, labels={"occasion": ["June", "May", "July"]})

    assert table.further["occasion"].labels == ("June", "May", "July")
    with pytest.raises(UnknownNameError, match="'June' is not among the labels of occasion"):
        Ratings.from_arrays(arrays, scales=SCALE, labels={"occasion": ["May"]})
    with pytest.raises(ArgumentError, match="'method', which is no facet"):
        Ratings.from_arrays(arrays, scales=SCALE, labels={"method": ["interview"]})


def test_the_same_cell_on_two_occasions_is_no_duplicate():
    arrays = {
        "candidate": ["Bo", "Bo"],
        "assessor": ["Ada", "Ada"],
        "score": [3, 4],
    }

    with pytest.raises(DuplicateRatingError):
        Ratings.from_arrays(arrays, scales=SCALE)
    assert len(Ratings.from_arrays({**arrays, "occasion": ["May", "June"]}, scales=SCALE)) == 2
    with pytest.raises(DuplicateRatingError, match="occasion 'May' stands there more than once"):
        Ratings.from_arrays({**arrays, "occasion": ["May", "May"]}, scales=SCALE)


def test_duplicates_are_found_where_the_cells_are_too_many_to_count():
    size = 2**13
    further = {f"facet {number}": np.arange(size) for number in range(6)}
    arrays = {"candidate": np.arange(size), "assessor": np.arange(size), "score": np.ones(size)}

    assert len(Ratings.from_arrays({**arrays, **further}, scales=SCALE)) == size

    twice = {name: np.append(array, array[77]) for name, array in {**arrays, **further}.items()}
    with pytest.raises(DuplicateRatingError) as refused:
        Ratings.from_arrays(twice, scales=SCALE)
    assert refused.value.rows == (size,)


@pytest.mark.parametrize("weight", [0, -1, np.nan, np.inf])
def test_a_weight_that_is_not_positive_and_finite_is_refused_with_its_row(weight):
    with pytest.raises(WeightError, match=r"cannot be a weight \('Eva' rating 'Bo'") as refused:
        Ratings.from_arrays(columns(weight=[1, weight, 2]), scales=SCALE)

    assert refused.value.rows == (1,)


def test_arrays_of_different_length_are_refused_by_name():
    with pytest.raises(ArgumentError, match="criterion 3, score 3, weight 2"):
        Ratings.from_arrays(columns(weight=[1, 2]), scales=SCALE)
    with pytest.raises(ArgumentError, match="score 3, missing 1"):
        Ratings.from_arrays(columns(missing=[True]), scales=SCALE)


def test_blocks_with_other_arrays_than_the_first_are_refused():
    with pytest.raises(ArgumentError, match="Every block needs the same arrays"):
        Ratings.from_blocks([columns(), columns(weight=[1, 1, 1])], scales=SCALE)


@pytest.mark.parametrize(
    "blocks", [[], [columns(candidate=[], assessor=[], criterion=[], score=[])]]
)
def test_blocks_without_a_single_rating_are_refused(blocks):
    with pytest.raises(NothingRatedError):
        Ratings.from_blocks(blocks, scales=SCALE)


rows = st.lists(
    st.tuples(
        st.sampled_from("ABCDE"),
        st.sampled_from("XYZ"),
        st.sampled_from("pq"),
        st.sampled_from(("May", "June")),
        st.sampled_from((1.0, 2.5, 5.0)),
        st.sampled_from((0.5, 1.0)),
    ),
    min_size=1,
    unique_by=lambda row: row[:4],
)
NAMES = ("candidate", "assessor", "criterion", "occasion", "score", "weight")


@given(rows, st.lists(st.integers(0, 60), max_size=4))
def test_blocks_make_the_table_that_all_rows_at_once_make(table_rows, cuts):
    whole = Ratings.from_arrays(
        dict(zip(NAMES, zip(*table_rows, strict=True), strict=True)), scales=SCALE
    )

    ends = [0, *sorted(min(cut, len(table_rows)) for cut in cuts), len(table_rows)]
    parts = [table_rows[start:end] for start, end in pairwise(ends)]
    blocks = (
        {name: [row[place] for row in part] for place, name in enumerate(NAMES)} for part in parts
    )
    table = Ratings.from_blocks(blocks, scales=SCALE)

    assert in_words(table) == in_words(whole)
    assert {name: facet.labels for name, facet in table.facets.items()} == {
        name: facet.labels for name, facet in whole.facets.items()
    }
    assert table.weight.tolist() == whole.weight.tolist()
