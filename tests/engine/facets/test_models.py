"""What the many-facet models must hold to: truth, identities, anchors, and awkward ratings."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from second_opinion.engine.errors import ArgumentError, NotEnoughRatingsError, UnknownNameError
from second_opinion.engine.facets import PARTIAL_CREDIT, RATING_SCALE, FacetsModel, fit_facets
from second_opinion.engine.facets.arrangement import arrange
from second_opinion.engine.facets.compiled_quadrature import CompiledPasses, compiled_passes
from second_opinion.engine.facets.parameters import Parameters, coordinates_of, parameters_at
from second_opinion.engine.facets.quadrature import PlainPasses, partial_statistics
from second_opinion.engine.facets.statistics import combine
from second_opinion.engine.ratings import Ratings, Scale

STEPS = np.array([0, -1.6, -2.1, -1.6, 0])  # category parameters of five


def simulate(rng, *, n=150, n_assessors=8, n_criteria=5, shift=None, spread=None, top=4):
    """Two assessors a candidate, in a ring; shift adds to the location by assessor, criterion."""
    ability = rng.normal(0.3, 1, n)
    severity = rng.normal(0, 0.5, n_assessors)
    difficulty = rng.normal(0, 0.6, n_criteria)
    candidate = np.repeat(np.arange(n), 2 * n_criteria)
    seat = np.tile(np.repeat([0, 1], n_criteria), n)
    assessor = (candidate + seat) % n_assessors
    criterion = np.tile(np.arange(n_criteria), 2 * n)
    location = severity[assessor] + difficulty[criterion]
    if shift is not None:
        location = location + shift[assessor, criterion]
    table = np.tile(STEPS[: top + 1] if top == 4 else np.zeros(top + 1), (len(location), 1))
    if spread is not None:
        table = table * spread[assessor][:, None]
    logits = (ability[candidate] - location)[:, None] * np.arange(top + 1) - table
    chance = np.exp(logits - logits.max(axis=1, keepdims=True))
    chance = np.cumsum(chance / chance.sum(axis=1, keepdims=True), axis=1)
    score = (rng.random(len(location))[:, None] > chance[:, :-1]).sum(axis=1)
    return (candidate, assessor, criterion, score), (ability, severity, difficulty)


def table(columns, *, top=4, weight=None):
    candidate, assessor, criterion, score = columns
    given = {
        "candidate": np.array([f"c{one:04}" for one in candidate]),
        "assessor": np.array([f"a{one}" for one in assessor]),
        "criterion": np.array([f"k{one}" for one in criterion]),
        "score": np.asarray(score, dtype=float),
    }
    if weight is not None:
        given["weight"] = weight
    names = {facet: sorted(set(given[facet])) for facet in ("candidate", "assessor", "criterion")}
    return Ratings.from_arrays(given, scales=Scale(0, top), labels=names)


@pytest.fixture(scope="module")
def drawn():
    columns, truth = simulate(np.random.default_rng(5))
    ratings = table(columns)
    return ratings, truth, fit_facets(ratings)


def test_the_fit_finds_the_truth(drawn):
    _, (ability, severity, difficulty), fit = drawn
    centred = severity - severity.mean()

    away = (fit.facet("assessor").measure - centred) / fit.facet("assessor").standard_error

    assert fit.converged
    assert np.abs(away).max() < 3.5
    assert np.corrcoef(fit.facet("criterion").measure, difficulty)[0, 1] > 0.97
    assert np.corrcoef(fit.ability, ability)[0, 1] > 0.85
    assert [t.measure for t in fit.thresholds] == pytest.approx(np.diff(STEPS), abs=0.35)
    assert sum(t.measure for t in fit.thresholds) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    "model", [RATING_SCALE, PARTIAL_CREDIT, FacetsModel(thresholds="assessor")]
)
def test_gradient_and_information_are_the_derivatives_of_the_log_likelihood(model):
    columns, _ = simulate(np.random.default_rng(1), n=25, n_assessors=4, n_criteria=3)
    arranged = arrange(table(columns), model)
    layout = arranged.layout
    begin = Parameters(
        values=layout.start + 0.1, mean=np.array([0.2]), covariance=np.array([[1.3]])
    )
    at = coordinates_of(layout, begin)

    def height(point):
        return partial_statistics(
            layout, arranged.block, parameters_at(layout, point), n_nodes=41, with_information=True
        )

    found = height(at)
    for place in range(0, layout.n_coordinates, 3):
        step = np.zeros(len(at))
        step[place] = 1e-4
        up, down = height(at + step), height(at - step)
        slope = (up.log_likelihood - down.log_likelihood) / 2e-4
        bend = -(up.gradient - down.gradient) / 2e-4
        assert found.gradient[place] == pytest.approx(slope, abs=1e-4)
        assert found.information[place] == pytest.approx(bend, abs=2e-3)


@pytest.mark.parametrize(
    "model", [RATING_SCALE, PARTIAL_CREDIT, FacetsModel(thresholds="assessor")]
)
@pytest.mark.parametrize("is_weighted", [False, True])
def test_compiled_passes_say_what_plain_ones_say(model, is_weighted):
    rng = np.random.default_rng(2)
    columns, _ = simulate(rng)
    weight = rng.uniform(0.5, 2, len(columns[0])) if is_weighted else None
    arranged = arrange(table(columns, weight=weight), model)
    layout, block = arranged.layout, arranged.block
    at = Parameters(values=layout.start + 0.1, mean=np.array([0.2]), covariance=np.array([[1.3]]))

    plain = partial_statistics(layout, block, at, n_nodes=41)
    whole = CompiledPasses(layout, block, slice(0, block.n_candidates))
    compiled = whole.partial_statistics(at, is_accurate=True)
    compiled = whole.partial_statistics(at, near=compiled.posterior, is_accurate=True)

    scale = np.sqrt(np.diagonal(plain.information))
    assert compiled.log_likelihood == pytest.approx(plain.log_likelihood, rel=1e-7)
    assert compiled.gradient / scale == pytest.approx(plain.gradient / scale, abs=1e-4)
    assert compiled.information / np.outer(scale, scale) == pytest.approx(
        plain.information / np.outer(scale, scale), abs=2e-3
    )
    assert compiled.posterior.mean == pytest.approx(plain.posterior.mean, abs=1e-4)
    assert compiled.posterior.covariance == pytest.approx(plain.posterior.covariance, abs=1e-4)


@pytest.mark.parametrize("is_weighted", [False, True])
def test_the_order_that_candidates_are_taken_in_changes_nothing(monkeypatch, is_weighted):
    rng = np.random.default_rng(2)
    columns, _ = simulate(rng)
    weight = rng.uniform(0.5, 2, len(columns[0])) if is_weighted else None
    arranged = arrange(table(columns, weight=weight), RATING_SCALE)
    layout, block = arranged.layout, arranged.block
    at = Parameters(values=layout.start + 0.1, mean=np.array([0.2]), covariance=np.array([[1.3]]))
    whole = slice(0, block.n_candidates)

    as_they_came = CompiledPasses(layout, block, whole).partial_statistics(at)
    monkeypatch.setattr("second_opinion.engine.facets.compiled_quadrature._AT_HAND", 0)
    passes = CompiledPasses(layout, block, whole)
    by_assessor = passes.partial_statistics(at)
    again = passes.partial_statistics(at, near=by_assessor.posterior)

    for found in (by_assessor, again):
        assert found.log_likelihood == pytest.approx(as_they_came.log_likelihood, rel=1e-5)
        assert found.posterior.mean == pytest.approx(as_they_came.posterior.mean, abs=2e-3)
    assert by_assessor.gradient == pytest.approx(as_they_came.gradient, abs=1e-9)
    assert by_assessor.information == pytest.approx(as_they_came.information, abs=1e-9)
    assert by_assessor.posterior.mean == pytest.approx(as_they_came.posterior.mean, abs=1e-12)


def test_nodes_are_as_many_as_posteriors_far_from_normal_need():
    # Most candidates only have lowest or highest scores, and abilities spread widely.
    rng = np.random.default_rng(1)
    candidate, assessor = np.repeat(np.arange(100), 4), np.tile(np.arange(4), 100)
    ability = rng.normal(0, 4, 100)
    score = np.clip(np.round(ability[candidate] - assessor / 2 + rng.logistic(size=400)), 0, 2)
    fit = fit_facets(table((candidate, assessor, np.zeros(400, dtype=int), score)))
    layout, block = fit.arrangement.layout, fit.arrangement.block

    enough = PlainPasses(layout, block).enough_nodes(fit.parameters, None)

    truth = partial_statistics(layout, block, fit.parameters, n_nodes=151)
    assert enough > 25
    assert fit.log_likelihood == pytest.approx(truth.log_likelihood, abs=1e-3)


def test_blocks_of_candidates_add_up_to_the_whole(drawn):
    _, _, fit = drawn
    layout, block = fit.arrangement.layout, fit.arrangement.block

    whole = partial_statistics(layout, block, fit.parameters)
    parts = [
        partial_statistics(layout, block.part(part), fit.parameters)
        for part in (slice(0, 40), slice(40, 150))
    ]
    both = combine(*parts)

    assert both.log_likelihood == pytest.approx(whole.log_likelihood)
    assert both.gradient == pytest.approx(whole.gradient, abs=1e-8)
    assert both.information == pytest.approx(whole.information, abs=1e-8)
    assert both.posterior.mean == pytest.approx(whole.posterior.mean)


def test_many_cells_are_passed_in_parts(drawn, monkeypatch):
    _, _, fit = drawn
    layout, block = fit.arrangement.layout, fit.arrangement.block
    monkeypatch.setattr("second_opinion.engine.facets.compiled_quadrature._MOST_CELLS", 30)

    parts = compiled_passes(layout, block)
    found = [part.partial_statistics(fit.parameters, is_accurate=True) for part in parts]

    assert len(parts) > 5
    assert sum(one.log_likelihood for one in found) == pytest.approx(fit.log_likelihood, abs=1e-3)


def test_a_weight_of_two_is_the_rating_twice():
    columns, _ = simulate(np.random.default_rng(3), n=60)
    extra = np.arange(len(columns[0])) % 4 == 0

    weighted = fit_facets(table(columns, weight=1.0 + extra))
    # A rating twice is refused as a duplicate, so the second copy is of a further occasion.
    twice = [np.concatenate([one, one[extra]]) for one in columns]
    occasion = np.concatenate([np.zeros(len(columns[0])), np.ones(extra.sum())])
    ratings = Ratings.from_arrays(
        {
            "candidate": np.array([f"c{one:04}" for one in twice[0]]),
            "assessor": np.array([f"a{one}" for one in twice[1]]),
            "criterion": np.array([f"k{one}" for one in twice[2]]),
            "occasion": np.array([f"o{one}" for one in occasion]),
            "score": twice[3].astype(float),
        },
        scales=Scale(0, 4),
    )
    repeated = fit_facets(ratings, model=FacetsModel(facets=("assessor", "criterion")))

    assert weighted.log_likelihood == pytest.approx(repeated.log_likelihood, rel=1e-9)
    assert weighted.facet("criterion").measure == pytest.approx(
        repeated.facet("criterion").measure, abs=1e-5
    )


def test_names_and_order_change_nothing(drawn):
    ratings, _, fit = drawn
    order = np.random.default_rng(0).permutation(len(ratings))

    again = fit_facets(ratings.rows(order))

    assert again.log_likelihood == pytest.approx(fit.log_likelihood, rel=1e-9)
    assert again.facet("assessor").measure == pytest.approx(fit.facet("assessor").measure, abs=1e-5)


def test_scores_from_the_other_end_turn_every_sign():
    columns, _ = simulate(np.random.default_rng(4), n=80)
    candidate, assessor, criterion, score = columns

    fit = fit_facets(table(columns))
    turned = fit_facets(table((candidate, assessor, criterion, 4 - score)))

    assert turned.log_likelihood == pytest.approx(fit.log_likelihood, rel=1e-9)
    assert turned.facet("assessor").measure == pytest.approx(
        -fit.facet("assessor").measure, abs=1e-4
    )
    assert turned.population.mean == pytest.approx(-fit.population.mean, abs=1e-4)


def test_anchored_measures_stay_and_the_others_follow():
    columns, _ = simulate(np.random.default_rng(6))
    ratings = table(columns)
    free = fit_facets(ratings)
    moved = {
        label: float(measure) + 1.0
        for label, measure in zip(
            free.facet("assessor").labels, free.facet("assessor").measure, strict=True
        )
    }
    known = dict(list(moved.items())[:2])

    anchored = fit_facets(ratings, model=FacetsModel(anchors={"assessor": known}))
    assessors = anchored.facet("assessor")

    assert assessors.is_anchored.sum() == 2
    assert assessors.standard_error[:2] == pytest.approx([0, 0])
    assert anchored.population.mean == pytest.approx(free.population.mean + 1, abs=0.02)
    assert assessors.measure == pytest.approx(list(moved.values()), abs=0.02)
    assert anchored.facet("criterion").measure.sum() == pytest.approx(0, abs=1e-9)


def test_anchored_thresholds_stay():
    columns, _ = simulate(np.random.default_rng(7))
    known = (-1.6, -0.5, 0.5, 1.6)

    fit = fit_facets(table(columns), model=FacetsModel(threshold_anchors={"": known}))

    assert [one.measure for one in fit.thresholds] == pytest.approx(known)
    assert [one.standard_error for one in fit.thresholds] == pytest.approx([0] * 4)


@pytest.mark.parametrize(
    ("model", "error", "sentence"),
    [
        (FacetsModel(anchors={"judge": {"a0": 0.0}}), UnknownNameError, "not among the model's"),
        (FacetsModel(anchors={"assessor": {"x": 0.0}}), UnknownNameError, "is no assessor"),
        (FacetsModel(threshold_anchors={"": (1.0,)}), ArgumentError, "1 are anchored"),
        (FacetsModel(threshold_anchors={"": (1.0, 1.0, 1.0, 1.0)}), ArgumentError, "sum to 4"),
        (FacetsModel(threshold_anchors={"k": (0.0,)}), UnknownNameError, "of that name"),
        (FacetsModel(facets=("room",)), UnknownNameError, "no facet 'room'"),
        (FacetsModel(dimensions={"k0": "a", "k1": "b"}), ArgumentError, "none is named for k2"),
    ],
)
def test_a_model_that_the_ratings_cannot_bear_is_refused(drawn, model, error, sentence):
    with pytest.raises(error, match=sentence):
        fit_facets(drawn[0], model=model)


def test_interactions_are_found_and_sum_to_zero_both_ways():
    shift = np.zeros((8, 5))
    shift[2, 1], shift[2, 3] = 1.2, -1.2
    shift[5, 1], shift[5, 3] = -1.2, 1.2
    columns, _ = simulate(np.random.default_rng(8), n=400, shift=shift)

    fit = fit_facets(table(columns), model=FacetsModel(interactions=(("assessor", "criterion"),)))
    pairs = fit.facet("assessor x criterion")
    measure = pairs.measure.reshape(8, 5)
    away = (measure - shift) / pairs.standard_error.reshape(8, 5)

    assert fit.converged
    assert measure.sum(axis=0) == pytest.approx(np.zeros(5), abs=1e-8)
    assert measure.sum(axis=1) == pytest.approx(np.zeros(8), abs=1e-8)
    assert np.abs(away).max() < 4
    assert fit.n_parameters == 7 + 4 + 7 * 4 + 3 + 2


def test_an_assessor_who_keeps_to_the_middle_has_thresholds_further_apart():
    spread = np.ones(8)
    spread[3], spread[6] = 2.5, 0.2
    columns, _ = simulate(np.random.default_rng(9), n=400, spread=spread)

    fit = fit_facets(table(columns), model=FacetsModel(thresholds="assessor"))
    widths = {}
    for one in fit.thresholds:
        widths.setdefault(one.assessor, []).append(one.measure)
    width = {name: np.ptp(measures) for name, measures in widths.items()}

    assert max(width, key=width.get) == "a3"
    assert min(width, key=width.get) == "a6"


def test_an_assessor_who_gives_only_top_scores_has_a_finite_measure_and_a_note():
    candidate, assessor, criterion, score = simulate(np.random.default_rng(10))[0]
    score = np.where(assessor == 4, 4, score)

    fit = fit_facets(table((candidate, assessor, criterion, score)))
    assessors = fit.facet("assessor")

    assert fit.converged
    assert -15 < assessors.measure[4] < -3
    assert any("'a4'" in note and "weak prior" in note for note in fit.notes)


def test_a_category_that_nobody_uses_gets_no_threshold():
    candidate, assessor, criterion, score = simulate(np.random.default_rng(11))[0]
    score = np.where(score == 2, 3, score)

    fit = fit_facets(table((candidate, assessor, criterion, score)))
    measures = np.array([one.measure for one in fit.thresholds])

    assert fit.converged
    assert np.flatnonzero(np.isnan(measures)).tolist() == [1]
    assert np.nansum(measures) == pytest.approx(0, abs=1e-9)


def test_a_criterion_that_is_always_rated_alike_is_left_out_and_named():
    candidate, assessor, criterion, score = simulate(np.random.default_rng(12))[0]
    score = np.where(criterion == 2, 3, score)

    fit = fit_facets(table((candidate, assessor, criterion, score)), model=PARTIAL_CREDIT)

    assert fit.converged
    assert np.isnan(fit.facet("criterion").measure[2])
    assert any("'k2'" in note for note in fit.notes)


def test_one_score_for_all_is_refused():
    candidate, assessor, criterion, score = simulate(np.random.default_rng(13))[0]

    with pytest.raises(NotEnoughRatingsError, match="same score"):
        fit_facets(table((candidate, assessor, criterion, np.full(len(score), 2))))


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), n=st.integers(6, 40), top=st.integers(1, 6))
@example(seed=50000, n=6, top=1)  # a variance without end: the search finds no top
def test_small_random_ratings_converge_or_say_why(seed, n, top):
    columns, _ = simulate(np.random.default_rng(seed), n=n, n_assessors=3, n_criteria=2, top=top)
    try:
        fit = fit_facets(table(columns, top=top))
    except NotEnoughRatingsError:
        return

    assert fit.converged or fit.notes
    assert np.all(np.isfinite(fit.ability))
    assert fit.facet("assessor").measure.sum() == pytest.approx(0, abs=1e-6)


def test_candidates_who_differ_by_chance_alone_are_said_to_share_one_measure():
    ratings = table(simulate(np.random.default_rng(6), n=40, n_assessors=4, n_criteria=3)[0])
    # Whoever is rated higher on one criterion is rated lower on the next.
    score = np.where(ratings.criterion.codes == 2, 2.0, 2.0 + (ratings.criterion.codes - 0.5) * 2)
    alike = table((ratings.candidate.codes, ratings.assessor.codes, ratings.criterion.codes, score))

    fit = fit_facets(alike)

    assert any(note.startswith("boundary: zero. Candidates") for note in fit.notes)
    assert np.ptp(fit.ability) < 0.1
