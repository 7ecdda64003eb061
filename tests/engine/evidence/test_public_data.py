"""The engine on real people's ratings: the public panel data, against independent figures.

The variance components were computed with another program, see
tests/reference/variance_components; the errors on the conference papers by a plain-Python check
of the best linear predictor: 1.328 and 1.279 (theory 1.329 and 1.281), plain mean 1.596 and 1.388.
"""

import numpy as np
import pytest

from second_opinion.engine.combination import estimate_population
from second_opinion.engine.evidence import Method, evidence
from second_opinion.engine.evidence.draws import draw, folds_by_candidate, opinions_of
from second_opinion.ingest.ratings_file import (
    AssessorsColumns,
    CriteriaColumns,
    ScaleOption,
    read_ratings_file,
)

pytestmark = pytest.mark.shared_data

CRITERIA = ("Innovation", "Approach", "Investig", "Signif", "Impact")


@pytest.fixture(scope="module")
def grant_panels(shared_data):
    return read_ratings_file(
        shared_data / "panel_reviews" / "aibs_grant_panels.csv",
        columns=CriteriaColumns(candidate="ID", assessor="RevID", scores=CRITERIA, overall="Score"),
        scales=[ScaleOption.parse("1:5")],
        lower_is_better=True,
    ).ratings


@pytest.fixture(scope="module")
def conference_papers(shared_data):
    return read_ratings_file(
        shared_data / "panel_reviews" / "iclr2021_ratings.tsv",
        columns=AssessorsColumns(candidate="paper_id", assessors=tuple("012345")),
        scales=[ScaleOption.parse("1:10")],
    ).ratings


@pytest.fixture(scope="module")
def writing_ratings(shared_data):
    return read_ratings_file(
        shared_data / "facets" / "sirt_ratings3_writing.csv",
        columns=CriteriaColumns(
            candidate="idstud", assessor="rater", scores=("crit2", "crit3", "crit4", "crit6")
        ),
        scales=[ScaleOption.parse("0:3"), ScaleOption.parse("crit6=0:4")],
    ).ratings


def row(study, opinions, method, *, least=3):
    return next(
        r
        for r in study.rows
        if (r.opinions, r.least_opinions) == (opinions, least) and r.method is method
    )


def best_linear_errors(ratings, study_seed=1):
    """The best linear predictor written out by hand, on the study's own draws and folds."""
    opinions = opinions_of(ratings, overall=None)
    rng = np.random.default_rng(study_seed)
    draws = draw(opinions, rng=rng)
    fold = folds_by_candidate(len(ratings.candidate), rng=rng)[opinions.candidate]
    errors = {1: np.empty(len(draws.held_out)), 2: np.empty(len(draws.held_out))}
    for number in range(5):
        parts = estimate_population(ratings.rows(fold != number))
        r = parts.components.candidate / parts.components.total
        own = fold[draws.held_out] == number
        for k in (1, 2):
            used = opinions.overall[draws.used(k)[own]].mean(axis=1)
            predicted = parts.mean[0] + k * r / (1 + (k - 1) * r) * (used - parts.mean[0])
            errors[k][own] = predicted - opinions.overall[draws.held_out[own]]
    return errors


def test_grant_panels_overall_scores_have_the_published_components(grant_panels):
    overall = grant_panels.criterion.labels.index("Score")
    alone = grant_panels.rows(grant_panels.criterion.codes == overall)
    whole = type(grant_panels).from_names(
        candidates=np.array(alone.candidate.labels)[alone.candidate.codes].tolist(),
        assessors=np.array(alone.assessor.labels)[alone.assessor.codes].tolist(),
        criteria=["Score"] * len(alone),
        scores=alone.score,
        scales=alone.scales[overall],
    )

    found = estimate_population(whole).components

    assert found.candidate == pytest.approx(0.236245, abs=5e-6)
    assert found.residual == pytest.approx(0.400278, abs=5e-6)
    assert found.severity == 0


def test_conference_papers_agree_as_published(conference_papers):
    found = estimate_population(conference_papers).components

    assert found.candidate / found.total == pytest.approx(0.36191, abs=5e-6)


def is_inside(row):
    return all(
        low <= row.coverage[level].value <= high
        for level, low, high in (("50", 0.48, 0.52), ("80", 0.78, 0.82), ("90", 0.88, 0.92))
    )


def test_on_grant_panels_the_combination_beats_the_plain_mean(grant_panels):
    study = evidence(grant_panels, overall="Score")

    assert (study.candidates, study.assessors, study.step) == (72, 26, 0.1)
    for k in (1, 2):
        plain, alone = row(study, k, Method.PLAIN_MEAN), row(study, k, Method.OVERALL_ONLY)
        assert plain.n == row(study, k, Method.COMBINATION).n == 216
        assert plain.more_than_combination["rmse"].low > 0
        assert plain.more_than_combination["mean_log_score"].high < 0
        assert alone.more_than_combination["rmse"].value > 0
        assert alone.more_than_combination["mean_log_score"].value < 0


def test_on_conference_papers_the_combination_is_the_best_linear_predictor(conference_papers):
    study = evidence(conference_papers)
    by_hand = best_linear_errors(conference_papers)

    assert (study.candidates, study.step) == (2965, 1)
    for k, best, log_score, mean in ((1, 1.328, -1.703, 1.596), (2, 1.279, -1.665, 1.388)):
        combination, plain = (
            row(study, k, each) for each in (Method.COMBINATION, Method.PLAIN_MEAN)
        )
        assert combination.n == 11452
        assert combination.rmse.value == pytest.approx(
            float(np.sqrt(np.square(by_hand[k]).mean())), abs=2e-4
        )
        assert combination.rmse.value == pytest.approx(best, abs=0.01)
        assert combination.mean_log_score.value == pytest.approx(log_score, abs=0.01)
        assert plain.rmse.value == pytest.approx(mean, abs=0.01)
        assert plain.more_than_combination["rmse"].low > 0
        assert is_inside(combination)
        on_scale = row(study, k, Method.ON_SCALE)
        assert is_inside(on_scale)
        assert on_scale.more_than_combination["mean_log_score"].low > 0
        for level, share in (("80", 0.8), ("90", 0.9)):
            assert on_scale.coverage[level].value == pytest.approx(share, abs=0.008)


def test_on_writing_the_combination_beats_the_plain_mean_and_is_not_behind_a_measure(
    writing_ratings,
):
    study = evidence(writing_ratings, many_facet=True)

    assert (study.candidates, study.candidates_used, study.assessors) == (561, 545, 52)
    for k, least, n, candidates in ((1, 2, 3153, 545), (1, 3, 2151, 44), (2, 3, 2151, 44)):
        combination = row(study, k, Method.COMBINATION, least=least)
        assert (combination.n, combination.candidates) == (n, candidates)
        assert is_inside(combination)
        plain = row(study, k, Method.PLAIN_MEAN, least=least).more_than_combination
        assert plain["rmse"].low > 0
        assert plain["mean_log_score"].high < 0
        for other in (Method.OVERALL_ONLY, Method.MANY_FACET):
            behind = row(study, k, other, least=least).more_than_combination
            assert behind["rmse"].high > 0
            assert behind["mean_log_score"].low < 0
