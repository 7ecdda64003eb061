"""The study on simulated ratings with known truth, and on the public panel data."""

import json

import numpy as np
import pytest

from second_opinion.engine.errors import ArgumentError, NotEnoughRatingsError, UnknownNameError
from second_opinion.engine.evidence import Method, evidence
from second_opinion.engine.evidence.draws import MOST_DRAWS, draw, opinions_of
from second_opinion.engine.ratings import Ratings, Scale


def nested(rng, *, n_candidates=400, per_candidate=4, reliability=0.4):
    """Overall scores on a fine grid, so that rounding hardly matters."""
    truth = rng.normal(0, np.sqrt(reliability), (n_candidates, 1))
    noise = rng.normal(0, np.sqrt(1 - reliability), (n_candidates, per_candidate))
    score = np.round(50 + 10 * (truth + noise), 1)
    return Ratings.from_names(
        candidates=[f"c{i}" for i in range(n_candidates) for _ in range(per_candidate)],
        assessors=[f"c{i}/{j}" for i in range(n_candidates) for j in range(per_candidate)],
        criteria=["overall"] * score.size,
        scores=score.ravel(),
        scales=Scale(0, 100),
    )


def row(study, opinions, method):
    return next(r for r in study.rows if r.opinions == opinions and r.method is method)


def test_the_combination_errs_as_much_as_theory_says_and_covers_what_it_claims():
    """RMSE of the best linear predictor of a new opinion: sqrt(total (1 - r k r / (1+(k-1) r)))."""
    study = evidence(nested(np.random.default_rng(3), n_candidates=2000))

    for k in (1, 2):
        found = row(study, k, Method.COMBINATION)
        gained = 0.4 * k * 0.4 / (1 + (k - 1) * 0.4)
        assert found.rmse == pytest.approx(10 * np.sqrt(1 - gained), rel=0.03)
        for level in (50, 80, 90):
            assert found.coverage[str(level)] == pytest.approx(level / 100, abs=0.02)


def test_two_opinions_tell_more_than_one_and_the_combination_more_than_the_mean():
    study = evidence(nested(np.random.default_rng(5)))

    for method in Method:
        assert row(study, 2, method).rmse < row(study, 1, method).rmse
        assert row(study, 2, method).mean_log_score > row(study, 1, method).mean_log_score
    for k in (1, 2):
        assert row(study, k, Method.COMBINATION).rmse < row(study, k, Method.PLAIN_MEAN).rmse


def test_changed_verdicts_are_right_as_often_as_the_combination_expects():
    study = evidence(nested(np.random.default_rng(8), n_candidates=2000))

    found = row(study, 2, Method.COMBINATION)
    assert 0 < found.verdict_changed < 0.5
    assert found.verdict_change_right == pytest.approx(
        found.verdict_change_right_expected, abs=0.04
    )
    assert row(study, 1, Method.COMBINATION).verdict_changed is None


def test_the_same_seed_gives_the_same_figures():
    table = nested(np.random.default_rng(5), n_candidates=60)

    assert evidence(table, seed=4).as_dict() == evidence(table, seed=4).as_dict()
    assert evidence(table, seed=4).rows != evidence(table, seed=5).rows


def test_nothing_held_out_reaches_its_own_prediction(monkeypatch):
    """Raising one candidate's held-out score moves no prediction made for that candidate."""
    from second_opinion.engine.evidence import study as module

    table = nested(np.random.default_rng(5), n_candidates=60, per_candidate=3)
    seen = []
    genuine = module.predict_by_combination

    def watched(ratings, opinions, used, held_out, *, population):
        prediction = genuine(ratings, opinions, used, held_out, population=population)
        seen.append({int(h): float(m) for h, m in zip(held_out, prediction.mean, strict=True)})
        return prediction

    monkeypatch.setattr(module, "predict_by_combination", watched)
    evidence(table)
    before = {key: value for part in seen[::2] for key, value in part.items()}
    seen.clear()
    score = table.score.copy()
    score[7] += 20
    evidence(
        Ratings(
            candidate=table.candidate,
            assessor=table.assessor,
            criterion=table.criterion,
            score=score,
            scales=table.scales,
        )
    )
    after = {key: value for part in seen[::2] for key, value in part.items()}

    assert before[7] == after[7]
    assert before != after  # other candidates' predictions do learn from it


def test_the_mean_of_the_scores_stands_in_for_a_missing_overall_score():
    table = Ratings.from_names(
        candidates=["c"] * 5,
        assessors=["a", "a", "b", "b", "e"],
        criteria=["p", "q", "p", "q", "q"],
        scores=[1, 2, 3, 5, 4],
        scales=Scale(1, 5),
    )

    found = opinions_of(table, overall=None)

    assert found.overall.tolist() == [1.5, 4, 4]
    assert found.target.tolist() == [[0.5, 0.5], [0.5, 0.5], [0, 1]]


def test_an_opinion_without_an_overall_score_is_left_out():
    table = Ratings.from_names(
        candidates=["c"] * 3,
        assessors=["a", "a", "b"],
        criteria=["p", "whole", "p"],
        scores=[1, 2, 3],
        scales=Scale(1, 5),
    )

    found = opinions_of(table, overall=1)

    assert found.overall.tolist() == [2]
    assert found.rows[0].tolist() == [0, 1]


def test_draws_hold_out_each_opinion_once_and_never_use_it():
    opinions = opinions_of(
        nested(np.random.default_rng(1), n_candidates=9, per_candidate=4), overall=None
    )

    draws = draw(opinions, rng=np.random.default_rng(2))

    assert sorted(draws.held_out) == list(range(36))
    assert not (draws.held_out == draws.first).any()
    assert not (draws.first == draws.second).any()
    assert not (draws.held_out == draws.second).any()
    assert (opinions.candidate[draws.first] == opinions.candidate[draws.held_out]).all()


def test_at_most_twenty_opinions_of_a_candidate_are_held_out():
    opinions = opinions_of(
        nested(np.random.default_rng(1), n_candidates=2, per_candidate=30), overall=None
    )

    draws = draw(opinions, rng=np.random.default_rng(2))

    assert len(draws.held_out) == len(set(draws.held_out.tolist())) == 2 * MOST_DRAWS


def test_progress_ends_at_one():
    told = []
    evidence(nested(np.random.default_rng(5), n_candidates=60), progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 1


def test_the_answer_is_ready_for_json():
    body = evidence(nested(np.random.default_rng(5), n_candidates=60)).as_dict()

    assert json.loads(json.dumps(body))["rows"][0]["method"] == "combination"
    assert set(body["rows"][0]["coverage"]) == {"50", "80", "90"}


@pytest.mark.parametrize(
    ("options", "error", "word"),
    [
        ({"overall": "nothing"}, UnknownNameError, "'nothing'"),
        ({"step": 0.0}, ArgumentError, "step"),
    ],
)
def test_impossible_options_are_refused(options, error, word):
    with pytest.raises(error, match=word):
        evidence(nested(np.random.default_rng(5), n_candidates=60), **options)


def test_candidates_with_two_opinions_only_are_not_enough():
    table = nested(np.random.default_rng(5), n_candidates=60, per_candidate=2)

    with pytest.raises(NotEnoughRatingsError, match="No candidate has three opinions"):
        evidence(table)
