"""Intervals for persons that also carry what is not known of severities and of the population.

The posterior of an ability takes severities, thresholds and variances as known. They are
estimated, and an error in a severity moves every candidate of that assessor. To the posterior
variance comes therefore how far the posterior mean moves with the estimates, times their
covariance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.special import ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets.abilities.estimation import slopes_of_means
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.categories import log_probabilities
from second_opinion.engine.facets.halo.pairs import pairs_of
from second_opinion.engine.facets.halo.peak import Rows, peak_of
from second_opinion.engine.facets.result import FacetsFit

_CANDIDATES_AT_A_TIME = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonIntervals:
    """Where each ability probably lies.

    low, high : (n_candidates,), logits; with several abilities (n_candidates, n_dimensions)
    standard_error : as these, posterior SD and the uncertainty of the estimates together
    level : probability that an interval holds the ability
    """

    low: Floats
    high: Floats
    standard_error: Floats
    level: float


def person_intervals(fit: FacetsFit, *, level: float = 0.95) -> PersonIntervals:
    """Intervals that hold the ability as often as they say, also when few assessors rate few.

    Raises
    ------
    ArgumentError : level is not between 0 and 1

    References
    ----------
    Kass and Steffey (1989), first-order correction of a posterior for estimated parameters.
    """
    if not 0 < level < 1:
        raise ArgumentError(f"level must be between 0 and 1; got {level:g}.")
    block = fit.arrangement.block
    extra = [
        _estimation_variance(fit, begin, min(begin + _CANDIDATES_AT_A_TIME, block.n_candidates))
        for begin in range(0, block.n_candidates, _CANDIDATES_AT_A_TIME)
    ]
    error = np.sqrt(fit.standard_error**2 + np.concatenate(extra))
    reach = ndtri(0.5 + level / 2) * error
    return PersonIntervals(
        low=fit.ability - reach, high=fit.ability + reach, standard_error=error, level=level
    )


def _estimation_variance(fit: FacetsFit, begin: int, end: int) -> Floats:
    """(end - begin,), variance of the posterior means that comes from the estimates.

    With several abilities a column for each.
    """
    layout = fit.arrangement.layout
    if layout.n_dimensions == 1:
        return _variance(_slopes(fit, begin, end), fit.covariance)
    part = slice(begin, end)
    slopes = slopes_of_means(
        layout,
        fit.arrangement.block.part(part),
        fit.parameters,
        fit.ability[part],
        fit.standard_error[part],
    )
    return np.stack([_variance(slope, fit.covariance) for slope in slopes], axis=1)


def _variance(slope: csr_array, covariance: Floats) -> Floats:
    n = slope.shape[1]
    return np.asarray(slope.multiply(slope @ covariance[:n, :n]).sum(axis=1)).ravel()


def _slopes(fit: FacetsFit, begin: int, end: int) -> csr_array:
    """(candidates, coordinates), how posterior means move with the estimates.

    At the posterior's peak and as if it were normal there, which is near enough for a correction.
    """
    layout, parameters = fit.arrangement.layout, fit.parameters
    part = fit.arrangement.block.part(slice(begin, end))
    ability, variance = fit.ability[begin:end], fit.standard_error[begin:end] ** 2
    location = parameters.values[part.elements].sum(axis=1)
    table = layout.category_table(parameters.values)
    kept, impression, of_halo = _impressions(fit, part, ability)
    probability = np.exp(log_probabilities(impression - location, table[part.group]))
    step = np.arange(table.shape[1])
    expected = probability @ step
    with_category = probability * (step - expected[:, None])
    factor = variance[part.candidate] * kept
    if part.weight is not None:
        factor = factor * part.weight
    places = layout.category[part.group]
    row, category = np.nonzero(places >= 0)
    of_row = factor * (with_category @ step)
    n_effects = part.elements.shape[1]
    population = float(parameters.covariance[0, 0])
    who = np.arange(end - begin)
    entries = [
        (np.repeat(of_row, n_effects), np.repeat(part.candidate, n_effects), part.elements.ravel()),
        (factor[row] * with_category[row, category], part.candidate[row], places[row, category]),
        (variance / population, who, np.full(len(who), layout.n_values)),
        (
            2 * variance * (ability - parameters.mean[0]) / population,
            who,
            np.full(len(who), layout.n_values + 1),
        ),
        (variance * of_halo, who, np.full(len(who), layout.n_values + 2)),
    ]
    n_coordinates = layout.n_values + 2 + (of_halo.any() or layout.has_halo)
    value, candidate, place = (np.concatenate(each) for each in zip(*entries, strict=True))
    inside = place < n_coordinates
    return coo_array(
        (value[inside], (candidate[inside], place[inside])), shape=(len(who), n_coordinates)
    ).tocsr()


def _impressions(fit: FacetsFit, part: Block, ability: Floats) -> tuple[Floats, Floats, Floats]:
    """For each row what halo leaves of its weight, and the impression it is rated by; for each
    candidate the slope by the log of the halo's SD.
    """
    layout, parameters = fit.arrangement.layout, fit.parameters
    if not layout.has_halo:
        own = ability[part.candidate]
        return np.ones(part.n_rows), own, np.zeros(len(ability))
    pairs = pairs_of(part, layout)
    rows = Rows.of(part, pairs, parameters.values, layout.category_table(parameters.values))
    peak = peak_of(rows, pairs, parameters, ability[pairs.candidate])
    halo = parameters.halo_sd**2
    kept = 1 / (1 + peak.precision * halo)
    away = peak.pull - ability[pairs.candidate] * peak.precision
    of_halo = np.zeros(len(ability))
    np.add.at(of_halo, pairs.candidate, -2 * away * peak.precision * halo * kept**2)
    of_row = np.empty((2, part.n_rows))
    of_row[:, pairs.order] = kept[rows.pair], peak.impression[rows.pair]
    return of_row[0], of_row[1], of_halo
