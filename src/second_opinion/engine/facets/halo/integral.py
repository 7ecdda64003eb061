"""The halo model's likelihood and derivatives, whole arrays at a time: for a few hundred rows.

Nothing is compiled, so the first answer comes at once. Ratings by the million go through
``kernel``, which does the same candidate by candidate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.categories import log_probabilities
from second_opinion.engine.facets.halo.nodes import (
    MOST_NODES,
    NODE_STEP,
    HaloQuadrature,
    chebyshev_nodes,
    chebyshev_transform,
    hermite_rule,
)
from second_opinion.engine.facets.halo.pairs import Pairs
from second_opinion.engine.facets.halo.peak import Peak, Rows
from second_opinion.engine.facets.parameters import Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Integral:
    """The posterior of abilities and impressions at the nodes.

    node : (n_pairs, n_nodes), impressions that the curves are computed at
    probability : (n_rows, n_nodes, n_categories), there
    ability : (n_candidates, P), nodes
    chance : (n_candidates, P), posterior probability of each
    halo : (n_pairs, P, Q), impression less ability at the points
    share : (n_pairs, P, Q), posterior probability of each point given the ability's node
    basis : (n_pairs, P, Q, n_nodes), what each node's value counts at a point
    log_likelihood : (n_candidates,)
    """

    node: Floats
    probability: Floats
    ability: Floats
    chance: Floats
    halo: Floats
    share: Floats
    basis: Floats
    log_likelihood: Floats

    def at_nodes(self, weight: Floats) -> Floats:
        """Weights (n_pairs, P, Q) of points as weights (n_pairs, P, n_nodes) of nodes."""
        return np.asarray(np.einsum("rpq,rpqk->rpk", weight, self.basis))


def integrate(
    rows: Rows, pairs: Pairs, parameters: Parameters, peak: Peak, quadrature: HaloQuadrature
) -> Integral:
    """The integrals over each candidate's impressions, then over the ability.

    References
    ----------
    Naylor and Smith (1982), nodes placed by the posterior's mean and variance.
    """
    population = float(parameters.covariance[0, 0])
    x, log_x = hermite_rule(quadrature.n_abilities)
    sd = np.sqrt(peak.variance)
    ability = peak.ability[:, None] + sd[:, None] * x
    points = _points(pairs, parameters, peak, quadrature)
    node, basis = _curve_nodes(points, quadrature)
    log_probability = log_probabilities(
        node[rows.pair] - rows.location[:, None], rows.table[:, None, :]
    )
    given = log_probability[np.arange(len(rows.pair)), :, rows.category]
    curve = np.add.reduceat(rows.weight[:, None] * given, pairs.first[:-1], axis=0)
    halo = points.centre[:, None, None] + points.offset - ability[pairs.candidate][:, :, None]
    log_point = (basis @ curve[:, None, :, None])[..., 0] + points.log_weight
    share, log_total = _normalised(log_point - (halo / parameters.halo_sd) ** 2 / 2)
    log_node = log_x - (ability - parameters.mean[0]) ** 2 / (2 * population)
    log_node += np.log(sd / np.sqrt(2 * np.pi * population))[:, None]
    np.add.at(log_node, pairs.candidate, log_total)
    chance, log_likelihood = _normalised(log_node)
    return Integral(
        node=node,
        probability=np.exp(log_probability),
        ability=ability,
        chance=chance,
        halo=halo,
        share=share,
        basis=basis,
        log_likelihood=log_likelihood,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Points:
    """Where each pair's integral is computed: centre (n_pairs,) plus offset (n_pairs, P, Q).

    log_weight : (n_pairs, 1, Q), of the points, with the constant of the halo's density
    """

    centre: Floats
    offset: Floats
    log_weight: Floats


def _points(
    pairs: Pairs, parameters: Parameters, peak: Peak, quadrature: HaloQuadrature
) -> _Points:
    x, _ = hermite_rule(quadrature.n_abilities)
    y, log_y = hermite_rule(quadrature.n_impressions)
    kept = 1 / (1 + peak.precision * parameters.halo_sd**2)
    spread = np.sqrt(kept)
    lean = (kept * np.sqrt(peak.variance[pairs.candidate]))[:, None] * x
    offset = lean[:, :, None] + parameters.halo_sd * spread[:, None, None] * y
    return _Points(
        centre=(peak.pull * parameters.halo_sd**2 + peak.ability[pairs.candidate]) * kept,
        offset=offset,
        log_weight=log_y + np.log(spread / np.sqrt(2 * np.pi))[:, None, None],
    )


def _curve_nodes(points: _Points, quadrature: HaloQuadrature) -> tuple[Floats, Floats]:
    """Impressions (n_pairs, n_nodes) that the curves are computed at, and the points' basis."""
    half = np.abs(points.offset).max(axis=(1, 2))
    wanted = quadrature.n_least + quadrature.n_per_logit * half.max()
    n_nodes = int(min(MOST_NODES, np.ceil(wanted / NODE_STEP) * NODE_STEP))
    node = points.centre[:, None] + half[:, None] * chebyshev_nodes(n_nodes)
    powers = np.polynomial.chebyshev.chebvander(points.offset / half[:, None, None], n_nodes - 1)
    return node, powers @ chebyshev_transform(n_nodes)


def _normalised(log_weight: Floats) -> tuple[Floats, Floats]:
    """Weights that sum to one along the last axis, and the log of what they summed to."""
    top = log_weight.max(axis=-1, keepdims=True)
    weight = np.exp(log_weight - top)
    total = weight.sum(axis=-1, keepdims=True)
    return weight / total, (np.log(total) + top)[..., 0]
