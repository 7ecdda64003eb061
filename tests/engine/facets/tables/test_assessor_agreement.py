from itertools import combinations

import numpy as np
import pytest

from second_opinion.engine.facets.tables.assessor_agreement import AgreementSums, contexts
from second_opinion.engine.facets.tables.expectation import ExpectationSums
from second_opinion.engine.facets.tables.nodes import gather
from second_opinion.engine.facets.tables.posterior import Posterior, known_abilities
from second_opinion.engine.facets.tables.responses import category_probabilities

from .cases import drawn, facet, posterior, responses


def agreement_of(made, known):
    sums = AgreementSums(made, known, assessor="assessor")
    expectations = ExpectationSums(made, known)
    gather(made, known, [sums, expectations])
    return sums.result(expectations.result())


def by_hand(made, ability):
    """Observed and expected agreements of every assessor, pair of ratings by pair."""
    unit = made.facets["candidate"].codes
    chance = category_probabilities(ability[unit] - made.difficulty, made.category_table.T).T
    totals = np.zeros((len(made.facets["assessor"]), 3))
    cells = {}
    for row in range(len(made)):
        cells.setdefault((unit[row], made.facets["criterion"].codes[row]), []).append(row)
    for rows in cells.values():
        for one, two in combinations(rows, 2):
            same = made.category[one] == made.category[two]
            for row in (one, two):
                totals[made.facets["assessor"].codes[row]] += 1, same, chance[one] @ chance[two]
    return totals.T


def test_agreements_are_those_counted_by_hand():
    made, ability = drawn(np.random.default_rng(2), n_candidates=20, n_assessors=6, panel=3)

    found = agreement_of(made, known_abilities(made.facets["candidate"].codes, ability))

    pairs, agreed, expected = by_hand(made, ability)
    assert found.opportunities == pytest.approx(pairs)
    assert found.observed == pytest.approx(agreed / pairs)
    assert found.expected == pytest.approx(expected / pairs)
    assert found.total_opportunities == pairs.sum() / 2
    assert found.total_observed == pytest.approx(agreed.sum() / pairs.sum())
    assert found.rasch_kappa == pytest.approx(
        (agreed.sum() - expected.sum()) / (pairs.sum() - expected.sum())
    )


def test_abilities_of_their_own_for_each_assessor_multiply_averages():
    made, ability = drawn(np.random.default_rng(2), n_candidates=20, n_assessors=6, panel=3)
    seat, unit = np.unique(
        made.facets["candidate"].codes * 6 + made.facets["assessor"].codes, return_inverse=True
    )
    known = known_abilities(unit, ability[seat // 6])

    found = agreement_of(made, known)

    pairs, _, expected = by_hand(made, ability)
    assert found.expected == pytest.approx(expected / pairs)


def test_independent_assessors_agree_as_often_as_expected():
    rng = np.random.default_rng(6)
    made, _ = drawn(rng, n_candidates=400)

    found = agreement_of(made, posterior(made))

    assert found.total_observed == pytest.approx(found.total_expected, abs=0.025)
    assert abs(found.rasch_kappa) < 0.04


def test_single_rater_rest_is_the_correlation_with_the_mean_of_the_others():
    made, ability = drawn(np.random.default_rng(7), n_candidates=40, n_assessors=5, panel=3)

    found = agreement_of(made, known_abilities(made.facets["candidate"].codes, ability))

    own, rest = [], []
    context = contexts(made.facets, leaving_out="assessor")
    for row in np.flatnonzero(made.facets["assessor"].codes == 2):
        others = np.flatnonzero((context == context[row]) & (np.arange(len(made)) != row))
        own.append(made.category[row])
        rest.append(made.category[others].mean())
    assert found.single_rest[2] == pytest.approx(np.corrcoef(own, rest)[0, 1])


def test_nobody_beside_anybody_leaves_it_undefined():
    made = responses(
        [0, 1, 2], candidate=[0, 1, 2], assessor=[0, 1, 1], criterion=[0, 0, 0], steps=(0.0, 0.0)
    )

    found = agreement_of(made, known_abilities(made.facets["candidate"].codes, np.zeros(3)))

    assert found.total_opportunities == 0
    assert np.isnan(found.total_observed)
    assert np.all(np.isnan(found.observed))


def test_a_facet_that_goes_with_the_assessor_makes_no_context_of_its_own():
    codes = {"candidate": np.array([0, 0, 1, 1]), "assessor": np.array([0, 1, 0, 1])}
    facets = {name: facet(name, code) for name, code in codes.items()}
    facets["department"] = facet("department", codes["assessor"])

    assert np.array_equal(contexts(facets, leaving_out="assessor"), [0, 0, 1, 1])


def test_expected_agreement_is_averaged_over_the_posterior():
    made = responses([0, 1], candidate=[0, 0], assessor=[0, 1], criterion=[0, 0], steps=(0.0,))
    unsure = Posterior(
        unit=np.zeros(2, dtype=np.int64),
        node=np.array([[-2.0], [2.0]]),
        weight=np.array([[0.5], [0.5]]),
    )

    found = agreement_of(made, unsure)

    high = 1 / (1 + np.exp(-2))
    assert found.total_expected == pytest.approx(high**2 + (1 - high) ** 2)
