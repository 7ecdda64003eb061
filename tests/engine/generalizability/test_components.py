"""Variance components against published tables, dense likelihoods, mean squares and truth."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from second_opinion.engine.errors import ArgumentError, NotEnoughRatingsError, UnknownNameError
from second_opinion.engine.generalizability import (
    meetings,
    parse_design,
    study_ratings,
    variance_components,
)
from second_opinion.engine.generalizability.grouping import block_facet, groupings_of
from second_opinion.engine.generalizability.restricted_likelihood import (
    MixedModel,
    restricted_likelihood,
)
from second_opinion.engine.ratings import Ratings, Scale

REFERENCE = Path(__file__).parents[2] / "reference" / "generalizability"
DESIGNS = ["p x r", "r:p", "p x r x t", "p x (r:t)", "(r x t):p", "(p:g) x t", "r x (p:g)"]


def brennan():
    person, task, rater, score = np.genfromtxt(
        REFERENCE / "brennan_2001.csv", delimiter=",", skip_header=1
    ).T
    codes = {"p": person, "t": task, "r": rater}
    return {facet: code.astype(int) - 1 for facet, code in codes.items()}, score


def unbalanced(design, rng, *, n=70):
    """Ratings on a random part of a small grid; every facet adds to the score."""
    facets = parse_design(design).facets
    sizes = dict(zip(facets, (8, 4, 3), strict=False))
    grid = np.stack(np.meshgrid(*(np.arange(size) for size in sizes.values())), -1)
    cells = grid.reshape(-1, len(facets))
    cells = cells[rng.permutation(len(cells))[: min(n, int(0.8 * len(cells)))]]
    codes = dict(zip(facets, cells.T, strict=True))
    score = rng.normal(0, 0.6, len(cells))
    for effect in parse_design(design).effects:
        level = level_of(codes, effect)
        score += rng.normal(0, rng.uniform(0.3, 1), level.max() + 1)[level]
    return codes, score


def level_of(codes, effect):
    return np.unique(
        np.stack([codes[facet] for facet in effect.facets]), axis=1, return_inverse=True
    )[1].ravel()


def model_of(codes, score, design, facet=None):
    read = parse_design(design)
    groupings = groupings_of(codes, read)
    return MixedModel.of(
        score - score.mean(), groupings.effects, facet=facet or block_facet(read, groupings)
    ), groupings.effects


class Dense:
    """The restricted likelihood from the full covariance of all ratings."""

    def __init__(self, score, effects, variances, fixed=None):
        self.parts = [1.0 * (one.level[:, None] == one.level) for one in effects]
        self.parts.append(np.eye(len(score)))
        covariance = sum(v * part for v, part in zip(variances, self.parts, strict=True))
        inverse = np.linalg.inv(covariance)
        fixed = np.zeros(len(score), dtype=int) if fixed is None else fixed
        means = 1.0 * (fixed[:, None] == np.arange(fixed.max() + 1))
        self.mean_covariance = np.linalg.inv(means.T @ inverse @ means)
        self.mean = self.mean_covariance @ means.T @ inverse @ score
        self.projection = inverse - inverse @ means @ self.mean_covariance @ means.T @ inverse
        self.weighted = self.projection @ score
        self.log_likelihood = -0.5 * (
            np.linalg.slogdet(covariance)[1]
            - np.linalg.slogdet(self.mean_covariance)[1]
            + score @ self.weighted
        )

    @property
    def gradient(self):
        return np.array(
            [
                (self.weighted @ part @ self.weighted - np.trace(self.projection @ part)) / 2
                for part in self.parts
            ]
        )

    @property
    def expected_diagonal(self):
        moved = [self.projection @ part for part in self.parts]
        return np.array([np.trace(one @ one) / 2 for one in moved])

    @property
    def information(self):
        working = np.stack([part @ self.weighted for part in self.parts])
        return working @ self.projection @ working.T / 2


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("seed", [0, 1])
def test_likelihood_gradient_and_information_equal_the_dense_ones(design, seed):
    rng = np.random.default_rng(seed)
    codes, score = unbalanced(design, rng)
    facets = parse_design(design).facets

    for facet in facets:  # whatever the blocks are, the answer is the same
        model, effects = model_of(codes, score, design, facet)
        variances = rng.uniform(0.05, 1.5, len(effects) + 1)
        found = restricted_likelihood(model, variances)
        dense = Dense(score - score.mean(), effects, variances)
        assert found.log_likelihood == pytest.approx(dense.log_likelihood, rel=1e-9)
        expected = dense.expected_diagonal
        assert (found.least_information <= expected * (1 + 1e-9)).all()
        np.testing.assert_allclose(found.gradient, dense.gradient, rtol=1e-7, atol=1e-7)
        np.testing.assert_allclose(found.information, dense.information, rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("design", ["p x r", "p x r x t", "p x (r:t)"])
def test_means_may_be_fixed(design):
    rng = np.random.default_rng(5)
    codes, score = unbalanced(design, rng)
    fixed = np.unique(codes["t" if "t" in codes else "r"], return_inverse=True)[1]
    read = parse_design(design)
    effects = tuple(
        one for one in groupings_of(codes, read).effects if one.effect.name not in ("t", "r")
    )
    variances = rng.uniform(0.05, 1.5, len(effects) + 1)

    found = restricted_likelihood(MixedModel.of(score, effects, facet="p", fixed=fixed), variances)

    dense = Dense(score, effects, variances, fixed)
    n_fixed = len(dense.mean)
    assert found.log_likelihood == pytest.approx(dense.log_likelihood, rel=1e-9)
    np.testing.assert_allclose(found.gradient, dense.gradient, rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(found.information, dense.information, rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(found.effect[-n_fixed:], dense.mean)
    np.testing.assert_allclose(
        found.apart.coarse_inverse[-n_fixed:, -n_fixed:] * variances[-1], dense.mean_covariance
    )


def test_compiled_sums_are_the_same(monkeypatch):
    codes, score = unbalanced("p x r x t", np.random.default_rng(3))
    variances = np.array([0.5, 0.2, 0.3, 0.1, 0.2, 0.1, 0.6])
    small = restricted_likelihood(model_of(codes, score, "p x r x t")[0], variances)

    monkeypatch.setattr(meetings, "COMPILED_FROM", 0)
    large = restricted_likelihood(model_of(codes, score, "p x r x t")[0], variances)

    assert large.log_likelihood == pytest.approx(small.log_likelihood, rel=1e-12)
    np.testing.assert_allclose(large.gradient, small.gradient, rtol=1e-9)
    np.testing.assert_allclose(large.information, small.information, rtol=1e-9)


@settings(max_examples=30)
@given(st.lists(st.floats(1e-9, 3), min_size=6, max_size=6), st.floats(0.05, 3))
def test_likelihood_stays_true_down_to_no_variance(variances, residual):
    codes, score = unbalanced("p x r x t", np.random.default_rng(3))
    model, effects = model_of(codes, score, "p x r x t")
    every = np.array([*variances[: len(effects)], residual])

    found, dense = restricted_likelihood(model, every), Dense(score - score.mean(), effects, every)

    assert found.log_likelihood == pytest.approx(dense.log_likelihood, rel=1e-9)
    np.testing.assert_allclose(found.gradient, dense.gradient, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("design", DESIGNS)
def test_unbalanced_ratings_reach_the_dense_maximum(design):
    codes, score = unbalanced(design, np.random.default_rng(11))
    _, effects = model_of(codes, score, design)

    def loss(roots):
        dense = Dense(score - score.mean(), effects, roots**2 + 1e-12)
        return -dense.log_likelihood, -dense.gradient * 2 * roots

    best = minimize(loss, np.full(len(effects) + 1, 0.7), jac=True, options={"gtol": 1e-8})

    study = variance_components(codes, score, design=design)

    assert study.converged
    found = [one.variance for one in study.components]
    np.testing.assert_allclose(found, best.x**2, atol=2e-4)


def test_published_components_of_raters_nested_in_tasks():
    study = variance_components(*brennan(), design="p x (r:t)")

    published = {"p": 0.473023, "t": 0.325322, "r:t": 0.647489, "pt": 0.559550}
    for name, variance in {**published, "residual": 2.380286}.items():
        assert study.component(name).variance == pytest.approx(variance, abs=5e-4)
    assert study.converged
    assert dict(study.sizes) == {"r": 4, "t": 3}
    assert str(study.component("p")) == "p: 0.473148 (standard error 0.424)"


def test_balanced_ratings_give_the_analysis_of_variance_with_its_standard_errors():
    """Mean squares of p x (r:t) and their variances 2 MS^2 / df (Brennan 2001, eq. 6.1)."""
    codes, score = brennan()
    cube = np.zeros((10, 3, 4))
    cube[codes["p"], codes["t"], np.unique(codes["r"] % 4, return_inverse=True)[1]] = score
    grand, person = cube.mean(), cube.mean(axis=(1, 2))
    task, cell, rater = cube.mean(axis=(0, 2)), cube.mean(axis=2), cube.mean(axis=0)
    rest = cube - cell[:, :, None] - rater + task[:, None]
    squares = np.array(
        [
            12 * np.square(person - grand).sum() / 9,
            40 * np.square(task - grand).sum() / 2,
            10 * np.square(rater - task[:, None]).sum() / 9,
            4 * np.square(cell - person[:, None] - task + grand).sum() / 18,
            np.square(rest).sum() / 81,
        ]
    )
    solve = np.array(  # rows p, t, r:t, pt, residual by mean squares in the same order
        [
            [1 / 12, 0, 0, -1 / 12, 0],
            [0, 1 / 40, -1 / 40, -1 / 40, 1 / 40],
            [0, 0, 1 / 10, 0, -1 / 10],
            [0, 0, 0, 1 / 4, -1 / 4],
            [0, 0, 0, 0, 1],
        ]
    )
    errors = np.sqrt(solve**2 @ (2 * squares**2 / [9, 2, 9, 18, 81]))

    study = variance_components(codes, score, design="p x (r:t)")

    found = [one.variance for one in study.components]
    np.testing.assert_allclose(found, solve @ squares, rtol=1e-6)
    np.testing.assert_allclose([one.standard_error for one in study.components], errors, rtol=1e-5)


def test_a_negative_mean_square_difference_ends_at_zero_and_is_said():
    rng = np.random.default_rng(1)
    codes = {"p": np.repeat(np.arange(20), 4), "r": np.tile(np.arange(4), 20)}
    score = rng.normal(0, 1, (20, 4))
    score -= score.mean(axis=0)  # raters could not be more alike

    study = variance_components(codes, score.ravel(), design="p x r")

    rater = study.component("r")
    assert rater.variance == 0
    assert rater.is_boundary
    assert np.isnan(rater.standard_error)
    assert str(rater) == "r: 0 (boundary: zero)"
    assert study.notes == ("r: boundary: zero; the ratings show no such variance.",)


def test_scores_in_other_units_give_variances_in_their_squares():
    codes, score = brennan()

    plain = variance_components(codes, score, design="p x (r:t)")
    scaled = variance_components(codes, score * 3 + 100, design="p x (r:t)")

    for one, other in zip(plain.components, scaled.components, strict=True):
        assert other.variance == pytest.approx(9 * one.variance, rel=1e-6)
        assert other.standard_error == pytest.approx(9 * one.standard_error, rel=1e-5)


def test_simulated_truth_is_recovered_within_its_standard_errors():
    """200 candidates by two of 20 assessors on eight criteria, all six effects."""
    truth = {"p": 1.0, "r": 0.25, "t": 0.3, "pr": 0.2, "pt": 0.15, "rt": 0.1, "residual": 0.5}
    rng = np.random.default_rng(12)
    candidate = np.repeat(np.arange(200), 16)
    criterion = np.tile(np.arange(8), 400)
    assessor = np.concatenate([np.repeat(rng.choice(20, 2, replace=False), 8) for _ in range(200)])
    inside = []
    for _ in range(30):
        codes = {"p": candidate, "r": assessor, "t": criterion}
        score = rng.normal(0, truth["residual"] ** 0.5, len(candidate))
        for effect in parse_design("p x r x t").effects:
            level = level_of(codes, effect)
            score += rng.normal(0, truth[effect.name] ** 0.5, level.max() + 1)[level]
        study = variance_components(codes, score, design="p x r x t")
        assert study.converged
        inside += [
            abs(one.variance - truth[one.name]) < 1.96 * one.standard_error
            for one in study.components
            if one.n_levels > 30  # with few levels a variance's own interval is far from normal
        ]

    assert 0.90 <= np.mean(inside) <= 0.99


def ratings_of(rows):
    candidates, assessors, criteria, scores = zip(*rows, strict=True)
    return Ratings.from_names(
        candidates=candidates,
        assessors=assessors,
        criteria=criteria,
        scores=scores,
        scales=Scale(-100, 100),
    )


def test_ratings_are_candidates_by_assessors_by_criteria():
    rng = np.random.default_rng(2)
    rows = [
        (f"c{p}", f"a{r}", f"k{t}", rng.normal()) for p in range(9) for r in "xyz" for t in "uv"
    ]

    study = study_ratings(ratings_of(rows), "p x r x t")

    assert [one.name for one in study.components] == ["p", "r", "t", "pr", "pt", "rt", "residual"]
    assert dict(study.sizes) == {"r": 3, "t": 2}


def test_one_criterion_is_part_of_the_mean_and_what_follows_is_said():
    rng = np.random.default_rng(2)
    rows = [(f"c{p}", f"a{r}", "whole", rng.normal()) for p in range(9) for r in range(3)]

    study = study_ratings(ratings_of(rows), "p x r x t")

    assert [one.name for one in study.components] == ["p", "r", "residual"]
    assert study.notes[:4] == (
        "t: there is one level only, so it is part of the mean.",
        "pr: every level is rated once, so it is part of the residual.",
        "pt: its levels are those of p, so it is part of p.",
        "rt: its levels are those of r, so it is part of r.",
    )


def test_effects_left_out_are_part_of_the_residual():
    codes, score = brennan()

    study = variance_components(codes, score, design="p x (r:t)", only=["p", "t"])

    assert [one.name for one in study.components] == ["p", "t", "residual"]


def test_components_do_not_depend_on_the_order_of_ratings_or_names():
    codes, score = brennan()
    rng = np.random.default_rng(1)
    order, names = rng.permutation(len(score)), rng.permutation(10)

    moved = {facet: code[order] for facet, code in codes.items()}
    moved["p"] = 1000 * names[moved["p"]]  # numbers may have gaps

    first = variance_components(codes, score, design="p x (r:t)")
    second = variance_components(moved, score[order], design="p x (r:t)")
    for one, other in zip(first.components, second.components, strict=True):
        assert other.variance == pytest.approx(one.variance, rel=1e-6)


def test_an_unknown_component_is_refused_by_name():
    study = variance_components(*brennan(), design="p x (r:t)")

    with pytest.raises(UnknownNameError, match="'pr' is not among the components; known are p"):
        study.component("pr")


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"design": "p x (r:o)"}, ArgumentError, "names 'o', which the ratings do not have"),
        ({"only": ["pr"]}, ArgumentError, "'pr' is not an effect of"),
        ({"score": np.ones(120)}, NotEnoughRatingsError, "All 120 ratings are 1"),
        ({"score": np.ones(3)}, ArgumentError, "has 120 codes for 3 scores"),
        ({"only": []}, NotEnoughRatingsError, "None of the effects"),
    ],
)
def test_what_cannot_be_studied_is_refused(change, error, message):
    codes, score = brennan()

    with pytest.raises(error, match=message):
        variance_components(codes, **{"score": score, "design": "p x (r:t)", **change})


def aibs(folder):
    with (folder / "panel_reviews" / "aibs_grant_panels.csv").open() as file:
        return [row for row in csv.DictReader(file) if row["Score"] not in ("", "NA")]


@pytest.mark.shared_data
def test_panels_give_the_known_components_and_say_where_one_is_zero(shared_data):
    rows = aibs(shared_data)
    codes = {
        facet: np.unique([row[column] for row in rows], return_inverse=True)[1]
        for facet, column in (("p", "ID"), ("r", "RevID"))
    }
    score = np.array([float(row["Score"]) for row in rows])

    study = variance_components(codes, score, design="p x r")

    assert study.component("p").variance == pytest.approx(0.236245, abs=1e-6)
    assert study.component("residual").variance == pytest.approx(0.400278, abs=1e-6)
    assert str(study.component("r")) == "r: 0 (boundary: zero)"


@pytest.mark.shared_data
def test_panels_show_a_halo_larger_than_what_candidates_differ_by(shared_data):
    criteria = ("Innovation", "Approach", "Investig", "Signif", "Impact")
    rows = [
        (row["ID"], row["RevID"], criterion, float(row[criterion]))
        for row in aibs(shared_data)
        for criterion in criteria
        if row[criterion] not in ("", "NA")
    ]

    study = study_ratings(ratings_of(rows), "p x r x t")

    assert round(study.component("pr").variance, 3) == 0.174
    assert round(study.component("p").variance, 3) == 0.138
