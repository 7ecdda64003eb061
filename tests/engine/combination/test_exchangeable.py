"""A population from cases whose criteria differ: what is recovered, and what is refused."""

import dataclasses

import numpy as np
import pytest

from second_opinion.engine.combination import (
    Rests,
    estimate_exchangeable,
    linked_cases,
    offsets,
    planning_components,
)
from second_opinion.engine.errors import ArgumentError, NotEnoughRatingsError
from second_opinion.engine.ratings import Ratings, Scale

TRUE = planning_components()
OF_THE_FIRM = 6


def history(rng, *, n_cases, most_criteria=8):
    """Each case has a client of its own, one of the firm's assessors, and 4 criteria or more."""
    severity = rng.normal(0, np.sqrt(TRUE.severity), OF_THE_FIRM)
    rows, case_of = [], []
    for case in range(n_cases):
        n_criteria = rng.integers(4, most_criteria + 1)
        firm = rng.integers(OF_THE_FIRM)
        panel = (
            (f"client {case}", rng.normal(0, np.sqrt(TRUE.severity))),
            (f"firm {firm}", severity[firm]),
        )
        for candidate in range(rng.integers(1, 4)):
            truth = 3.5 + rng.normal(0, np.sqrt(TRUE.candidate))
            truth += rng.normal(0, np.sqrt(TRUE.candidate_by_criterion), n_criteria)
            for name, level in panel:
                scores = truth + level + rng.normal(0, np.sqrt(TRUE.halo))
                scores += rng.normal(0, np.sqrt(TRUE.residual), n_criteria)
                rows += [
                    (f"{case} {candidate}", name, str(place), score)
                    for place, score in enumerate(scores)
                ]
            case_of.append(case)
    candidates, assessors, places, scores = zip(*rows, strict=True)
    ratings = Ratings.from_names(
        candidates=candidates,
        assessors=assessors,
        criteria=places,
        scores=scores,
        scales=Scale(-100, 100),
    )
    case_by_label = [int(label.split()[0]) for label in ratings.candidate.labels]
    return ratings, np.array(case_by_label), severity


@pytest.fixture(scope="module")
def drawn_history():
    return history(np.random.default_rng(4), n_cases=120)


@pytest.fixture(scope="module")
def found(drawn_history):
    ratings, case_of, _ = drawn_history
    return estimate_exchangeable(ratings, n_criteria=5, case_of=case_of)


def test_variances_and_severities_are_recovered_though_criteria_differ(drawn_history, found):
    """120 cases; each variance within four standard errors of what was drawn from."""
    *_, severity = drawn_history

    drawn = dataclasses.asdict(TRUE)
    for name, error in found.standard_errors.items():
        value = getattr(found.components, name)
        assert abs(value - drawn[name]) <= max(4 * error, 1e-12), name
    assert found.mean == pytest.approx(np.full(5, 3.5), abs=0.15)
    for number, true in enumerate(severity):
        one = found.severities[f"firm {number}"]
        assert abs(one.level - true) < 4 * np.sqrt(one.level_variance) + 0.1


def test_links_are_counted_in_cases_and_a_client_of_one_case_is_only_shown(drawn_history, found):
    ratings, *_ = drawn_history

    assert found.linked_cases["client 0"] == 1
    assert "client 0" not in found.severities
    assert "client 0" in found.shown_severities
    by_candidates = linked_cases(ratings)
    assert all(found.linked_cases[name] <= number for name, number in by_candidates.items())
    assert sum(found.linked_cases[f"firm {one}"] for one in range(OF_THE_FIRM)) == 120


def test_a_severity_is_one_level_whatever_the_criteria(drawn_history, found):
    ratings, *_ = drawn_history

    own = found.severities["firm 0"]
    linked = offsets(ratings, found.components, rests=Rests.LINKS)["firm 0"]
    assert own.mean == pytest.approx(np.full(5, linked.level))
    assert own.covariance == pytest.approx(np.full((5, 5), own.level_variance))


def test_too_little_is_refused():
    few, _, _ = history(np.random.default_rng(7), n_cases=5)
    alike, case_of, _ = history(np.random.default_rng(8), n_cases=40)
    alike = dataclasses.replace(alike, score=np.full(len(alike), 3.0))

    with pytest.raises(NotEnoughRatingsError, match="at least 20"):
        estimate_exchangeable(few, n_criteria=3)
    with pytest.raises(NotEnoughRatingsError, match="nothing can be told"):
        estimate_exchangeable(alike, n_criteria=3, case_of=case_of)
    with pytest.raises(ArgumentError, match="two places"):
        estimate_exchangeable(few, n_criteria=0)
