"""One pass over the posterior's nodes that feeds every table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.tables.posterior import Posterior
from second_opinion.engine.facets.tables.responses import Responses, category_probabilities

SMALLEST_VARIANCE = 1e-10  # below it a rating is as good as certain, and is divided by nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What the model expects of each rating were the abilities those of one node.

    mass : (n_units,), the node's weight in each unit's posterior
    share : (n_ratings,), the same for each rating
    location : (n_ratings,), ability minus all that makes the rating hard, logits
    probability : (n_categories, n_ratings)
    expected, variance, fourth : (n_ratings,), mean and central moments of the category
    """

    mass: Floats
    share: Floats
    location: Floats
    probability: Floats
    expected: Floats
    variance: Floats
    fourth: Floats


class Gatherer(Protocol):
    """Sums up what one table needs of the nodes."""

    def add(self, node: Node) -> None:
        """Take in one node."""


def gather(responses: Responses, posterior: Posterior, gatherers: Iterable[Gatherer]) -> None:
    """Show every node to every gatherer."""
    cumulative = responses.cumulative()
    waiting = tuple(gatherers)
    for ability, mass in zip(posterior.node, posterior.weight, strict=True):
        location = ability[posterior.unit] - responses.difficulty
        chance = category_probabilities(location, cumulative)
        node = _node(location, chance, mass, mass[posterior.unit])
        for gatherer in waiting:
            gatherer.add(node)


def _node(location: Floats, probability: Floats, mass: Floats, share: Floats) -> Node:
    categories = np.arange(len(probability), dtype=np.float64)
    expected = categories @ probability
    variance = np.zeros_like(expected)
    fourth = np.zeros_like(expected)
    for category, chance in zip(categories, probability, strict=True):
        squared = np.square(category - expected)
        part = chance * squared
        variance += part
        fourth += part * squared
    np.maximum(variance, SMALLEST_VARIANCE, out=variance)
    return Node(
        mass=mass,
        share=share,
        location=location,
        probability=probability,
        expected=expected,
        variance=variance,
        fourth=fourth,
    )
