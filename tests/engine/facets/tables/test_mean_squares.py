import numpy as np
import pytest
from scipy.stats import chi2, norm

from second_opinion.engine.facets import fit_facets
from second_opinion.engine.facets.tables import fit_tables
from second_opinion.engine.facets.tables.mean_squares import (
    MeanSquareSums,
    mean_squares,
    wilson_hilferty,
)
from second_opinion.engine.facets.tables.nodes import gather
from second_opinion.engine.facets.tables.posterior import known_abilities
from second_opinion.engine.simulation import FacetSpreads, RatingPlan, simulate_facets

from .cases import STEPS, categories, drawn, posterior, with_scores


def by_hand(made, ability):
    """Infit, outfit and their spreads of every assessor, one rating and category at a time."""
    cells = {}
    for row in range(len(made)):
        location = ability[made.facets["candidate"].codes[row]] - made.difficulty[row]
        table = made.category_table[0]
        chance = [np.exp(k * location - table[k]) for k in range(len(table))]
        chance = [one / sum(chance) for one in chance]
        mean = sum(k * one for k, one in enumerate(chance))
        variance = sum((k - mean) ** 2 * one for k, one in enumerate(chance))
        fourth = sum((k - mean) ** 4 * one for k, one in enumerate(chance))
        cells.setdefault(made.facets["assessor"].codes[row], []).append(
            ((made.category[row] - mean) ** 2, variance, fourth)
        )
    answer = []
    for element in sorted(cells):
        squared, variance, fourth = np.array(cells[element]).T
        n = len(squared)
        answer.append(
            (
                squared.sum() / variance.sum(),
                (squared / variance).mean(),
                (fourth - variance**2).sum() ** 0.5 / variance.sum(),
                ((fourth / variance**2).sum() / n**2 - 1 / n) ** 0.5,
            )
        )
    return np.array(answer).T


def test_mean_squares_at_known_abilities_are_those_by_hand():
    made, ability = drawn(np.random.default_rng(3), n_candidates=30, n_assessors=5)
    known = known_abilities(made.facets["candidate"].codes, ability)
    sums = MeanSquareSums(made, known, made.facets)

    gather(made, known, [sums])

    found = sums.result("assessor")
    infit, outfit, infit_spread, outfit_spread = by_hand(made, ability)
    assert found.infit == pytest.approx(infit)
    assert found.outfit == pytest.approx(outfit)
    assert found.infit_spread == pytest.approx(infit_spread)
    assert found.outfit_spread == pytest.approx(outfit_spread)


def test_infit_is_the_information_weighted_mean_of_squared_standardised_residuals():
    rng = np.random.default_rng(1)
    variance = rng.uniform(0.2, 1.5, 40)
    squared = variance * rng.chisquare(1, 40)

    found = mean_squares(
        squared=squared,
        variance=variance,
        fourth=3 * variance**2,
        weight=np.ones(40),
        codes=np.zeros(40, dtype=np.int64),
        n_elements=2,
    )

    assert found.infit[0] == pytest.approx(np.average(squared / variance, weights=variance))
    assert found.outfit[0] == pytest.approx(np.mean(squared / variance))
    assert np.isnan(found.infit[1])  # an element without ratings


def test_a_weight_of_two_is_two_ratings():
    made, _ = drawn(np.random.default_rng(8), n_candidates=20)
    values = {
        "squared": np.square(made.category - 2.0),
        "variance": np.full(len(made), 1.4),
        "fourth": np.full(len(made), 4.0),
        "codes": made.facets["assessor"].codes,
    }

    weighted = mean_squares(**values, weight=np.full(len(made), 2.0), n_elements=12)
    twice = mean_squares(
        **{name: np.tile(column, 2) for name, column in values.items()},
        weight=np.ones(2 * len(made)),
        n_elements=12,
    )

    assert weighted.infit_z == pytest.approx(twice.infit_z, nan_ok=True)
    assert weighted.outfit_z == pytest.approx(twice.outfit_z, nan_ok=True)


def test_wilson_hilferty_gives_the_deviate_of_the_published_example():
    spread = (2 / 20) ** 0.5  # 20 degrees of freedom

    assert wilson_hilferty(np.array([0.975]), np.array([spread]))[0] == pytest.approx(
        0.03, abs=0.005
    )


@pytest.mark.parametrize("degrees", [10, 30, 100])
def test_wilson_hilferty_is_close_to_the_exact_deviate_of_a_chi_square(degrees):
    probability = np.array([0.025, 0.1, 0.5, 0.9, 0.975])
    mean_square = chi2.ppf(probability, degrees) / degrees

    found = wilson_hilferty(mean_square, np.full(5, (2 / degrees) ** 0.5))

    assert found == pytest.approx(norm.ppf(probability), abs=0.03)


def test_a_spread_beyond_one_degree_of_freedom_counts_as_one():
    assert wilson_hilferty(np.array([3.0]), np.array([9.0])) == wilson_hilferty(
        np.array([3.0]), np.array([2**0.5])
    )


@pytest.mark.parametrize("n_criteria", [2, 6])
def test_mean_squares_are_one_under_the_model_however_few_ratings_a_candidate_has(n_criteria):
    rng = np.random.default_rng(11)
    found = []
    for _ in range(30):
        made, _ = drawn(rng, n_criteria=n_criteria)
        what_is_known = posterior(made)
        sums = MeanSquareSums(made, what_is_known, made.facets)
        gather(made, what_is_known, [sums])
        found.append([sums.result(name) for name in ("candidate", "assessor")])

    for facet in range(2):
        for statistic in ("infit", "outfit"):
            mean_square = np.concatenate([getattr(one[facet], statistic) for one in found])
            deviate = np.concatenate([getattr(one[facet], f"{statistic}_z") for one in found])
            assert np.nanmean(mean_square) == pytest.approx(1, abs=0.03)
            assert np.nanmean(deviate) == pytest.approx(0, abs=0.12)
            assert 0.85 < np.nanstd(deviate) < 1.12  # narrower for a candidate with four ratings
            assert np.nanmean(np.abs(deviate) > 1.96) < 0.075


def test_point_estimates_would_make_few_ratings_look_too_good():
    made, _ = drawn(np.random.default_rng(12), n_criteria=2)
    point = known_abilities(made.facets["candidate"].codes, posterior(made).mean)
    sums = MeanSquareSums(made, point, made.facets)

    gather(made, point, [sums])

    assert sums.result("assessor").infit.mean() < 0.9


def planted(misfit):
    """Ratings of 120 candidates in which the first assessor rates in a way of their own."""
    rng = np.random.default_rng(20)
    plan = RatingPlan.as_in_practice(
        n_candidates=120, rng=rng, n_assessors=10, n_criteria=8, criteria_each=(6, 8)
    )
    simulated = simulate_facets(plan, FacetSpreads(), rng=rng)
    ratings = simulated.ratings
    rows = np.flatnonzero(ratings.assessor.codes == 0)
    location = (
        simulated.ability[ratings.candidate.codes] - simulated.difficulty[ratings.criterion.codes]
    )[rows]
    if misfit == "random":
        own = rng.integers(0, 5, len(rows))
    elif misfit == "central":
        own = categories(location, rng, steps=tuple(3.5 * step for step in STEPS))
    else:
        impression = rng.normal(0, 2.0, len(ratings.candidate))
        own = categories(location + impression[ratings.candidate.codes[rows]], rng)
    score = ratings.score.copy()
    score[rows] = own + 1
    return with_scores(ratings, score)


@pytest.mark.parametrize(
    ("misfit", "sign", "limit"),
    # Halo hides in part: the candidate's ability follows the impression.
    [("random", 1, 3), ("halo", 1, 1.9), ("central", -1, 3)],
)
def test_an_assessor_who_rates_in_another_way_stands_out(misfit, sign, limit):
    ratings = planted(misfit)

    table = fit_tables(fit_facets(ratings), ratings).elements["assessor"]

    assert sign * table.infit_z[0] > limit
    assert np.argmax(sign * table.infit_z) == 0
