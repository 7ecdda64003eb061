"""What must not matter to a many-facet fit, and what must matter in a known way."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from second_opinion.engine.facets import PARTIAL_CREDIT, RATING_SCALE, FacetsModel, fit_facets
from second_opinion.engine.facets.tables import fit_tables
from second_opinion.engine.ratings import Facet, Ratings, Scale
from second_opinion.engine.simulation import FacetSpreads, RatingPlan, simulate_facets

CLOSE = 2e-4  # logits: the search stops where a step would gain 1e-7 of log-likelihood
seeds = st.integers(0, 2**20)
few = settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])


def drawn(seed, *, n_candidates=40, **spreads):
    rng = np.random.default_rng(seed)
    plan = RatingPlan.as_in_practice(
        n_candidates=n_candidates, rng=rng, n_assessors=6, n_criteria=4, criteria_each=(3, 4)
    )
    steps = (-1.2, 0.0, 1.2)
    return simulate_facets(plan, FacetSpreads(steps=steps, **spreads), rng=rng).ratings


def relabelled(facet, order):
    """The same elements in another order of labels."""
    place = np.argsort(order)
    return Facet(tuple(facet.labels[one] for one in order), place[facet.codes])


def by_label(measures):
    return dict(zip(measures.labels, measures.measure, strict=True))


@few
@given(seeds)
def test_the_order_of_labels_and_rows_does_not_matter(seed):
    ratings = drawn(seed)
    rng = np.random.default_rng(seed)
    shuffled = replace(
        ratings,
        candidate=relabelled(ratings.candidate, rng.permutation(len(ratings.candidate))),
        assessor=relabelled(ratings.assessor, rng.permutation(len(ratings.assessor))),
        criterion=relabelled(ratings.criterion, rng.permutation(len(ratings.criterion))),
    ).rows(rng.permutation(len(ratings)))

    first, second = fit_facets(ratings), fit_facets(shuffled)

    assert second.log_likelihood == pytest.approx(first.log_likelihood, abs=1e-5)
    for name in ("assessor", "criterion"):
        assert by_label(second.facet(name)) == pytest.approx(by_label(first.facet(name)), abs=CLOSE)
    infit = [
        dict(zip(table.label, table.infit, strict=True))
        for table in (
            fit_tables(first, ratings).elements["assessor"],
            fit_tables(second, shuffled).elements["assessor"],
        )
    ]
    assert infit[1] == pytest.approx(infit[0], abs=1e-3)


@few
@given(seeds)
def test_a_scale_turned_round_turns_every_sign(seed):
    ratings = drawn(seed)
    turned = replace(ratings, score=5 - ratings.score)

    fit, back = fit_facets(ratings), fit_facets(turned)

    assert back.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-5)
    assert back.ability == pytest.approx(-fit.ability, abs=CLOSE)
    assert back.population.mean == pytest.approx(-fit.population.mean, abs=CLOSE)
    assert back.population.variance == pytest.approx(fit.population.variance, abs=5 * CLOSE)
    for name in ("assessor", "criterion"):
        assert back.facet(name).measure == pytest.approx(-fit.facet(name).measure, abs=CLOSE)
    thresholds = [one.measure for one in fit.thresholds]
    assert [one.measure for one in back.thresholds] == pytest.approx(
        [-one for one in thresholds[::-1]], abs=CLOSE
    )
    tables, mirrored = fit_tables(fit, ratings), fit_tables(back, turned)
    assert mirrored.elements["candidate"].infit == pytest.approx(
        tables.elements["candidate"].infit, abs=1e-3
    )
    assert mirrored.interactions[0].t == pytest.approx(-tables.interactions[0].t, abs=1e-2)
    assert mirrored.agreement.total_expected == pytest.approx(
        tables.agreement.total_expected, abs=1e-4
    )


@few
@given(seeds, st.sampled_from([10.0, -2.5]))
def test_other_score_points_for_the_same_categories_change_no_measure(seed, start):
    ratings = drawn(seed)
    scale = Scale(start, start + 1.5)
    moved = replace(ratings, score=start + (ratings.score - 1) / 2, scales=(scale,) * 4)

    fit, other = fit_facets(ratings), fit_facets(moved)

    assert other.facet("assessor").measure == pytest.approx(fit.facet("assessor").measure, abs=1e-9)
    fair = fit_tables(fit, ratings).elements["assessor"].fair_average
    assert fit_tables(other, moved).elements["assessor"].fair_average == pytest.approx(
        start + (fair - 1) / 2
    )


@pytest.mark.parametrize("model", [RATING_SCALE, PARTIAL_CREDIT])
def test_every_candidate_twice_doubles_the_information(model):
    ratings = drawn(3, n_candidates=120)
    twice = Ratings(
        candidate=Facet(
            ratings.candidate.labels + tuple(f"{one} again" for one in ratings.candidate.labels),
            np.concatenate([ratings.candidate.codes, ratings.candidate.codes + 120]),
        ),
        assessor=Facet(ratings.assessor.labels, np.tile(ratings.assessor.codes, 2)),
        criterion=Facet(ratings.criterion.labels, np.tile(ratings.criterion.codes, 2)),
        score=np.tile(ratings.score, 2),
        scales=ratings.scales,
    )

    once, doubled = fit_facets(ratings, model=model), fit_facets(twice, model=model)

    assert doubled.log_likelihood == pytest.approx(2 * once.log_likelihood, abs=1e-4)
    for name in ("assessor", "criterion"):
        before, after = once.facet(name), doubled.facet(name)
        assert after.measure == pytest.approx(before.measure, abs=CLOSE)
        assert after.standard_error == pytest.approx(before.standard_error / 2**0.5, rel=1e-3)
    tables, more = fit_tables(once, ratings), fit_tables(doubled, twice)
    assert more.elements["assessor"].infit == pytest.approx(
        tables.elements["assessor"].infit, abs=1e-3
    )
    assert more.interactions[0].t == pytest.approx(tables.interactions[0].t * 2**0.5, abs=0.02)


def test_anchors_all_moved_by_a_constant_move_candidates_with_them():
    ratings = drawn(5)
    free = by_label(fit_facets(ratings).facet("assessor"))
    anchored = {label: measure + 0.7 for label, measure in free.items()}

    fit = fit_facets(ratings)
    moved = fit_facets(ratings, model=FacetsModel(anchors={"assessor": anchored}))

    assert moved.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-5)
    assert moved.ability == pytest.approx(fit.ability + 0.7, abs=CLOSE)
    assert moved.facet("criterion").measure == pytest.approx(
        fit.facet("criterion").measure, abs=CLOSE
    )
    displacement = fit_tables(moved, ratings).displacement
    assert displacement.displacement == pytest.approx(0, abs=1e-3)


@few
@given(seeds)
def test_a_weight_of_two_is_the_rating_twice(seed):
    ratings = drawn(seed)
    weighted = replace(ratings, weight=np.full(len(ratings), 2.0))
    again = replace(
        ratings,
        candidate=Facet(ratings.candidate.labels, np.tile(ratings.candidate.codes, 2)),
        assessor=Facet(ratings.assessor.labels, np.tile(ratings.assessor.codes, 2)),
        criterion=Facet(ratings.criterion.labels, np.tile(ratings.criterion.codes, 2)),
        score=np.tile(ratings.score, 2),
    )  # no table from outside may repeat a rating; here it stands for the weight

    fit, repeated = fit_facets(weighted), fit_facets(again)

    assert fit.log_likelihood == pytest.approx(repeated.log_likelihood, abs=1e-5)
    assert fit.facet("assessor").measure == pytest.approx(
        repeated.facet("assessor").measure, abs=CLOSE
    )
    first, second = fit_tables(fit, weighted), fit_tables(repeated, again)
    for statistic in ("infit", "infit_z", "outfit", "observed_mean", "point_measure"):
        assert getattr(first.elements["criterion"], statistic) == pytest.approx(
            getattr(second.elements["criterion"], statistic), abs=1e-3
        )
    assert first.abilities.ability == pytest.approx(second.abilities.ability, abs=1e-3)
