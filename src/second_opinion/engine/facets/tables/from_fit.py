"""From a fit to the plain arrays that its tables are made of."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.halo.pairs import Pairs, pairs_of
from second_opinion.engine.facets.halo.peak import Peak, Rows, peak_of
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.model import CANDIDATE
from second_opinion.engine.facets.result import FacetsFit
from second_opinion.engine.facets.tables.effective_information import Nuisance
from second_opinion.engine.facets.tables.posterior import (
    Posterior,
    known_abilities,
    normal_posterior,
    posterior_given_ratings,
)
from second_opinion.engine.facets.tables.responses import Responses
from second_opinion.engine.ratings import Facet, Ratings

FEW_RATINGS = 20_000  # up to here many nodes cost next to nothing


def responses_of(fit: FacetsFit, ratings: Ratings) -> Responses:
    """The rated rows of a fit as categories, sorted by candidate.

    Parameters
    ----------
    ratings : those that the fit was made from
    """
    layout, block = fit.arrangement.layout, fit.arrangement.block
    weight = np.ones(block.n_rows) if block.weight is None else block.weight
    facets = {name: facet.rows(block.row) for name, facet in ratings.facets.items()}
    return Responses(
        category=block.category.astype(np.int64),
        difficulty=fit.parameters.values[block.elements].sum(axis=1),
        category_table=layout.category_table(fit.parameters.values),
        threshold_set=block.group.astype(np.int64),
        points=_points(layout),
        weight=weight,
        facets=facets,
    )


def units_of(fit: FacetsFit) -> tuple[Integers, int]:
    """Whose ability each row is about: the candidate, or the candidate on one dimension."""
    layout, block = fit.arrangement.layout, fit.arrangement.block
    if layout.n_dimensions == 1 or block.dimension is None:
        return block.candidate, len(layout.candidates)
    unit = block.candidate * layout.n_dimensions + block.dimension
    return unit, len(layout.candidates) * layout.n_dimensions


def posterior_of(fit: FacetsFit, responses: Responses) -> Posterior:
    """What the fit knows of each ability.

    With one ability the posterior itself, on nodes; with several, normal distributions with its
    means and standard deviations; with halo, each assessor's impression of each candidate.
    """
    unit, n_units = units_of(fit)
    mean, spread = fit.ability.reshape(n_units), fit.standard_error.reshape(n_units)
    if fit.estimator == "jml":
        return known_abilities(unit, np.where(np.isfinite(mean), mean, 0.0))
    n_nodes = _n_nodes(len(responses), n_units)
    if has_halo(fit):
        return _posterior_of_impressions(fit, responses)
    if fit.arrangement.layout.n_dimensions > 1:
        return normal_posterior(unit, mean=mean, standard_deviation=spread, n_nodes=n_nodes)
    return posterior_given_ratings(
        responses,
        unit,
        guess=mean,
        spread=spread,
        prior_mean=fit.population.mean,
        prior_variance=fit.population.variance,
        n_nodes=n_nodes,
    )


def _posterior_of_impressions(fit: FacetsFit, responses: Responses) -> Posterior:
    """Of ability plus halo, one for each candidate and assessor.

    What the candidate's other assessors say of the ability is taken as normal, and the pair's own
    ratings as they are: one step of expectation propagation (Minka, 2001).
    """
    pairs, unit, peak = impressions_of(fit)
    halo = fit.parameters.halo_sd**2
    kept = 1 / (1 + peak.precision * halo)
    candidate = pairs.candidate
    others = 1 / peak.variance[candidate] - peak.precision * kept
    mean = (peak.ability / peak.variance)[candidate] - peak.pull * kept
    variance = 1 / others + halo
    return posterior_given_ratings(
        responses,
        unit,
        guess=peak.impression,
        spread=np.sqrt(1 / (peak.precision + 1 / variance)),
        prior_mean=mean / others,
        prior_variance=variance,
        n_nodes=_n_nodes(len(responses), pairs.n_pairs),
    )


def has_halo(fit: FacetsFit) -> bool:
    """The fit found a candidate-by-assessor effect."""
    return fit.parameters.halo_sd > 0


def impressions_of(fit: FacetsFit) -> tuple[Pairs, Integers, Peak]:
    """Pairs of candidate and assessor, each row's pair, and where their impressions peak."""
    layout, block = fit.arrangement.layout, fit.arrangement.block
    pairs = pairs_of(block, layout)
    unit = np.empty(block.n_rows, dtype=np.int64)
    unit[pairs.order] = pairs.pair
    values = fit.parameters.values
    rows = Rows.of(block, pairs, values, layout.category_table(values))
    return pairs, unit, peak_of(rows, pairs, fit.parameters, fit.ability[pairs.candidate])


def nuisances_of(fit: FacetsFit) -> tuple[Nuisance, list[Nuisance]]:
    """Abilities and elements as what was estimated; anchored elements were not."""
    layout, block = fit.arrangement.layout, fit.arrangement.block
    unit, n_units = units_of(fit)
    variance = np.diagonal(fit.population.covariance)
    precision = 0.0 if fit.estimator == "jml" else float(1 / variance.mean())
    others = []
    for column, effect in enumerate(layout.effects):
        codes = block.elements[:, column].astype(np.int64)
        free = ~layout.fixed[codes]
        others.append(
            Nuisance(codes=np.where(free, codes - effect.start, -1), n_levels=len(effect.labels))
        )
    if has_halo(fit):
        pairs, unit, _ = impressions_of(fit)
        of_halo = fit.parameters.halo_sd**-2
        return Nuisance(
            codes=unit,
            n_levels=pairs.n_pairs,
            precision=of_halo,
            group=pairs.candidate,
            group_precision=precision,
        ), others
    return Nuisance(codes=unit, n_levels=n_units, precision=precision), others


def shown_facets(fit: FacetsFit, responses: Responses) -> dict[str, Facet]:
    """The candidates, and every other facet that has measures of its own.

    With several abilities there is one candidate for each of them.
    """
    layout = fit.arrangement.layout
    candidate = responses.facets[CANDIDATE]
    if layout.n_dimensions > 1:
        labels = tuple(f"{one}: {two}" for one in layout.candidates for two in layout.dimensions)
        candidate = Facet(labels, units_of(fit)[0])
    measured = [effect.name for effect in layout.effects if len(effect.facets) == 1]
    return {CANDIDATE: candidate, **{name: responses.facets[name] for name in measured}}


def threshold_errors(fit: FacetsFit, n_categories: int) -> Floats:
    """Standard errors of thresholds by set and category; NaN where there is none."""
    layout = fit.arrangement.layout
    errors = np.full((len(layout.groups), n_categories), np.nan)
    of_fit = iter(fit.thresholds)
    for row, group in enumerate(layout.groups):
        for category in range(1, len(group.count)):
            errors[row, category] = next(of_fit).standard_error
    return errors


def _points(layout: Layout) -> Floats:
    points = np.full(layout.category.shape, np.nan)
    for row, group in enumerate(layout.groups):
        points[row, : len(group.count)] = group.low + group.unit * np.arange(len(group.count))
    return points


def _n_nodes(n_ratings: int, n_units: int) -> int:
    """More where a posterior is wide, fewer where many ratings would make it slow."""
    if n_ratings <= FEW_RATINGS:
        return 21
    return 7 if n_ratings >= 8 * n_units else 11
