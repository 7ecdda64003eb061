"""The fit in passes is the fit in memory, whatever the parts; what cannot be is refused."""

import numpy as np
import pytest

from second_opinion.engine.errors import (
    ArgumentError,
    DisconnectedDesignError,
    NothingRatedError,
    ScatteredCandidateError,
)
from second_opinion.engine.facets import (
    PARTIAL_CREDIT,
    RATING_SCALE,
    FacetsModel,
    fit_facets,
    fit_facets_in_passes,
)
from second_opinion.engine.ratings import Facet, Ratings, Scale


def drawn(n_candidates, *, seed=1, n_assessors=12, n_criteria=4):
    """Each candidate rated by three assessors on all criteria, on one of two occasions."""
    rng = np.random.default_rng(seed)
    candidate = np.repeat(np.arange(n_candidates), 3 * n_criteria)
    assessor = (candidate + np.tile(np.repeat([0, 1, 4], n_criteria), n_candidates)) % n_assessors
    criterion = np.tile(np.arange(n_criteria), 3 * n_candidates)
    occasion = rng.integers(2, size=len(candidate))
    ability = rng.normal(0.4, 1.2, n_candidates)
    logit = ability[candidate] - 0.15 * (assessor - 5.5) - 0.3 * (criterion - 1.5)
    step = logit[:, None] - np.array([-1.5, -0.4, 0.6, 1.3])
    weight = np.exp(np.cumsum(np.concatenate([np.zeros((len(logit), 1)), step], axis=1), axis=1))
    weight /= weight.sum(axis=1, keepdims=True)
    score = 1 + (rng.random((len(logit), 1)) > np.cumsum(weight, axis=1)).sum(axis=1)
    return {
        "candidate": candidate,
        "assessor": [f"assessor {code}" for code in assessor],
        "criterion": [f"criterion {code}" for code in criterion],
        "occasion": occasion,
        "score": np.minimum(score, 5),
        "weight": rng.choice([0.5, 1.0, 2.0], size=len(score)),
    }


def parts_of(arrays, *, n_parts):
    candidates = np.array_split(np.unique(arrays["candidate"]), n_parts)
    for some in candidates:
        rows = np.isin(arrays["candidate"], some)
        part = {name: np.asarray(array)[rows] for name, array in arrays.items()}
        yield Ratings.from_arrays(part, scales=Scale(1, 5))


MODELS = {
    "rating scale": RATING_SCALE,
    "partial credit": PARTIAL_CREDIT,
    "assessor thresholds": FacetsModel(thresholds="assessor"),
    "interaction": FacetsModel(interactions=(("assessor", "criterion"),)),
    "anchors": FacetsModel(anchors={"assessor": {"assessor 3": 0.25}}),
    "one facet": FacetsModel(facets=("assessor",)),
}


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
@pytest.mark.parametrize("n_parts", [1, 7])
def test_fit_in_passes_is_the_fit_in_memory(model, n_parts):
    arrays = drawn(60)
    whole = fit_facets(Ratings.from_arrays(arrays, scales=Scale(1, 5)), model=model)

    found = fit_facets_in_passes(list(parts_of(arrays, n_parts=n_parts)), model=model)

    assert found.converged
    assert found.log_likelihood == pytest.approx(whole.log_likelihood, rel=1e-8)
    assert found.n_parameters == whole.n_parameters
    for part, all_at_once in zip(found.facets, whole.facets, strict=True):
        measure = dict(zip(all_at_once.labels, all_at_once.measure, strict=True))
        error = dict(zip(all_at_once.labels, all_at_once.standard_error, strict=True))
        assert set(part.labels) == set(measure)
        for label, one, spread in zip(part.labels, part.measure, part.standard_error, strict=True):
            assert one == pytest.approx(measure[label], abs=1e-3)
            assert spread == pytest.approx(error[label], rel=1e-3)
    np.testing.assert_allclose(found.ability, whole.ability, atol=1e-3)
    np.testing.assert_allclose(found.standard_error, whole.standard_error, rtol=1e-3)
    assert found.population.variance == pytest.approx(whole.population.variance, rel=1e-3)
    assert found.population.eap_reliability == pytest.approx(
        whole.population.eap_reliability, rel=1e-3
    )


def test_many_ratings_are_fitted_by_compiled_passes_to_the_same():
    arrays = drawn(5000)
    whole = fit_facets(Ratings.from_arrays(arrays, scales=Scale(1, 5)))

    found = fit_facets_in_passes(list(parts_of(arrays, n_parts=3)))

    assert found.converged
    assert found.n_passes <= 8  # a part says where to begin, and how steep it is there
    assert found.log_likelihood == pytest.approx(whole.log_likelihood, rel=1e-7)
    measure = dict(
        zip(whole.facet("assessor").labels, whole.facet("assessor").measure, strict=True)
    )
    assessors = found.facets[0]
    for label, one in zip(assessors.labels, assessors.measure, strict=True):
        assert one == pytest.approx(measure[label], abs=0.05 * assessors.standard_error.min())
    np.testing.assert_allclose(found.ability, whole.ability, atol=2e-3)


def test_candidates_come_with_their_labels_part_by_part():
    parts = list(parts_of(drawn(20), n_parts=4))

    found = fit_facets_in_passes(parts)

    labels = [label for names, _, _ in found.candidates(parts) for label in names]
    ability = np.concatenate([ability for _, ability, _ in found.candidates(parts)])
    assert labels == [str(code) for code in range(20)]
    assert ability.tolist() == found.ability.tolist()


def test_passes_are_counted_and_told_of():
    told = []

    found = fit_facets_in_passes(
        list(parts_of(drawn(30), n_parts=2)), progress=lambda number, _: told.append(number)
    )

    assert told == list(range(1, found.n_passes))
    assert found.n_ratings == 30 * 12


def test_candidate_without_ratings_is_the_population():
    one, two = parts_of(drawn(30), n_parts=2)
    candidate = Facet((*two.candidate.labels, "nobody"), two.candidate.codes)
    two = Ratings(
        candidate=candidate,
        assessor=two.assessor,
        criterion=two.criterion,
        score=two.score,
        scales=two.scales,
        further=two.further,
        weight=two.weight,
    )

    found = fit_facets_in_passes([one, two])

    assert found.is_rated.tolist() == [True] * 30 + [False]
    assert found.ability[-1] == pytest.approx(found.population.mean, abs=1e-6)


# Parts that cannot be


def test_a_candidate_in_two_parts_is_refused_by_name():
    one, two = parts_of(drawn(10), n_parts=2)

    with pytest.raises(ScatteredCandidateError, match="Candidate '0' comes in two parts"):
        fit_facets_in_passes([one, two, one])


def test_parts_that_share_no_assessor_are_refused_with_the_ratings_that_would_connect_them():
    arrays = drawn(20, n_assessors=5)
    other = {**arrays, "assessor": [f"other {name}" for name in arrays["assessor"]]}
    other["candidate"] = arrays["candidate"] + 100
    parts = [*parts_of(arrays, n_parts=2), *parts_of(other, n_parts=2)]

    with pytest.raises(DisconnectedDesignError, match="2 subsets that share no") as refused:
        fit_facets_in_passes(parts)

    ((assessor, candidate),) = refused.value.links
    assert assessor.startswith("other") != (int(candidate) >= 100)


def test_parts_joined_only_by_a_third_are_connected():
    low = drawn(4, n_assessors=5)
    high = {**low, "assessor": [f"other {name}" for name in low["assessor"]]}
    high["candidate"] = low["candidate"] + 100
    bridge = {name: np.asarray(array)[:2] for name, array in low.items()}
    bridge |= {"candidate": [999, 999], "assessor": ["assessor 0", "other assessor 0"]}
    parts = [
        *parts_of(low, n_parts=1),
        *parts_of(high, n_parts=1),
        Ratings.from_arrays(bridge, scales=Scale(1, 5)),
    ]

    assert fit_facets_in_passes(parts).n_ratings == 2 * 48 + 2


@pytest.mark.parametrize(
    ("model", "words"), [(FacetsModel(halo=True), "halo needs all ratings in memory")]
)
def test_a_halo_is_refused(model, words):
    with pytest.raises(ArgumentError, match=words):
        fit_facets_in_passes(list(parts_of(drawn(10), n_parts=2)), model=model)


def test_an_iterator_is_refused():
    with pytest.raises(ArgumentError, match="an iterator ends after one"):
        fit_facets_in_passes(parts_of(drawn(10), n_parts=2))


def test_no_parts_are_refused():
    with pytest.raises(NothingRatedError):
        fit_facets_in_passes([])


def test_parts_with_other_facets_or_scales_are_refused():
    one, two = parts_of(drawn(10), n_parts=2)
    plain = {name: array for name, array in drawn(3).items() if name != "occasion"}
    with pytest.raises(ArgumentError, match="needs the same facets"):
        fit_facets_in_passes([one, *parts_of(plain, n_parts=1)])
    longer = Ratings.from_arrays(drawn(3, seed=2), scales=Scale(1, 6))
    with pytest.raises(ArgumentError, match="'criterion 0' has two scales"):
        fit_facets_in_passes([two, longer])
