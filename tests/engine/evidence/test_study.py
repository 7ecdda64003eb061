"""The study on simulated ratings with known truth, and on the public panel data."""

import json

import numpy as np
import pytest

from second_opinion.engine.errors import ArgumentError, NotEnoughRatingsError, UnknownNameError
from second_opinion.engine.evidence import Method, evidence
from second_opinion.engine.evidence.draws import draw, opinions_of, overall_alone
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
    study = evidence(nested(np.random.default_rng(3), n_candidates=800))

    for k in (1, 2):
        found = row(study, k, Method.COMBINATION)
        gained = 0.4 * k * 0.4 / (1 + (k - 1) * 0.4)
        assert found.rmse.value == pytest.approx(10 * np.sqrt(1 - gained), rel=0.045)
        for level in (50, 80, 90):
            assert found.coverage[str(level)].value == pytest.approx(level / 100, abs=0.025)


def test_two_opinions_tell_more_than_one_and_the_combination_more_than_the_mean():
    study = evidence(nested(np.random.default_rng(5)))

    for method in {one.method for one in study.rows}:
        one, two = row(study, 1, method), row(study, 2, method)
        assert two.rmse.value < one.rmse.value
        assert two.mean_log_score.value > one.mean_log_score.value
    for k in (1, 2):
        behind = row(study, k, Method.PLAIN_MEAN).more_than_combination
        assert behind["rmse"].low > 0
        assert behind["mean_log_score"].high < 0


def test_changed_verdicts_are_right_as_often_as_the_combination_expects():
    study = evidence(nested(np.random.default_rng(8), n_candidates=900))

    found = row(study, 2, Method.COMBINATION)
    assert 0 < found.verdict_changed < 0.5
    assert found.verdict_change_right == pytest.approx(
        found.verdict_change_right_expected, abs=0.06
    )
    assert row(study, 1, Method.COMBINATION).verdict_changed is None


def test_the_same_seed_gives_the_same_figures():
    table = nested(np.random.default_rng(5), n_candidates=60)

    assert evidence(table, seed=4).as_dict() == evidence(table, seed=4).as_dict()
    assert evidence(table, seed=4).rows != evidence(table, seed=5).rows


def held_out_only(calls):
    """Of a fold's calls, three for each number of opinions: its own, the training's, its own."""
    return {key: value for part in calls[::6] for key, value in part.items()}


def test_nothing_held_out_reaches_its_own_prediction(monkeypatch):
    """Raising one candidate's held-out score moves no prediction made for that candidate."""
    from second_opinion.engine.evidence import fold as module

    table = nested(np.random.default_rng(5), n_candidates=60, per_candidate=3)
    seen = []
    genuine = module.predict_by_combination

    def watched(ratings, opinions, used, held_out, *, population):
        prediction = genuine(ratings, opinions, used, held_out, population=population)
        seen.append({int(h): float(m) for h, m in zip(held_out, prediction.mean, strict=True)})
        return prediction

    monkeypatch.setattr(module, "predict_by_combination", watched)
    evidence(table)
    before = held_out_only(seen)
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
    after = held_out_only(seen)

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


def test_a_candidate_with_two_opinions_has_a_first_and_no_second():
    opinions = opinions_of(
        nested(np.random.default_rng(1), n_candidates=3, per_candidate=2), overall=None
    )

    draws = draw(opinions, rng=np.random.default_rng(2))

    assert sorted(draws.held_out) == list(range(6))
    assert not draws.has_second.any()


def test_rows_say_on_whom_they_are_and_all_methods_are_on_the_same():
    few = nested(np.random.default_rng(5), n_candidates=60, per_candidate=3)
    drop = (few.candidate.codes >= 40) & (np.arange(len(few)) % 3 == 2)

    study = evidence(few.rows(~drop))

    found = {(one.opinions, one.least_opinions, one.n, one.candidates) for one in study.rows}
    assert found == {(1, 2, 160, 60), (1, 3, 120, 40), (2, 3, 120, 40)}


def test_the_interval_of_a_figure_holds_it():
    study = evidence(nested(np.random.default_rng(5), n_candidates=60))

    for one in study.rows:
        for figure in (one.rmse, one.mean_log_score, *one.coverage.values()):
            assert figure.low <= figure.value <= figure.high
    own = row(study, 1, Method.COMBINATION).more_than_combination["rmse"]
    assert own.low == own.value == own.high == 0


def skewed(rng, *, n_candidates=500, per_candidate=3):
    """Whole points from 1 to 7, most of them low."""
    truth = rng.normal(0, 0.7, (n_candidates, 1))
    latent = truth + rng.normal(0, 0.7, (n_candidates, per_candidate))
    score = 1 + np.searchsorted([-0.5, 0.4, 0.9, 1.3, 1.6, 1.9], latent)
    return Ratings.from_names(
        candidates=[f"c{i}" for i in range(n_candidates) for _ in range(per_candidate)],
        assessors=[f"c{i}/{j}" for i in range(n_candidates) for j in range(per_candidate)],
        criteria=["overall"] * score.size,
        scores=score.ravel().astype(float),
        scales=Scale(1, 7),
    )


def test_on_a_skewed_scale_of_few_steps_the_scale_s_own_version_is_better():
    study = evidence(skewed(np.random.default_rng(1)))

    for k in (1, 2):
        gain = row(study, k, Method.ON_SCALE).more_than_combination["mean_log_score"]
        assert gain.low > 0


def writing(rng, *, n_candidates=80, n_assessors=6):
    """Three criteria on whole points, assessors of different severity, every one rating thrice."""
    severity = rng.normal(0, 0.6, n_assessors)
    rows = []
    for i in range(n_candidates):
        truth = rng.normal(0, 0.8)
        for j in range(3):
            judge = (i + j) % n_assessors
            for k in range(3):
                y = 2.5 + truth + severity[judge] + rng.normal(0, 0.6)
                rows.append((f"c{i}", f"a{judge}", f"k{k}", float(np.clip(round(y), 0, 5))))
    candidates, assessors, criteria, scores = zip(*rows, strict=True)
    return Ratings.from_names(
        candidates=candidates,
        assessors=assessors,
        criteria=criteria,
        scores=scores,
        scales=Scale(0, 5),
    )


def test_criteria_bring_an_overall_only_and_a_many_facet_row():
    study = evidence(writing(np.random.default_rng(4)), many_facet=True)

    methods = [one.method for one in study.rows if one.opinions == 2]
    assert methods == list(Method)
    facets = row(study, 2, Method.MANY_FACET)
    assert facets.more_than_combination["rmse"].value == pytest.approx(0, abs=0.05)


def test_a_many_facet_measure_that_cannot_be_is_left_out_and_says_so():
    study = evidence(nested(np.random.default_rng(5), n_candidates=60), many_facet=True)

    assert Method.MANY_FACET not in {one.method for one in study.rows}
    assert any("many-facet" in note for note in study.notes)


def test_the_overall_score_alone_keeps_opinions_and_their_order():
    table = writing(np.random.default_rng(4), n_candidates=5)
    opinions = opinions_of(table, overall=None)

    alone, own = overall_alone(table, opinions)

    assert len(alone) == len(own.overall) == 15
    np.testing.assert_array_equal(alone.score, opinions.overall)


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


def test_candidates_with_one_opinion_only_are_not_enough():
    table = nested(np.random.default_rng(5), n_candidates=60, per_candidate=1)

    with pytest.raises(NotEnoughRatingsError, match="No candidate has two opinions"):
        evidence(table)
