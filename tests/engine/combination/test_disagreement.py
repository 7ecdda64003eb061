"""What differences look like, and whether the stated probabilities are true."""

import numpy as np
import pytest

from second_opinion.engine.combination import (
    REMEDIES,
    DeclaredFact,
    DisagreementPrior,
    DisagreementType,
    Fact,
    Remedy,
    Severity,
    diagnose,
    planning_population,
)
from second_opinion.engine.errors import ArgumentError
from tests.engine.combination.cases import FIVE, crossed

POPULATION = planning_population([FIVE] * 6)
PRIOR = DisagreementPrior()
NOISE, LEVEL, THROUGHOUT, PATTERN = DisagreementType


def one(scores, **known):
    return diagnose(crossed(scores), **({"population": POPULATION} | known))[0]


def test_ordinary_differences_are_noise_and_ask_for_nothing():
    found = one([[[3, 4, 3, 4, 3, 3], [4, 3, 3, 3, 4, 4]]])

    assert found.most_likely is NOISE
    assert found.remedy is Remedy.NOTHING
    assert sum(found.probabilities.values()) == pytest.approx(1)


def test_one_criterion_far_apart_is_a_pattern_on_that_criterion():
    found = one([[[3, 4, 3, 5, 3, 3], [3, 4, 3, 1, 3, 3]]])

    assert found.most_likely is PATTERN
    assert found.criterion == 3
    assert found.remedy is Remedy.TARGETED_THIRD_OPINION


def test_one_finalist_without_history_differs_throughout_and_the_cause_cannot_be_told():
    found = one([[[5, 5, 5, 5, 4, 5], [2, 2, 1, 2, 2, 2]]])

    assert found.most_likely is THROUGHOUT
    assert not found.can_tell_level
    assert LEVEL not in found.probabilities
    assert found.remedy is Remedy.ASK_THE_ASSESSORS


def test_several_finalists_tell_level_from_one_impression():
    low, high = [2, 2, 1, 2, 2, 2], [5, 5, 4, 5, 4, 5]

    level = one([[high, low], [high, low], [high, low]])
    impression = one([[high, low], [low, low], [high, high]])

    assert level.can_tell_level
    assert level.most_likely is LEVEL
    assert level.remedy is Remedy.OFFSET
    assert impression.most_likely is THROUGHOUT


def test_linked_history_tells_level_with_one_finalist():
    known = {"a0": Severity.of_level(1.2, 0.02, n_criteria=6)}
    population = type(POPULATION)(
        mean=POPULATION.mean,
        mean_variance=POPULATION.mean_variance,
        components=POPULATION.components,
        source=POPULATION.source,
        severities=known,
        shared_meeting=POPULATION.shared_meeting,
    )

    found = one([[[5, 5, 4, 5, 4, 4], [3, 4, 3, 4, 3, 3]]], population=population)

    assert found.can_tell_level
    assert found.probabilities[LEVEL] > found.probabilities[THROUGHOUT]


@pytest.mark.parametrize(
    "scores", [[[[3, 4, 3, 3, 3, 3]]], [[[3, 4, 3, np.nan, np.nan, np.nan]] * 1], []]
)
def test_what_only_one_assessor_rated_cannot_be_compared(scores):
    table = scores or [[[3, 3, np.nan] + [np.nan] * 3, [np.nan, np.nan, 3] + [np.nan] * 3]]

    found = one(table)

    assert not found.is_comparable
    assert found.most_likely is None
    assert found.remedy is Remedy.NOTHING


def test_assessors_who_agree_to_the_point_are_within_noise():
    assert one([[[3] * 6, [3] * 6]]).most_likely is NOISE


def test_three_assessors_tell_who_is_off():
    found = one([[[3] * 6, [3] * 6, [5] * 6]])

    assert int(np.argmax(found.by_assessor)) == 2


def drawn(rng, *, n_candidates):
    """A case in which one kind is at work, drawn as the prior says; and which kind."""
    parts = POPULATION.components
    shape = (n_candidates, 2, 6)
    truth = rng.normal(0, parts.candidate**0.5, (n_candidates, 1, 1)) + rng.normal(
        0, parts.candidate_by_criterion**0.5, (n_candidates, 1, 6)
    )
    scores = (
        3.5
        + truth
        + rng.normal(0, parts.severity**0.5, (1, 2, 1))
        + rng.normal(0, parts.halo**0.5, (n_candidates, 2, 1))
        + rng.normal(0, parts.residual**0.5, shape)
    )
    kinds = (NOISE, LEVEL, THROUGHOUT, PATTERN)
    kind = kinds[rng.choice(4, p=[0.6, 0.15, 0.1, 0.15])]
    who = rng.integers(2)
    if kind is LEVEL:
        scores[:, who] += rng.normal(0, PRIOR.level_spread * 4)
    elif kind is THROUGHOUT:
        scores[0, who] += rng.normal(0, PRIOR.throughout_spread * 4)
    elif kind is PATTERN:
        scores[0, who, rng.integers(6)] += rng.normal(0, PRIOR.pattern_spread * 4)
    return np.round(scores * 2) / 2, kind


@pytest.mark.parametrize("n_candidates", [1, 3])
def test_stated_probabilities_come_true(n_candidates):
    """Drawn from the prior and rounded to half points: of what is held p likely, p occurs."""
    rng = np.random.default_rng(8)
    wide = type(FIVE)(-20, 30)
    spans = DisagreementPrior(  # the wide scale keeps its ends away; spreads in points stay
        level_spread=PRIOR.level_spread * 4 / 50,
        throughout_spread=PRIOR.throughout_spread * 4 / 50,
        pattern_spread=PRIOR.pattern_spread * 4 / 50,
    )
    stated, came = [], []
    for _ in range(1200):
        scores, kind = drawn(rng, n_candidates=n_candidates)
        found = diagnose(crossed(scores, scale=wide), population=POPULATION, prior=spans)[0]
        for each in found.probabilities:
            asked = {each, LEVEL} if not found.can_tell_level and each is THROUGHOUT else {each}
            stated.append(found.probabilities[each])
            came.append(kind in asked)
    stated, came = np.array(stated), np.array(came, dtype=float)
    for low, high in ((0, 0.1), (0.1, 0.3), (0.3, 0.6), (0.6, 0.9), (0.9, 1.01)):
        inside = (stated >= low) & (stated < high)
        if inside.sum() < 30:
            continue
        error = 3.5 * (0.25 / inside.sum()) ** 0.5
        assert came[inside].mean() == pytest.approx(stated[inside].mean(), abs=max(error, 0.02))


@pytest.mark.parametrize(
    ("fact", "remedy"),
    [
        (Fact.DIFFERENT_EVIDENCE, Remedy.SHARE_EVIDENCE),
        (Fact.ANCHOR_UNCLEAR, Remedy.CLARIFY_ANCHOR),
        (Fact.OUTSIDE_EXPERTISE, Remedy.TARGETED_THIRD_OPINION),
        (Fact.SAME_NUMBER_OTHER_REASONS, Remedy.SHARE_EVIDENCE),
    ],
)
def test_each_declared_fact_has_its_remedy(fact, remedy):
    assert DeclaredFact(fact=fact, assessors=("Ada",)).remedy is remedy


def test_every_type_has_a_remedy():
    assert set(REMEDIES) == set(DisagreementType) | set(Fact)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"level": 0.2}, "sum to 1"),
        ({"pattern": -0.1}, "pattern"),
        ({"level_spread": 0}, "level_spread"),
    ],
)
def test_an_impossible_prior_is_refused_by_name(change, words):
    with pytest.raises(ArgumentError, match=words):
        DisagreementPrior(**change)
