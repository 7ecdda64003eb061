"""Gradient and exact information of the halo model, from the posterior at the nodes."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.halo.integral import Integral
from second_opinion.engine.facets.halo.pairs import Pairs
from second_opinion.engine.facets.halo.peak import Peak, Rows
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.statistics import Posterior, Statistics


def statistics_of(
    integral: Integral,
    rows: Rows,
    pairs: Pairs,
    layout: Layout,
    parameters: Parameters,
    peak: Peak,
) -> Statistics:
    """Log-likelihood, gradient, information and posterior.

    The information is what it would be if abilities and impressions were seen, less the variance
    of the score that comes from not seeing them.

    References
    ----------
    Louis (1982, eq. 3.2).
    """
    design = _design(rows, layout)
    score = _value_scores(integral, rows, pairs, design)
    share = integral.share * integral.chance[pairs.candidate][:, :, None]
    node_share = integral.at_nodes(share).sum(axis=1)
    of_pair = _given_ability(integral, score, parameters)
    of_all = _of_candidates(integral, pairs, of_pair, layout, parameters)
    expected = np.einsum("cp,cpi->ci", integral.chance, of_all)
    unseen = (
        _weighted_square(of_all, integral.chance)
        - expected.T @ expected
        - _weighted_square(of_pair, integral.chance[pairs.candidate])
        + _pair_squares(integral, score, share, node_share, parameters)
    )
    seen = _seen_of_population(integral, share, layout, parameters)
    seen[: layout.n_values, : layout.n_values] = _seen(integral, rows, design, node_share)
    mean = (integral.chance * integral.ability).sum(axis=1)
    variance = (integral.chance * (integral.ability - mean[:, None]) ** 2).sum(axis=1)
    return Statistics(
        log_likelihood=float(integral.log_likelihood.sum()),
        gradient=expected.sum(axis=0),
        information=seen - unseen,
        posterior=Posterior(
            mean=mean[:, None],
            covariance=variance[:, None, None],
            impression=np.stack([peak.pull, peak.precision], axis=1),
        ),
    )


def _given_ability(integral: Integral, score: Floats, parameters: Parameters) -> Floats:
    """(n_pairs, P, n_coordinates), each pair's expected score at each ability."""
    of_halo = (integral.share * ((integral.halo / parameters.halo_sd) ** 2 - 1)).sum(axis=2)
    return np.concatenate(
        [
            integral.at_nodes(integral.share) @ score,
            np.zeros((*of_halo.shape, 2)),
            of_halo[:, :, None],
        ],
        axis=2,
    )


def _of_candidates(
    integral: Integral, pairs: Pairs, of_pair: Floats, layout: Layout, parameters: Parameters
) -> Floats:
    """(n_candidates, P, n_coordinates), each candidate's expected score at each ability."""
    population = float(parameters.covariance[0, 0])
    away = integral.ability - parameters.mean[0]
    whole = np.zeros((*integral.ability.shape, layout.n_coordinates))
    np.add.at(whole, pairs.candidate, of_pair)
    whole[:, :, layout.n_values] = away / population
    whole[:, :, layout.n_values + 1] = away**2 / population - 1
    return whole


def _pair_squares(
    integral: Integral, score: Floats, share: Floats, node_share: Floats, parameters: Parameters
) -> Floats:
    """(n_coordinates, n_coordinates), squares of the pairs' scores, expected."""
    n = score.shape[2]
    of_halo = (integral.halo / parameters.halo_sd) ** 2 - 1
    squares = np.zeros((n + 3, n + 3))
    squares[:n, :n] = _weighted_square(score, node_share)
    with_halo = integral.at_nodes(share * of_halo).sum(axis=1)
    squares[:n, -1] = np.tensordot(with_halo, score, axes=2)
    squares[-1, :n] = squares[:n, -1]
    squares[-1, -1] = (share * of_halo**2).sum()
    return squares


def _seen_of_population(
    integral: Integral, share: Floats, layout: Layout, parameters: Parameters
) -> Floats:
    """(n_coordinates, n_coordinates), of mean, log SD and log SD of halo, if all were seen."""
    population, n = float(parameters.covariance[0, 0]), layout.n_values
    away = integral.ability - parameters.mean[0]
    seen = np.zeros((layout.n_coordinates, layout.n_coordinates))
    seen[n, n] = len(away) / population
    seen[n, n + 1] = seen[n + 1, n] = 2 * (integral.chance * away).sum() / population
    seen[n + 1, n + 1] = 2 * (integral.chance * away**2).sum() / population
    seen[-1, -1] = 2 * (share * (integral.halo / parameters.halo_sd) ** 2).sum()
    return seen


def _design(rows: Rows, layout: Layout) -> Floats:
    """(n_rows, n_categories, n_values): what each value adds to the logit of each category."""
    n_rows, n_categories = rows.table.shape
    design = np.zeros((n_rows, n_categories, layout.n_values))
    index = np.arange(n_rows)
    for column in rows.elements.T:
        design[index, :, column] -= np.arange(n_categories)
    places = layout.category[rows.group]
    row, category = np.nonzero(places >= 0)
    design[row, category, places[row, category]] = -1
    return design


def _value_scores(integral: Integral, rows: Rows, pairs: Pairs, design: Floats) -> Floats:
    """(n_pairs, n_nodes, n_values), derivative of each pair's curve."""
    given = np.zeros_like(integral.probability)
    given[np.arange(len(rows.category)), :, rows.category] = 1
    away = rows.weight[:, None, None] * (given - integral.probability)
    return np.asarray(np.add.reduceat(away @ design, pairs.first[:-1], axis=0))


def _seen(integral: Integral, rows: Rows, design: Floats, node_share: Floats) -> Floats:
    """(n_values, n_values), if abilities and impressions were seen."""
    weight = rows.weight[:, None] * node_share[rows.pair]
    expected = np.einsum("ik,ikc->ic", weight, integral.probability)
    product = np.einsum("ik,ikc,ikd->icd", weight, integral.probability, integral.probability)
    covariance = -product
    category = np.arange(expected.shape[1])
    covariance[:, category, category] += expected
    return np.asarray(np.tensordot(design, covariance @ design, axes=([0, 1], [0, 1])))


def _weighted_square(values: Floats, weight: Floats) -> Floats:
    """Sum over the first two axes of weight times the outer product of values (..., n)."""
    flat = values.reshape(-1, values.shape[-1])
    return np.asarray((flat * weight.reshape(-1, 1)).T @ flat)
