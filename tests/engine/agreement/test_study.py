"""Agreement from every side: pairs and cases against their definitions, and the whole study."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.agreement import (
    Meaning,
    Units,
    agreement_of_cases,
    agreement_of_pairs,
    agreement_overview,
    agreement_study,
    cohen_kappa,
    krippendorff_alpha,
    within_group_agreement_of_criteria,
)
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Ratings, Scale

FIVE = Scale(1, 5)
CRITERIA = ("pace", "craft", "care")


def panel(seed=1, n=30, n_assessors=6, criteria=CRITERIA, scales=FIVE):
    """Each candidate on each criterion by three of some assessors, some cells left out."""
    rng = np.random.default_rng(seed)
    rows = []
    for candidate in range(n):
        truth = rng.normal(3, 1)
        for assessor in rng.permutation(n_assessors)[:3]:
            for criterion in criteria:
                if rng.random() < 0.8:
                    score = np.clip(np.round(truth + rng.normal(0, 0.8)), 1, 5)
                    rows.append((f"c{candidate}", f"a{assessor}", criterion, score))
    candidates, assessors, named, scores = zip(*rows, strict=True)
    return Ratings.from_names(
        candidates=candidates, assessors=assessors, criteria=named, scores=scores, scales=scales
    )


def test_each_pair_has_the_kappa_of_the_units_it_shares():
    units = Units.of_ratings(panel())
    table = np.full((units.n_units, units.n_raters), np.nan)
    table[units.unit, units.rater] = units.score

    found = list(agreement_of_pairs(units, weights="quadratic", values=np.arange(1.0, 6)))

    met = [(one.first, one.second) for one in found]
    assert len(found) == len(set(met)) > 10
    for pair in found:
        both = table[:, [units.raters.index(pair.first), units.raters.index(pair.second)]]
        both = both[~np.isnan(both).any(axis=1)]
        expected = cohen_kappa(both, weights="quadratic", values=np.arange(1.0, 6))
        assert pair.n == len(both)
        assert pair.mean_difference == pytest.approx((both[:, 0] - both[:, 1]).mean())
        assert pair.same == pytest.approx((both[:, 0] == both[:, 1]).mean())
        assert pair.weighted_kappa.estimate == pytest.approx(expected.estimate, nan_ok=True)
        assert pair.kappa.low == pytest.approx(cohen_kappa(both).low, nan_ok=True)


def test_two_who_share_one_unit_or_none_are_no_pair():
    units = Units.of_table([[1, 2, np.nan], [np.nan, 3, 4], [2, np.nan, np.nan]])

    assert list(agreement_of_pairs(units, weights="identity")) == []
    assert list(agreement_of_pairs(Units.of_table([[1], [2]]), weights="identity")) == []


@given(st.integers(0, 10_000))
def test_each_case_is_what_its_pairs_say(seed):
    ratings = panel(seed, n=6)

    for case in agreement_of_cases(ratings, step=1.0):
        own = ratings.candidate.codes == ratings.candidate.labels.index(case.candidate)
        apart, same, table = [], [], np.full((1, len(ratings.assessor), 3), np.nan)
        for code in range(len(ratings.criterion)):
            rows = own & (ratings.criterion.codes == code)
            table[0, ratings.assessor.codes[rows], code] = ratings.score[rows]
            pairs = list(combinations(ratings.score[rows], 2))
            if pairs:
                apart.append(np.mean([abs(one - other) for one, other in pairs]))
                same.append(np.mean([one == other for one, other in pairs]))
        assert case.n_assessors == len(np.unique(ratings.assessor.codes[own]))
        assert case.n_criteria == len(apart)
        expected = within_group_agreement_of_criteria(table, n_options=5)[0]
        assert case.within_group == pytest.approx(expected, nan_ok=True)
        if apart:
            assert case.mean_difference == pytest.approx(np.mean(apart))
            assert case.same == pytest.approx(np.mean(same))


def test_criteria_on_other_scales_are_compared_with_their_own_guessing():
    wide = {"pace": Scale(1, 5), "craft": Scale(1, 9), "care": Scale(1, 5)}

    narrow, mixed = (
        agreement_of_cases(panel(scales=scales), step=1.0) for scales in (Scale(1, 5), wide)
    )

    assert any(one.within_group > two.within_group for one, two in zip(mixed, narrow, strict=True))
    assert all(
        one.within_group >= two.within_group - 1e-12
        for one, two in zip(mixed, narrow, strict=True)
        if one.n_criteria
    )


def test_the_study_holds_the_whole_and_each_part():
    told = []

    study = agreement_study(panel(), seed=1, step=1.0, resamples=50, progress=told.append)

    assert list(study.by_criterion) == list(CRITERIA)
    assert study.overall.n_units == sum(one.n_units for one in study.by_criterion.values())
    assert study.overall.within_group.estimate > 0
    assert np.isnan(study.overall.cohen_kappa.estimate)
    assert len(study.by_case) == 30
    assert told == sorted(told)
    assert told[-1] <= 1


def test_the_overall_figures_can_be_those_of_one_criterion():
    study = agreement_study(panel(), seed=1, criterion="craft", step=1.0, resamples=0)

    assert study.overall.intraclass == study.by_criterion["craft"].intraclass
    assert study.overall.gwet_ac2 == study.by_criterion["craft"].gwet_ac2


def test_the_same_seed_gives_the_same_intervals():
    first, second = (agreement_study(panel(), seed=4, resamples=50) for _ in range(2))

    assert first.overall == second.overall
    assert first.by_criterion == second.by_criterion


def test_one_criterion_is_not_shown_twice():
    assert agreement_study(panel(criteria=("pace",)), seed=1, resamples=0).by_criterion == {}


def overview(table, **meaning):
    return agreement_overview(
        Units.of_table(table), Meaning(**meaning), rng=np.random.default_rng(1), resamples=0
    )


def test_names_have_no_statistic_that_needs_a_distance():
    found = overview([[1, 2], [2, 2], [3, 3], [1, 1]], is_nominal=True)

    assert found.intraclass is None
    assert np.isfinite([found.fleiss_kappa.estimate, found.cohen_kappa.estimate]).all()
    for one in (
        found.krippendorff["ordinal"], found.gwet_ac2, found.weighted_kappa, found.kendall_w,
        found.within_group,
    ):  # fmt: skip
        assert np.isnan(one.estimate)
        assert "names without order" in one.cautions[0]


def test_names_with_weights_of_their_own_have_weighted_statistics():
    weights = np.array([[1, 0.5, 0], [0.5, 1, 0], [0, 0, 1]])

    found = overview(
        [[1, 2], [2, 2], [3, 3], [1, 1]],
        is_nominal=True, weights=weights, values=np.array([1.0, 2, 3]),
    )  # fmt: skip

    assert np.isfinite([found.weighted_kappa.estimate, found.gwet_ac2.estimate]).all()


def test_negative_scores_have_every_alpha_but_ratio():
    found = overview([[-1, 2], [0, 1], [2, 2]])

    assert np.isfinite(found.krippendorff["interval"].estimate)
    assert "no negative values" in found.krippendorff["ratio"].cautions[0]


def test_other_faults_of_a_statistic_are_not_swallowed():
    with pytest.raises(ArgumentError, match="level"):
        agreement_overview(
            Units.of_table([[1, 2], [2, 2]]), Meaning(), rng=np.random.default_rng(1), level=2
        )


def test_without_a_known_scale_nothing_is_said_of_guessing():
    assert "even guessing" in overview([[1, 2], [2, 3]]).within_group.cautions[0]


@pytest.mark.shared_data
def test_unnamed_assessors_of_papers_have_the_known_figures(shared_data):
    path = shared_data / "panel_reviews" / "iclr2021_ratings.tsv"
    table = np.genfromtxt(path, delimiter="\t", skip_header=1, usecols=range(1, 7))
    table = table[~np.isnan(table).all(axis=1)]
    rows, columns = np.nonzero(~np.isnan(table))
    units = Units(
        unit=rows, rater=np.arange(len(rows)), score=table[rows, columns],
        n_units=len(table), raters=tuple(map(str, range(len(rows)))),
    )  # fmt: skip

    found = agreement_overview(units, Meaning(), rng=np.random.default_rng(1), resamples=0)

    assert found.intraclass.icc1.estimate == pytest.approx(0.36191, abs=5e-6)
    assert found.krippendorff["ordinal"].estimate == pytest.approx(0.37353, abs=5e-6)
    assert found.krippendorff["ordinal"] == krippendorff_alpha(
        table, "ordinal", rng=np.random.default_rng(1), resamples=0
    )
