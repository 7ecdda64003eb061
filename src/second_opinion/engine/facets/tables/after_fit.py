"""All tables after a fit, from one pass over what is known of the abilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import UnknownNameError
from second_opinion.engine.facets.model import ASSESSOR, CANDIDATE, CRITERION
from second_opinion.engine.facets.result import FacetsFit
from second_opinion.engine.facets.tables.assessor_agreement import AgreementSums, AssessorAgreement
from second_opinion.engine.facets.tables.categories import (
    CategorySums,
    CategoryTable,
    category_cautions,
)
from second_opinion.engine.facets.tables.collection import AbilityTable, FacetsTables
from second_opinion.engine.facets.tables.displacement import displacement_table
from second_opinion.engine.facets.tables.elements import ElementTable, element_table, observed_means
from second_opinion.engine.facets.tables.expectation import Expectation, ExpectationSums
from second_opinion.engine.facets.tables.fair_average import fair_averages
from second_opinion.engine.facets.tables.from_fit import (
    has_halo,
    impressions_of,
    nuisances_of,
    posterior_of,
    responses_of,
    shown_facets,
    threshold_errors,
)
from second_opinion.engine.facets.tables.interaction import interaction_table
from second_opinion.engine.facets.tables.mean_squares import MeanSquareSums
from second_opinion.engine.facets.tables.nodes import gather
from second_opinion.engine.facets.tables.responses import Responses
from second_opinion.engine.facets.tables.separation import Separation, separation
from second_opinion.engine.facets.tables.sums import sums_by
from second_opinion.engine.facets.tables.unexpected import unexpected_ratings
from second_opinion.engine.facets.tables.weighted_likelihood import (
    errors_with_halo,
    weighted_likelihood,
)
from second_opinion.engine.ratings import Facet, Ratings

AVERAGED = (
    "Fit and residuals are averaged over what is known of each ability (its posterior), not taken "
    "at a point estimate, so that few ratings of a candidate do not make every fit look too good."
)
AVERAGED_NORMAL = (
    "Each ability's posterior is taken as normal with the fit's mean and standard deviation."
)
AT_POINTS = (
    "Fit and residuals are taken at the joint maximum likelihood abilities, as older programs do; "
    "with few ratings of a candidate mean squares fall below 1 for that reason alone."
)
GIVEN_HALO = (
    "Fit, residuals, bias and agreement are given each assessor's impression of a candidate "
    "(ability and halo together): what halo explains is no misfit here. Weighted likelihood takes "
    "impressions as errors, and its standard errors know of them."
)

Measures = dict[str, tuple[Floats, Floats]]


def fit_tables(
    fit: FacetsFit,
    ratings: Ratings,
    *,
    interactions: Sequence[tuple[str, str]] = ((ASSESSOR, CRITERION),),
    unexpected_limit: float = 3.0,
) -> FacetsTables:
    """All tables after a fit, from one pass over the posterior.

    Parameters
    ----------
    ratings : those that the fit was made from
    interactions : pairs of facets to look for bias in, beside what the model has
    unexpected_limit : standard deviations from which a rating is called unexpected

    Raises
    ------
    UnknownNameError : a pair names a facet that the ratings do not have
    ArgumentError : the limit is not above 0
    """
    every = responses_of(fit, ratings)
    _require_facets(every, interactions)
    responses = _without_extremes(fit, every)
    gathered = _gather(fit, responses)
    expectation, shown = gathered.expectation, gathered.shown
    units, others = nuisances_of(fit)
    abilities = _abilities(fit, every, shown[CANDIDATE])
    return FacetsTables(
        basis=_basis(fit),
        elements=_elements(fit, every, responses, gathered),
        separation=_separations(fit, responses, expectation, shown, abilities),
        categories=gathered.categories,
        category_cautions=category_cautions(gathered.categories),
        agreement=gathered.agreement,
        abilities=abilities,
        interactions=tuple(
            interaction_table(responses, expectation, pair, units=units, others=others)
            for pair in interactions
        ),
        unexpected=unexpected_ratings(responses, expectation, limit=unexpected_limit),
        displacement=displacement_table(
            responses, expectation, _anchors(fit), units=units, others=others
        ),
        responses=responses,
        expectation=expectation,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gathered:
    """What one pass over the posterior gives."""

    shown: dict[str, Facet]
    expectation: Expectation
    squares: MeanSquareSums
    categories: CategoryTable
    agreement: AssessorAgreement


def _gather(fit: FacetsFit, responses: Responses) -> _Gathered:
    posterior, shown = posterior_of(fit, responses), shown_facets(fit, responses)
    expectations = ExpectationSums(responses, posterior)
    squares = MeanSquareSums(responses, posterior, shown)
    categories = CategorySums(responses)
    agreements = AgreementSums(responses, posterior, assessor=ASSESSOR)
    gather(responses, posterior, [expectations, squares, categories, agreements])
    expectation = expectations.result()
    return _Gathered(
        shown=shown,
        expectation=expectation,
        squares=squares,
        categories=categories.result(
            expectation,
            standard_error=threshold_errors(fit, responses.n_categories),
            labels=tuple((one.criterion, one.assessor) for one in fit.arrangement.layout.groups),
        ),
        agreement=agreements.result(expectation),
    )


def _without_extremes(fit: FacetsFit, responses: Responses) -> Responses:
    """Under joint likelihood, extreme candidates fit by construction and are kept out of fit."""
    if fit.estimator != "jml":
        return responses
    candidate = shown_facets(fit, responses)[CANDIDATE]
    extreme = weighted_likelihood(responses, candidate.codes, len(candidate)).extreme
    return replace(responses, weight=np.where(extreme[candidate.codes], 0.0, responses.weight))


def _elements(
    fit: FacetsFit, every: Responses, responses: Responses, gathered: _Gathered
) -> dict[str, ElementTable]:
    measures = _measures(fit, gathered.shown)
    return {
        name: element_table(
            responses,
            gathered.expectation,
            facet,
            observed_mean=observed_means(every, facet),
            measure=measures[name][0],
            standard_error=measures[name][1],
            fair_average=fair_averages(responses, _fair_place(fit, measures, name), facet),
            fit=gathered.squares.result(name),
        )
        for name, facet in gathered.shown.items()
    }


def _require_facets(responses: Responses, interactions: Sequence[tuple[str, str]]) -> None:
    for name in (name for pair in interactions for name in pair):
        if name not in responses.facets:
            raise UnknownNameError(
                f"The ratings have no facet {name!r}; they have {', '.join(responses.facets)}."
            )


def _basis(fit: FacetsFit) -> tuple[str, ...]:
    if fit.estimator == "jml":
        return (AT_POINTS,)
    sentences = [AVERAGED]
    if fit.arrangement.layout.n_dimensions > 1:
        sentences.append(AVERAGED_NORMAL)
    if has_halo(fit):
        sentences.append(GIVEN_HALO)
    return tuple(sentences)


def _measures(fit: FacetsFit, shown: dict[str, Facet]) -> Measures:
    """Measures and standard errors of each facet shown."""
    measures = {CANDIDATE: (fit.ability.ravel(), fit.standard_error.ravel())}
    for name in shown:
        if name != CANDIDATE:
            facet = fit.facet(name)
            measures[name] = (facet.measure, facet.standard_error)
    return measures


def _fair_place(fit: FacetsFit, measures: Measures, name: str) -> Floats:
    """Where the elements of one facet stand if all others are at their means.

    With several abilities a criterion meets the mean of the one that it measures.
    """
    means = {
        one: float(np.mean(measure[np.isfinite(measure)])) if np.isfinite(measure).any() else 0.0
        for one, (measure, _) in measures.items()
    }
    own = measures[name][0]
    hard = sum(mean for one, mean in means.items() if one not in (CANDIDATE, name))
    if name == CANDIDATE:
        return own - hard
    named, of = fit.arrangement.layout.dimensions, fit.model.dimensions
    if name == CRITERION and len(named) > 1:
        by_ability = dict(zip(named, np.nanmean(fit.ability, axis=0), strict=True))
        met = np.array([by_ability[of[label]] for label in fit.facet(name).labels])
        return np.asarray(met - own - hard)
    return means[CANDIDATE] - own - hard


def _abilities(fit: FacetsFit, responses: Responses, candidate: Facet) -> AbilityTable:
    estimates = weighted_likelihood(responses, candidate.codes, len(candidate))
    error = estimates.standard_error
    if has_halo(fit):
        pair = impressions_of(fit)[1]
        halo = fit.parameters.halo_sd**2
        error = errors_with_halo(estimates, responses, candidate.codes, pair, halo)
    return AbilityTable(
        label=candidate.labels,
        ability=estimates.ability,
        standard_error=error,
        extreme=estimates.extreme,
    )


def _separations(
    fit: FacetsFit,
    responses: Responses,
    expectation: Expectation,
    shown: dict[str, Facet],
    abilities: AbilityTable,
) -> dict[str, Separation]:
    """Of candidates by their weighted likelihood, whose errors are independent of one another.

    Several abilities each have one of their own, as "candidate: ability".

    Joint maximum likelihood has no errors of its own to show; here it is given those that older
    programs print, from the information on each element with all else known.
    """
    found: dict[str, Separation] = {}
    for name, facet in shown.items():
        if name == CANDIDATE:
            found |= _of_candidates(fit.arrangement.layout.dimensions, abilities)
            continue
        measures = fit.facet(name)
        error = measures.standard_error
        if fit.estimator == "jml":
            error = _conditional_error(responses, expectation, facet)
        centred = fit.estimator != "jml" and not measures.is_anchored.any()
        found[name] = separation(measures.measure, error, centred=centred)
    return found


def _of_candidates(dimensions: tuple[str, ...], abilities: AbilityTable) -> dict[str, Separation]:
    n = len(dimensions)
    return {
        CANDIDATE if n == 1 else f"{CANDIDATE}: {name}": separation(
            abilities.ability[place::n], abilities.standard_error[place::n], centred=False
        )
        for place, name in enumerate(dimensions)
    }


def _conditional_error(responses: Responses, expectation: Expectation, facet: Facet) -> Floats:
    information = sums_by(facet.codes, responses.weight * expectation.variance, len(facet))
    with np.errstate(divide="ignore"):
        return np.sqrt(1 / information)


def _anchors(fit: FacetsFit) -> dict[str, Floats]:
    """By facet, the anchored measures, NaN where an element is free."""
    return {
        one.name: np.where(one.is_anchored, one.measure, np.nan)
        for one in fit.facets
        if " x " not in one.name and one.is_anchored.any()
    }
