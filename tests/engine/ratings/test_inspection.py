"""What is told of ratings before anything is fitted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.ratings import Ratings, Scale, connection, inspect_ratings


def ratings_of(*rows, scales=None, **labels):
    names = ("candidate", "assessor", "criterion", "score")
    arrays = dict(zip(names, zip(*rows, strict=True), strict=True))
    return Ratings.from_arrays(arrays, scales=scales or Scale(1, 5), labels=labels)


def crossed(scores):
    """Two assessors rating everyone on two criteria; scores by (candidate, assessor, criterion)."""
    return ratings_of(
        *(
            (candidate, assessor, criterion, scores.get((candidate, assessor, criterion), default))
            for candidate, default in (("Bo", 1), ("Al", 2), ("Cy", 3), ("Di", 4), ("Ed", 5))
            for assessor in ("Ada", "Eva")
            for criterion in ("pace", "craft")
        )
    )


SOUND = crossed({("Bo", "Ada", "pace"): 2, ("Ed", "Eva", "craft"): 4})


def test_sound_ratings_give_no_finding():
    inspection = inspect_ratings(SOUND)

    assert inspection.findings == ()
    assert inspection.is_connected
    assert str(inspection) == "20 ratings: 5 candidates, 2 assessors, 2 criteria."


def test_labels_without_a_rating_are_named():
    inspection = inspect_ratings(ratings_of(("Bo", "Ada", "pace", 3), candidate=["Al", "Bo"]))

    assert inspection.unrated["candidate"] == ("Al",)
    assert "Without any rating: 1 candidate, 'Al'." in inspection.findings


# Categories


def test_points_that_nobody_gave_are_named():
    inspection = inspect_ratings(
        ratings_of(("Bo", "Ada", "pace", 2), ("Al", "Ada", "pace", 4), scales=Scale(0, 4))
    )

    (pace,) = inspection.categories
    assert pace.points == (0, 1, 2, 3, 4)
    assert pace.counts == (0, 0, 1, 0, 1)
    assert pace.unused == (0, 1, 3)
    assert "Criterion 'pace': never given on the scale 0 to 4: 0, 1, 3." in inspection.findings


def test_scores_between_whole_steps_have_no_unused_points():
    (pace,) = inspect_ratings(
        ratings_of(("Bo", "Ada", "pace", 2.5), ("Al", "Ada", "pace", 4))
    ).categories

    assert (pace.points, pace.counts, pace.unused) == ((2.5, 4), (1, 1), ())


def test_long_scale_has_no_unused_points():
    (pace,) = inspect_ratings(
        ratings_of(("Bo", "Ada", "pace", 2), ("Al", "Ada", "pace", 4), scales=Scale(0, 1000))
    ).categories

    assert not pace.unused


def test_criterion_with_one_score_only_tells_nobody_apart():
    table = ratings_of(
        ("Bo", "Ada", "pace", 3), ("Al", "Ada", "pace", 3), ("Al", "Ada", "craft", 4)
    )

    first, second = inspect_ratings(table).categories

    assert first.is_constant
    assert str(first) == "Criterion 'pace': 2 scores, all 3; it tells nobody apart."
    assert second.is_constant


# Extremes


@pytest.mark.parametrize(("score", "end"), [(1, "lowest"), (5, "highest")])
def test_candidate_with_scores_at_one_end_only_is_extreme(score, end):
    scores = {("Cy", assessor, criterion): score for assessor in ("Ada", "Eva") for criterion in
              ("pace", "craft")}  # fmt: skip
    table = crossed({("Bo", "Ada", "pace"): 2, ("Ed", "Eva", "craft"): 4, **scores})

    inspection = inspect_ratings(table)

    (only,) = inspection.extremes
    assert (only.facet, only.label, only.end, only.score) == ("candidate", "Cy", end, score)
    assert f"1 candidate has only {end} scores: 'Cy' ({score} in 4)" in str(inspection)


def test_assessor_who_gives_only_fives_is_extreme():
    table = ratings_of(
        *((["Bo", "Al", "Cy"][row], "Ada", "pace", 5) for row in range(3)),
        *((["Bo", "Al", "Cy"][row], "Eva", "pace", row + 2) for row in range(3)),
    )

    assert [(one.facet, one.label) for one in inspect_ratings(table).extremes] == [
        ("assessor", "Ada")
    ]


def test_ends_are_those_of_each_criterions_own_scale():
    table = ratings_of(
        ("Bo", "Ada", "pace", 3),
        ("Bo", "Ada", "craft", 4),
        ("Al", "Ada", "pace", 2),
        ("Al", "Ada", "craft", 3),
        scales={"pace": Scale(0, 3), "craft": Scale(0, 4)},
    )

    (only,) = inspect_ratings(table).extremes
    assert (only.label, only.score, str(only)) == ("Bo", None, "'Bo' (2)")


def test_assessor_who_gives_everyone_the_same_is_told_of_though_not_extreme():
    names = [f"c{number}" for number in range(10)]
    table = ratings_of(
        *((name, "Ada", "pace", 3) for name in names),
        *((name, "Eva", "pace", 1 + place % 4) for place, name in enumerate(names)),
    )

    inspection = inspect_ratings(table)

    assert [(one.label, one.end) for one in inspection.unvarying] == [("Ada", "")]
    assert inspection.extremes == ()
    assert "1 assessor has only one and the same score: 'Ada' (3 in 10)." in inspection.findings


# Connection


def split():
    return ratings_of(
        ("Bo", "Ada", "pace", 3),
        ("Cy", "Ada", "pace", 4),
        ("Cy", "Eva", "pace", 2),
        ("Al", "Ola", "pace", 4),
        ("Di", "Una", "pace", 4),
    )


def test_subsets_are_named_with_the_ratings_that_would_connect_them():
    found = connection(split())

    assert [(one.first, one.second, one.n_ratings) for one in found.subsets] == [
        (("Cy", "Bo"), ("Ada", "Eva"), 3),
        (("Al",), ("Ola",), 1),
        (("Di",), ("Una",), 1),
    ]
    assert [(link.first, link.second) for link in found.links] == [("Al", "Ada"), ("Di", "Eva")]
    assert str(found) == (
        "The ratings split into 3 subsets that share no candidate and no assessor, so severities "
        "of assessors cannot be compared across them: 'Cy', 'Bo' with 'Ada', 'Eva' (3 ratings); "
        "'Al' with 'Ola' (1 rating); 'Di' with 'Una' (1 rating). 2 further ratings would connect "
        "them: have 'Ada' also rate 'Al'; have 'Eva' also rate 'Di'."
    )


def test_assessors_with_a_criterion_each_cannot_be_told_from_their_criteria():
    table = ratings_of(
        ("Bo", "Ada", "pace", 3),
        ("Bo", "Eva", "craft", 4),
        ("Al", "Ada", "pace", 2),
        ("Al", "Eva", "craft", 5),
    )

    inspection = inspect_ratings(table)

    assert not inspection.is_connected
    (sentence,) = [text for text in inspection.findings if "subsets" in text]
    assert "a strict assessor cannot be told from a hard criterion" in sentence
    assert "have 'Eva' also rate on 'pace'" in sentence


def test_many_subsets_are_told_in_a_few_words():
    table = ratings_of(*((f"c{row}", f"a{row}", "pace", 1 + row % 5) for row in range(1000)))

    assert "1,000 subsets" in str(inspect_ratings(table))
    assert "999 further ratings would connect them" in str(inspect_ratings(table))
    assert len(str(inspect_ratings(table))) < 1500


cells = st.lists(
    st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("UVXYZ"), st.sampled_from("pqr")),
    min_size=1,
    unique=True,
)
pairs = st.sampled_from(
    [("candidate", "assessor"), ("candidate", "criterion"), ("assessor", "criterion")]
)


@given(cells, pairs)
def test_the_proposed_ratings_connect_everything_and_none_of_them_can_be_spared(rows, pair):
    names = ("candidate", "assessor", "criterion")
    found = connection(ratings_of(*((*row, 3) for row in rows)), pair)
    asked = [dict(zip(pair, (link.first, link.second), strict=True)) for link in found.links]
    added = [tuple(one.get(name, "another") for name in names) for one in asked]

    def subsets(more):
        both = [tuple(row[names.index(name)] for name in pair) for row in (*rows, *more)]
        first, second = zip(*both, strict=True)
        third = [str(place) for place in range(len(both))]
        absent = next(name for name in names if name not in pair)
        arrays = {pair[0]: first, pair[1]: second, absent: third, "score": np.full(len(both), 3.0)}
        return len(connection(Ratings.from_arrays(arrays, scales=Scale(1, 5)), pair).subsets)

    assert subsets(added) == 1
    assert all(subsets(added[:spared] + added[spared + 1 :]) == 2 for spared in range(len(added)))


@given(cells)
def test_every_rating_is_in_exactly_one_subset(rows):
    table = ratings_of(*((*row, 3) for row in rows))

    found = connection(table)

    assert sum(subset.n_ratings for subset in found.subsets) == len(table)
    named = [label for subset in found.subsets for label in subset.first]
    assert sorted(named) == sorted(table.candidate.labels)
