"""The engine on real people's ratings: the public panel data, against independent figures.

The variance components were computed with another program, see
tests/reference/variance_components; the errors on the conference papers by a plain-Python check
of the best linear predictor: 1.328 and 1.279 (theory 1.329 and 1.281), plain mean 1.596 and 1.388.
"""

import numpy as np
import pytest

from second_opinion.engine.combination import estimate_population
from second_opinion.engine.evidence import Method, evidence
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


def row(study, opinions, method):
    return next(r for r in study.rows if r.opinions == opinions and r.method is method)


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


def test_on_grant_panels_the_combination_beats_the_plain_mean(grant_panels):
    study = evidence(grant_panels, overall="Score")

    assert (study.candidates, study.assessors, study.step) == (72, 26, 0.1)
    for k in (1, 2):
        combination, plain = (row(study, k, method) for method in Method)
        assert combination.n == plain.n == 216
        assert combination.rmse < plain.rmse
        assert combination.mean_log_score > plain.mean_log_score


def test_on_conference_papers_the_combination_is_the_best_linear_predictor(conference_papers):
    study = evidence(conference_papers)

    assert (study.candidates, study.step) == (2965, 1)
    for k, best, mean in ((1, 1.329, 1.596), (2, 1.281, 1.388)):
        combination, plain = (row(study, k, method) for method in Method)
        assert combination.n == 11452
        assert combination.rmse == pytest.approx(best, abs=0.01)
        assert plain.rmse == pytest.approx(mean, abs=0.01)
        for level, low, high in (("50", 0.48, 0.52), ("80", 0.78, 0.82), ("90", 0.88, 0.92)):
            assert low <= combination.coverage[level] <= high
