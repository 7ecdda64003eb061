"""Kappas, AC1/AC2 and percent agreement against published values and their own properties."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from second_opinion.engine.agreement import (
    agreement_weights,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    kappa_of_contingency,
    percent_agreement,
)
from second_opinion.engine.errors import ArgumentError

REFERENCE = Path(__file__).parents[2] / "reference" / "agreement"
SEVERAL = (fleiss_kappa, gwet_ac1, percent_agreement)
# irrCAC 0.4.4 on the four coders: weights; kappa and its interval's low end; AC2 and its.
IRRCAC = [
    ("identity", 0.76116928, 0.42437628, 0.77544407, 0.46081335),
    ("linear", 0.81794477, 0.49108888, 0.85873914, 0.60049970),
    ("quadratic", 0.86493506, 0.54351725, 0.91400072, 0.68518137),
    ("ordinal", 0.85020619, 0.52658281, 0.89893977, 0.66364670),
]


def read(name):
    return np.genfromtxt(REFERENCE / name, delimiter=",", skip_header=1)


def diagnoses():
    """Thirty patients by six raters, whose order within a patient is lost."""
    counts = read("fleiss_1971.csv")[:, 1:].astype(int)
    return np.array([np.repeat(np.arange(5.0), row) for row in counts])


def joint_1968():
    return read("cohen_1968.csv")[:, 2].reshape(3, 3)


def weights_1968():
    disagreement = read("cohen_1968.csv")[:, 3].reshape(3, 3)
    return 1 - disagreement / disagreement.max()


def test_fleiss_kappa_equals_the_published_value():
    found = fleiss_kappa(diagnoses())

    assert round(found.estimate, 5) == 0.43024
    assert found.n == 30
    assert found.cautions == ()


def test_ac1_equals_the_published_value():
    assert round(gwet_ac1(diagnoses()).estimate, 5) == 0.44788


@pytest.mark.parametrize(("weights", "kappa", "kappa_low", "ac2", "ac2_low"), IRRCAC)
def test_weights_gaps_and_intervals_equal_other_software(weights, kappa, kappa_low, ac2, ac2_low):
    table = read("krippendorff_4x12.csv")[:, 1:]

    fleiss, gwet = fleiss_kappa(table, weights=weights), gwet_ac2(table, weights=weights)

    assert (fleiss.estimate, fleiss.low) == pytest.approx((kappa, kappa_low), abs=1e-8)
    assert (gwet.estimate, gwet.low) == pytest.approx((ac2, ac2_low), abs=1e-8)
    assert fleiss.high == gwet.high == 1


def test_cohens_weighted_and_plain_kappa_equal_the_published_values():
    weighted = kappa_of_contingency(joint_1968(), weights=weights_1968())
    plain = kappa_of_contingency(joint_1968())

    assert round(weighted.estimate, 7) == 0.3478261
    assert round(plain.estimate, 7) == 0.4915254
    assert plain.n == 200


def test_kappa_of_ratings_is_that_of_their_table():
    joint = joint_1968().astype(int)
    pairs = [(i, j) for i in range(3) for j in range(3) for _ in range(joint[i, j])]

    found = cohen_kappa(np.array(pairs, dtype=float))

    assert found == kappa_of_contingency(joint_1968())


@pytest.mark.parametrize("kind", ["identity", "linear", "quadratic"])
def test_cohens_interval_is_the_delta_methods(kind):
    joint, n = joint_1968() + 5.0, 245.0
    share = joint / n

    def kappa(flat):
        return kappa_of_contingency(flat.reshape(3, 3) * n, weights=kind).estimate

    slope = np.array(
        [
            (kappa(share.ravel() + move) - kappa(share.ravel() - move)) / 2e-6
            for move in np.eye(9) * 1e-6
        ]
    )
    flat = share.ravel()
    variance = (flat @ slope**2 - (flat @ slope) ** 2) / n

    found = kappa_of_contingency(joint, weights=kind)
    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * variance**0.5, rel=1e-4)


def test_percent_agreement_is_the_share_of_agreeing_pairs():
    table = diagnoses()
    alike = [table[:, i] == table[:, j] for i, j in combinations(range(6), 2)]

    assert percent_agreement(table).estimate == pytest.approx(np.mean(alike))


def test_percent_agreement_of_perfect_raters_still_has_an_interval():
    found = percent_agreement(np.repeat(np.arange(10.0)[:, None], 2, axis=1))

    assert found.estimate == 1
    assert found.high == 1
    assert 0.6 < found.low < 0.8  # ten units prove little


def test_skewed_margins_lower_kappa_but_not_ac1_and_are_said():
    """Ninety-odd per cent agreement and a kappa near nought: Feinstein and Cicchetti (1990)."""
    table = np.ones((100, 2))
    table[:3, 0] = 2
    table[3:6, 1] = 2

    kappa, ac1 = fleiss_kappa(table), gwet_ac1(table)

    assert kappa.estimate < 0 < 0.9 < ac1.estimate
    assert "97% of the ratings are one value" in kappa.cautions[-1]


def test_one_value_throughout_leaves_kappa_undefined():
    table = np.ones((30, 2))

    for found in (fleiss_kappa(table), gwet_ac1(table), cohen_kappa(table)):
        assert np.isnan(found.estimate)
        assert "All ratings are the same value" in found.cautions[0]


def test_one_value_used_of_several_possible_is_perfect_for_ac1():
    assert gwet_ac1(np.ones((30, 2)), values=np.array([1.0, 2, 3])).estimate == 1


@pytest.mark.parametrize("statistic", [*SEVERAL, cohen_kappa])
def test_no_unit_rated_twice_leaves_it_undefined(statistic):
    found = statistic([[1, np.nan], [np.nan, 2]])

    assert found.n == 0
    assert np.isnan(found.estimate)
    assert "No unit was rated by two raters" in found.cautions[0]


def test_raters_who_agree_give_no_interval():
    table = np.repeat(np.tile([1.0, 2], 15)[:, None], 2, axis=1)

    for found in (fleiss_kappa(table), cohen_kappa(table)):
        assert found.estimate == pytest.approx(1)
        assert np.isnan([found.low, found.high]).all()
        assert "no width" in found.cautions[-1]


def test_a_constant_rater_is_said():
    table = np.column_stack([np.ones(30), np.tile([1.0, 2, 3], 10)])

    for found in (fleiss_kappa(table), cohen_kappa(table)):
        assert "1 of 2 raters gave everything the same value" in found.cautions[0]


def test_units_rated_by_one_of_the_two_are_said():
    found = cohen_kappa([[1, 2], [2, 2], [1, np.nan], [3, 1]])

    assert found.n == 3
    assert "1 units were rated once only" in found.cautions[0]


def test_cohens_kappa_is_for_two_raters():
    with pytest.raises(ArgumentError, match="two raters; got 3"):
        cohen_kappa(np.ones((4, 3)))


@pytest.mark.parametrize("statistic", [*SEVERAL, cohen_kappa])
def test_a_rating_outside_the_values_is_refused(statistic):
    with pytest.raises(ArgumentError, match=r"3 .*not among the values"):
        statistic([[1, 3], [2, 2]], values=np.array([1.0, 2, 5]))


@pytest.mark.parametrize("joint", [np.ones(3), np.ones((2, 3)), -np.ones((2, 2)), np.zeros((2, 2))])
def test_what_is_no_table_of_counts_is_refused(joint):
    with pytest.raises(ArgumentError, match="square table of counts"):
        kappa_of_contingency(joint)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ("cubic", "Unknown weights 'cubic'"),
        (np.eye(2), "must be 3 x 3"),
        (np.ones((3, 3)) * 2, "1 on the diagonal"),
        (np.triu(np.ones((3, 3))), "symmetric"),
    ],
)
def test_weights_that_are_none_are_refused(weights, message):
    with pytest.raises(ArgumentError, match=message):
        agreement_weights(np.arange(3.0), weights)


tables = arrays(
    np.float64, (8, 3), elements=st.one_of(st.integers(0, 3).map(float), st.just(np.nan))
)


@given(tables, st.permutations(range(4)), st.sampled_from(SEVERAL))
def test_names_of_values_do_not_matter(table, names, statistic):
    assume((~np.isnan(table)).any())
    renamed = np.where(np.isnan(table), np.nan, np.array(names)[np.nan_to_num(table).astype(int)])

    first, second = statistic(table), statistic(renamed)

    assert second.estimate == pytest.approx(first.estimate, abs=1e-9, nan_ok=True)
    assert second.low == pytest.approx(first.low, abs=1e-9, nan_ok=True)


@given(tables, st.randoms(use_true_random=False), st.sampled_from(SEVERAL))
def test_the_order_of_units_and_raters_does_not_matter(table, random, statistic):
    assume((~np.isnan(table)).any())
    units, raters = list(range(8)), list(range(3))
    random.shuffle(units)
    random.shuffle(raters)

    first, second = statistic(table), statistic(table[units][:, raters])

    assert second.estimate == pytest.approx(first.estimate, abs=1e-9, nan_ok=True)
    assert second.low == pytest.approx(first.low, abs=1e-9, nan_ok=True)


@given(tables, st.sampled_from(SEVERAL), st.sampled_from(["identity", "linear", "quadratic"]))
def test_estimates_and_intervals_stay_within_bounds(table, statistic, weights):
    assume((~np.isnan(table)).any())
    options = {} if statistic is gwet_ac1 else {"weights": weights}

    found = statistic(table, **options)

    if not np.isnan(found.estimate):
        assert found.estimate <= 1 + 1e-12
    if not np.isnan(found.low):
        assert found.low <= found.estimate + 1e-12
        assert found.estimate - 1e-12 <= found.high <= 1


@given(tables)
def test_two_raters_can_be_swapped_in_cohens_kappa(table):
    pair = table[:, :2]
    assume((~np.isnan(pair)).any())

    first, second = cohen_kappa(pair), cohen_kappa(pair[:, ::-1])

    assert second.estimate == pytest.approx(first.estimate, abs=1e-9, nan_ok=True)
    assert second.high == pytest.approx(first.high, abs=1e-9, nan_ok=True)
