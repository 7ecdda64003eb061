import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets import FacetsModel, fit_facets
from second_opinion.engine.facets.tables import fit_tables
from second_opinion.engine.facets.tables.categories import CategorySums, category_cautions
from second_opinion.engine.facets.tables.correlation import point_measure
from second_opinion.engine.facets.tables.expectation import ExpectationSums
from second_opinion.engine.facets.tables.fair_average import expected_scores, fair_averages
from second_opinion.engine.facets.tables.nodes import gather
from second_opinion.engine.facets.tables.posterior import (
    Posterior,
    known_abilities,
    normal_posterior,
)
from second_opinion.engine.facets.tables.responses import (
    category_probabilities,
    category_table_of,
    thresholds_of,
)
from second_opinion.engine.facets.tables.thresholds import half_points, thurstone_thresholds
from second_opinion.engine.facets.tables.unexpected import residual_table, unexpected_ratings

from .cases import STEPS, drawn, facet, posterior, reference_ratings, responses, with_scores

steps_of_a_scale = st.lists(st.floats(-3, 3), min_size=1, max_size=6)


def categories_of(made, known, labels=((None, None),)):
    sums, expectations = CategorySums(made), ExpectationSums(made, known)
    gather(made, known, [sums, expectations])
    errors = np.full(made.category_table.shape, 0.1)
    return sums.result(expectations.result(), standard_error=errors, labels=labels)


def test_category_table_is_that_by_hand():
    made, ability = drawn(np.random.default_rng(1), n_candidates=40)

    found = categories_of(made, known_abilities(made.facets["candidate"].codes, ability))

    location = ability[made.facets["candidate"].codes] - made.difficulty
    chance = category_probabilities(location, made.category_table.T)
    steps = np.arange(5)
    mean = steps @ chance
    variance = steps**2 @ chance - mean**2
    for category in steps:
        given_ = made.category == category
        squared = (category - mean) ** 2 / variance
        assert found.count[category] == given_.sum()
        assert found.share[category] == pytest.approx(given_.mean())
        assert found.average[category] == pytest.approx(location[given_].mean())
        assert found.expected_average[category] == pytest.approx(
            np.average(location, weights=chance[category])
        )
        assert found.outfit[category] == pytest.approx(
            squared[given_].sum() / (chance[category] @ squared)
        )


def test_category_outfit_and_averages_are_as_expected_under_the_model():
    made, _ = drawn(np.random.default_rng(2), n_candidates=600)

    found = categories_of(made, posterior(made, n_nodes=9))

    assert found.outfit == pytest.approx(1, abs=0.12)
    assert found.average == pytest.approx(found.expected_average, abs=0.1)
    assert np.all(np.diff(found.average) > 0)


@given(steps_of_a_scale)
def test_thresholds_come_back_from_their_sums(steps):
    table = category_table_of(np.array([steps]))

    assert thresholds_of(table)[0, 1:] == pytest.approx(steps, abs=1e-9)


@given(steps_of_a_scale)
def test_thurstone_thresholds_have_even_chances_and_half_points_half_scores(steps):
    table = category_table_of(np.array([steps]))

    even, half = thurstone_thresholds(table)[0], half_points(table)[0]

    chance = category_probabilities(even[1:], table.T)
    mean = np.arange(len(steps) + 1) @ category_probabilities(half[1:], table.T)
    for step in range(1, len(steps) + 1):
        assert chance[step:, step - 1].sum() == pytest.approx(0.5)
        assert mean[step - 1] == pytest.approx(step - 0.5)
    assert np.all(np.diff(even[1:]) > 0)
    assert np.isnan(even[0])


def test_thurstone_threshold_of_three_categories_is_the_closed_form():
    reach = 1.3

    found = thurstone_thresholds(category_table_of(np.array([[-reach, reach]])))

    low = np.log((-np.exp(reach) + np.sqrt(np.exp(2 * reach) + 4)) / 2)
    assert found[0, 1:] == pytest.approx([low, -low])


def test_a_category_that_nobody_uses_is_passed_over():
    table = np.array([[0.0, -1.0, np.inf, 0.0]])

    assert thresholds_of(table)[0] == pytest.approx([np.nan, -1, np.nan, 1], nan_ok=True)
    assert np.isnan(half_points(table)[0, 2])
    assert np.isfinite(thurstone_thresholds(table)[0, 3])


def test_cautions_name_what_is_wrong_with_a_scale():
    ratings = reference_ratings()
    swapped = np.where(ratings.score == 1, 2, np.where(ratings.score == 2, 1, ratings.score))
    few = np.where((swapped == 4) & (np.arange(len(swapped)) % 20 > 0), 3, swapped)
    ratings = with_scores(ratings, few)

    text = " ".join(fit_tables(fit_facets(ratings), ratings).category_cautions)

    assert "Given fewer than 10 times, little to go by: category 4 (" in text
    assert "lie lower on the ruler" in text
    assert "disordered" in text


def test_cautions_name_whose_category_it_is():
    ratings = reference_ratings()
    fit = fit_facets(ratings, model=FacetsModel(thresholds="assessor"))

    assert any("of 'a1'" in one for one in fit_tables(fit, ratings).category_cautions)


def test_cautions_tell_of_a_category_that_surprises_and_one_nobody_gave():
    made, ability = drawn(np.random.default_rng(3), n_candidates=30)
    known = known_abilities(made.facets["candidate"].codes, -ability)
    table = categories_of(made, known)

    assert any("where it surprises" in one for one in category_cautions(table))
    empty = responses([0, 2, 0, 2], candidate=[0, 0, 1, 1], steps=(-1.0, 1.0))
    unused = categories_of(empty, known_abilities(empty.facets["candidate"].codes, np.zeros(2)))
    assert "Nobody gave category 1." in category_cautions(unused)


def test_categories_that_are_left_out_are_named_in_one_sentence():
    empty = responses([0, 4, 0, 4], candidate=[0, 0, 1, 1], steps=(-1.0, 0.0, 0.0, 1.0))
    unused = categories_of(empty, known_abilities(empty.facets["candidate"].codes, np.zeros(2)))

    assert category_cautions(unused)[:2] == (
        "Nobody gave categories 1, 2, 3.",
        "Given fewer than 10 times, little to go by: categories 0 (2), 4 (2).",
    )


def test_fair_average_is_the_expected_score_all_else_average():
    made, ability = drawn(np.random.default_rng(4))

    found = fair_averages(made, ability, made.facets["candidate"])

    chance = category_probabilities(ability, made.category_table.T)
    assert found == pytest.approx(np.arange(5) @ chance)
    assert fair_averages(made, np.zeros(1), facet("x", np.zeros(len(made), dtype=int)))[
        0
    ] == pytest.approx(2)  # the middle of a symmetrical scale


def test_expected_scores_follow_the_points_and_leave_out_what_is_not_there():
    table = np.array([[0.0, 0.0, np.inf], [0.0, -1.0, 0.0]])
    points = np.array([[0.0, 10.0, np.nan], [1.0, 1.5, 2.0]])

    found = expected_scores(np.array([0.0]), table, points)

    assert found[:, 0] == pytest.approx([5, 1.5])


def test_point_measure_is_a_correlation_within_each_element():
    made, ability = drawn(np.random.default_rng(5), n_candidates=60)
    location = ability[made.facets["candidate"].codes] - made.difficulty
    chance = category_probabilities(location, made.category_table.T)
    mean = np.arange(5) @ chance
    variance = np.arange(5) ** 2 @ chance - mean**2

    found = point_measure(
        observed=made.category.astype(float),
        location=location,
        expected=mean,
        square=variance + mean**2,
        product=mean * location,
        weight=made.weight,
        codes=made.facets["assessor"].codes,
        n_elements=13,
    )

    rows = made.facets["assessor"].codes == 1
    assert found.correlation[1] == pytest.approx(
        np.corrcoef(made.category[rows], location[rows])[0, 1]
    )
    spread = mean[rows].var() + variance[rows].mean()
    covariance = np.cov(mean[rows], location[rows], bias=True)[0, 1]
    assert found.expected[1] == pytest.approx(covariance / np.sqrt(spread * location[rows].var()))
    assert np.isnan(found.correlation[12])
    assert found.correlation[:12].mean() == pytest.approx(found.expected[:12].mean(), abs=0.05)


def test_unexpected_ratings_are_told_in_words_worst_first():
    made, ability = drawn(np.random.default_rng(6), n_candidates=50)
    category = made.category.copy()
    worst = int(np.argmax(np.where(category == 0, -ability[made.facets["candidate"].codes], -9)))
    category[worst] = 4
    planted = responses(
        category,
        difficulty=made.difficulty,
        **{name: one.codes for name, one in made.facets.items()},
    )
    known = known_abilities(planted.facets["candidate"].codes, ability)
    expectations = ExpectationSums(planted, known)
    gather(planted, known, [expectations])

    table = unexpected_ratings(planted, expectations.result(), limit=2.5)

    assert table.row[0] == worst
    assert np.all(np.abs(table.standardised) >= 2.5)
    assert np.all(np.diff(np.abs(table.standardised)) <= 0)
    assert table.sentences()[0].startswith(
        f"{table.assessor[0]!r} gave {table.candidate[0]!r} 4 on "
    )
    assert table.sentences()[0].endswith("standard deviations too high.")
    with pytest.raises(ArgumentError, match="limit must be above 0"):
        unexpected_ratings(planted, expectations.result(), limit=0)


def test_residuals_write_as_csv():
    made, ability = drawn(np.random.default_rng(7), n_candidates=3)
    known = known_abilities(made.facets["candidate"].codes, ability)
    expectations = ExpectationSums(made, known)
    gather(made, known, [expectations])
    table = residual_table(made, expectations.result())

    file = io.StringIO()
    writer = csv.DictWriter(file, table.columns())
    writer.writeheader()
    writer.writerows(table.rows())

    assert file.getvalue().splitlines()[0].startswith("row,candidate,assessor,criterion,observed")
    assert len(file.getvalue().splitlines()) == len(made) + 1


def test_posterior_of_many_ratings_is_that_of_a_fine_grid():
    made, _ = drawn(np.random.default_rng(8), n_candidates=12)
    found = posterior(made, n_nodes=21)

    grid = np.linspace(-8, 8, 4001)
    for candidate in range(12):
        rows = np.flatnonzero(made.facets["candidate"].codes == candidate)
        log_density = -(grid**2) / (2 * 1.25**2)
        for row in rows:
            chance = category_probabilities(grid - made.difficulty[row], made.category_table.T)
            log_density += np.log(chance[made.category[row]])
        density = np.exp(log_density - log_density.max())
        mean = np.average(grid, weights=density)
        assert found.mean[candidate] == pytest.approx(mean, abs=1e-5)
        assert found.variance[candidate] == pytest.approx(
            np.average((grid - mean) ** 2, weights=density), abs=1e-5
        )


def test_normal_posterior_has_the_moments_asked_for():
    mean, spread = np.array([-1.0, 0.5]), np.array([0.3, 1.2])

    found = normal_posterior(np.array([0, 1]), mean=mean, standard_deviation=spread)

    assert found.mean == pytest.approx(mean)
    assert found.variance == pytest.approx(spread**2)


def test_arrays_that_do_not_go_together_are_refused():
    with pytest.raises(ArgumentError, match="one value for each of the 2 ratings"):
        responses([0, 1], candidate=[0])
    with pytest.raises(ArgumentError, match="in category 2"):
        responses([0, 2], steps=(0.0,), candidate=[0, 0])
    with pytest.raises(ArgumentError, match="one shape"):
        Posterior(unit=np.zeros(1, dtype=int), node=np.zeros((2, 1)), weight=np.zeros((1, 1)))
    assert len(STEPS) == 4
