"""The answer of a many-facet fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import UnknownNameError
from second_opinion.engine.facets.abilities.spread import (
    AbilityCorrelation,
    AbilitySpread,
    ability_correlations,
    ability_spreads,
    boundary_notes,
)
from second_opinion.engine.facets.arrangement import Arrangement
from second_opinion.engine.facets.climb import MOST_ITERATIONS, Top
from second_opinion.engine.facets.identification import Identification
from second_opinion.engine.facets.implied_agreement import ImpliedAgreement
from second_opinion.engine.facets.layout import NO_CATEGORY, Effect, Layout, ThresholdGroup
from second_opinion.engine.facets.model import FacetsModel
from second_opinion.engine.facets.open_measures import notes_on_open, what_is_determined
from second_opinion.engine.facets.parameters import Parameters

Estimator = Literal["mml", "jml"]
_NOTHING = 1e-3  # reliability below which candidates are not told apart at all


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetMeasures:
    """The elements of one facet, or of an interaction of two.

    name : the facet, or both joined by " x "
    labels : one for each element, an interaction's two joined by " x "
    measure : (n_elements,), logits, positive is stricter or harder; NaN where nobody rated, or the
        ratings leave it open
    standard_error : (n_elements,), logits; 0 where anchored, infinite where there is no measure
    covariance : (n_elements, n_elements), of the measures as they are centred
    count : (n_elements,), ratings, weighted
    is_anchored : (n_elements,), known beforehand and left as it was
    """

    name: str
    labels: tuple[str, ...]
    measure: Floats
    standard_error: Floats
    covariance: Floats
    count: Floats
    is_anchored: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Where one category becomes likelier than the one below it, with severity and criterion at 0.

    criterion, assessor : whose it is; None where it is shared
    step : score points of the upper category
    measure, standard_error : logits; both NaN for a category that nobody uses
    """

    criterion: str | None
    assessor: str | None
    step: float
    measure: float
    standard_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """How abilities are spread.

    mean, variance : logits; with several abilities those of the first
    means, covariance : of all of them
    mean_standard_error, variance_standard_error : of the first
    eap_reliability : var(EAP) / (var(EAP) + mean posterior variance), of the first
    """

    mean: float
    variance: float
    mean_standard_error: float
    variance_standard_error: float
    means: Floats
    covariance: Floats
    eap_reliability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HaloSpread:
    """How much assessors' impressions of a candidate differ beyond severity and chance.

    variance : of the candidate-by-assessor effect, logits squared; of one assessor's, on all
        criteria alike
    standard_error : NaN where the variance is estimated as zero
    is_at_boundary : the likelihood would go on rising below zero, so the estimate is zero
    agreement : between two assessors of the same candidate that follows
    """

    variance: float
    standard_error: float
    is_at_boundary: bool
    agreement: ImpliedAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetsFit:
    """A many-facet model as the ratings have it.

    candidates : labels, in the ratings' order
    ability, standard_error : (n_candidates,), posterior mean and standard deviation, logits; with
        several abilities (n_candidates, n_dimensions)
    is_rated : (n_candidates,); of others nothing is known but the population
    facets : the measures of each facet, interactions last
    log_likelihood : natural log, abilities integrated out, by an accurate last pass
    converged : False where the search ended before its top; notes then say so
    covariance : (n_coordinates, n_coordinates), of everything estimated, as the layout places it;
        of what the ratings determine, where that is not all; NaN where the search found no top
    arrangement, parameters : what the tables after the fit are made from
    halo : None where the model has none
    abilities, correlations : with several abilities, one for each, and for each pair of them
    estimator : "mml" marginal, or "jml" joint maximum likelihood, which is biased, has no
        standard errors, and serves to compare with older programs
    """

    model: FacetsModel
    candidates: tuple[str, ...]
    ability: Floats
    standard_error: Floats
    is_rated: NDArray[np.bool_]
    facets: tuple[FacetMeasures, ...]
    thresholds: tuple[Threshold, ...]
    population: Population
    log_likelihood: float
    n_parameters: int
    converged: bool
    iterations: int
    notes: tuple[str, ...]
    covariance: Floats
    arrangement: Arrangement
    parameters: Parameters
    halo: HaloSpread | None = None
    abilities: tuple[AbilitySpread, ...] = ()
    correlations: tuple[AbilityCorrelation, ...] = ()
    estimator: Estimator = "mml"

    @property
    def deviance(self) -> float:
        """Minus twice the log-likelihood."""
        return -2 * self.log_likelihood

    def facet(self, name: str) -> FacetMeasures:
        """Raises UnknownNameError where the model has no such facet."""
        for one in self.facets:
            if one.name == name:
                return one
        raise UnknownNameError(
            f"{name!r} is not among the facets; known are "
            f"{', '.join(one.name for one in self.facets)}."
        )


def result_of(
    arrangement: Arrangement,
    model: FacetsModel,
    identification: Identification,
    top: Top,
) -> FacetsFit:
    """The answer from where the search ended and the accurate last pass there."""
    layout, parameters, last = arrangement.layout, top.parameters, top.statistics
    notes = [*layout.notes, *(() if top.converged else (_not_converged(top),))]
    covariance, is_open = what_is_determined(layout, identification, last.information)
    notes += notes_on_open(layout, covariance, is_open)
    is_rated = np.diff(arrangement.block.first) > 0
    mean = last.posterior.mean
    spread = np.sqrt(np.diagonal(last.posterior.covariance, axis1=1, axis2=2))
    single = layout.n_dimensions == 1
    known = (layout, parameters, covariance)
    correlations = ability_correlations(*known)
    return FacetsFit(
        model=model,
        candidates=layout.candidates,
        ability=mean[:, 0] if single else mean,
        standard_error=spread[:, 0] if single else spread,
        is_rated=is_rated,
        facets=tuple(
            measures_of(layout, effect, parameters, covariance, is_open)
            for effect in layout.effects
        ),
        thresholds=tuple(thresholds_of(layout, parameters, covariance, is_open)),
        population=_population(*known, mean[is_rated], spread[is_rated]),
        log_likelihood=last.log_likelihood + _penalty(layout, parameters),
        n_parameters=round(float(np.trace(identification.project(np.eye(layout.n_coordinates))))),
        converged=top.converged,
        iterations=top.iterations,
        notes=(
            *notes,
            *_alike(layout, mean[is_rated], spread[is_rated]),
            *boundary_notes(correlations),
        ),
        covariance=covariance,
        arrangement=arrangement,
        parameters=parameters,
        abilities=() if single else ability_spreads(*known, mean[is_rated], spread[is_rated]),
        correlations=correlations,
    )


def _penalty(layout: Layout, parameters: Parameters) -> float:
    """What the weak priors took from the log-likelihood."""
    away = parameters.values - layout.prior_mean
    return 0.5 * float(layout.prior_precision @ away**2)


def _alike(layout: Layout, mean: Floats, spread: Floats) -> list[str]:
    """What to say where candidates are estimated to differ by chance alone.

    Parameters
    ----------
    mean, spread : (n_candidates, n_dimensions), of the posteriors of those who are rated
    """
    several = layout.n_dimensions > 1
    between, within = mean.var(axis=0), (spread**2).mean(axis=0)
    return [
        f"boundary: zero. Candidates' scores{f' on {name}' if several else ''} differ no more than "
        "chance has it, so their variance is estimated as zero and they share one measure; that "
        "is no proof that they are alike."
        for name, is_nothing in zip(
            layout.dimensions, between < _NOTHING * (between + within), strict=True
        )
        if is_nothing
    ]


def _not_converged(top: Top) -> str:
    if top.iterations >= MOST_ITERATIONS:
        return (
            f"The search did not converge in {top.iterations} steps; read the measures with care."
        )
    return "The search stopped where no step went higher, short of the top; read with care."


def measures_of(
    layout: Layout,
    effect: Effect,
    parameters: Parameters,
    covariance: Floats,
    is_open: NDArray[np.bool_],
) -> FacetMeasures:
    """An effect's elements; what the ratings leave open has no measure."""
    places = effect.places
    rated = (effect.count > 0) & ~is_open[places]
    own = covariance[places, places]
    return FacetMeasures(
        name=effect.name,
        labels=tuple(" x ".join(label) for label in effect.labels),
        measure=np.where(rated, parameters.values[places], np.nan),
        standard_error=np.where(rated, np.sqrt(np.diagonal(own)), np.inf),
        covariance=own,
        count=effect.count,
        is_anchored=layout.fixed[places] & rated,
    )


def thresholds_of(
    layout: Layout, parameters: Parameters, covariance: Floats, is_open: NDArray[np.bool_]
) -> list[Threshold]:
    """Differences of category parameters; past an unused category, from the last one in use."""
    table = layout.category_table(parameters.values)
    found = []
    for index, group in enumerate(layout.groups):
        places = layout.category[index]
        before = 0
        for step in range(1, len(group.count)):
            if places[step] == NO_CATEGORY:
                found.append(_threshold(group, step, np.nan, np.nan))
                continue
            used = places[[before, step]]
            if is_open[used[used >= 0]].any():
                found.append(_threshold(group, step, np.nan, np.nan))
                before = step
                continue
            pick = np.zeros(layout.n_coordinates)
            for category, sign in ((step, 1.0), (before, -1.0)):
                if places[category] >= 0:
                    pick[places[category]] += sign
            measure = float(table[index, step] - table[index, before])
            found.append(_threshold(group, step, measure, float(pick @ covariance @ pick) ** 0.5))
            before = step
    return found


def _threshold(group: ThresholdGroup, step: int, measure: float, error: float) -> Threshold:
    return Threshold(
        criterion=group.criterion,
        assessor=group.assessor,
        step=group.low + step * group.unit,
        measure=measure,
        standard_error=error,
    )


def _population(
    layout: Layout, parameters: Parameters, covariance: Floats, mean: Floats, spread: Floats
) -> Population:
    place = layout.n_values
    variance = float(parameters.covariance[0, 0])
    of_log_sd = float(covariance[place + layout.n_dimensions, place + layout.n_dimensions]) ** 0.5
    between = float(np.var(mean[:, 0]))
    return Population(
        mean=float(parameters.mean[0]),
        variance=variance,
        mean_standard_error=float(covariance[place, place]) ** 0.5,
        variance_standard_error=2 * variance * of_log_sd,
        means=parameters.mean,
        covariance=parameters.covariance,
        eap_reliability=between / (between + float(np.mean(spread[:, 0] ** 2))),
    )
