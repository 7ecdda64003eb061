"""What is known of each ability once its ratings are read: nodes and their weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.hermite_e import hermegauss

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets.tables.responses import Responses, category_probabilities
from second_opinion.engine.facets.tables.sums import sums_by

NODES = 9  # adaptive nodes; the averages of moments no longer move in the sixth decimal
SMALLEST = 1e-300  # keeps the logarithm of an all but impossible rating finite


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """A distribution of abilities on few nodes, independent between units.

    A unit is what has an ability of its own: a candidate; one candidate on one dimension; or, in
    a halo-aware fit, one candidate as one assessor sees them.

    unit : (n_ratings,), whose ability each rating is about
    node : (n_nodes, n_units), logits
    weight : (n_nodes, n_units), adds up to 1 over the nodes
    """

    unit: Integers
    node: Floats
    weight: Floats

    def __post_init__(self) -> None:
        if self.node.shape != self.weight.shape:
            raise ArgumentError(
                f"node and weight must have one shape; got {self.node.shape} and "
                f"{self.weight.shape}."
            )

    @property
    def mean(self) -> Floats:
        average: Floats = (self.node * self.weight).sum(0)
        return average

    @property
    def variance(self) -> Floats:
        spread: Floats = (np.square(self.node - self.mean) * self.weight).sum(0)
        return spread


def known_abilities(unit: Integers, ability: Floats) -> Posterior:
    """Abilities taken as if they were known: one node each.

    Parameters
    ----------
    unit : (n_ratings,)
    ability : (n_units,), logits
    """
    return Posterior(unit=unit, node=ability[None, :], weight=np.ones((1, len(ability))))


def normal_posterior(
    unit: Integers, *, mean: Floats, standard_deviation: Floats, n_nodes: int = NODES
) -> Posterior:
    """Normal distributions, for fits whose posterior has more than one dimension.

    Parameters
    ----------
    unit : (n_ratings,)
    mean, standard_deviation : (n_units,), logits
    """
    at, mass = hermegauss(n_nodes)
    share = np.repeat((mass / mass.sum())[:, None], len(mean), axis=1)
    return Posterior(unit=unit, node=mean + np.multiply.outer(at, standard_deviation), weight=share)


def posterior_given_ratings(
    responses: Responses,
    unit: Integers,
    *,
    guess: Floats,
    spread: Floats,
    prior_mean: Floats | float,
    prior_variance: Floats | float,
    n_nodes: int = NODES,
) -> Posterior:
    """The posterior under a normal prior, on Gauss-Hermite nodes around a first guess.

    Parameters
    ----------
    unit : (n_ratings,)
    guess, spread : (n_units,), posterior mean and standard deviation, logits; where the nodes lie
    prior_mean, prior_variance : (n_units,) or one for all, logits and logits squared

    References
    ----------
    Naylor and Smith (1982); Liu and Pierce (1994).
    """
    at, mass = hermegauss(n_nodes)
    node = guess + np.multiply.outer(at, spread)
    cumulative = responses.cumulative()
    rows = np.arange(len(responses))
    log_weight = np.empty_like(node)
    for index, ability in enumerate(node):
        chance = category_probabilities(ability[unit] - responses.difficulty, cumulative)
        given = responses.weight * np.log(np.maximum(chance[responses.category, rows], SMALLEST))
        log_weight[index] = sums_by(unit, given, len(guess))
    log_weight -= np.square(node - prior_mean) / (2 * prior_variance)
    log_weight += (np.log(mass) + np.square(at) / 2)[:, None]
    log_weight -= log_weight.max(axis=0)
    weight = np.exp(log_weight)
    return Posterior(unit=unit, node=node, weight=weight / weight.sum(axis=0))
