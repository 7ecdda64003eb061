"""What the fitted model expects of each rating: the table of residuals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.tables.nodes import Node
from second_opinion.engine.facets.tables.posterior import Posterior
from second_opinion.engine.facets.tables.responses import Responses


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """Each rating beside the model, averaged over what is known of each ability.

    location : (n_ratings,), logits; ability minus all that makes the rating hard
    expected, variance : (n_ratings,), of the category, 0 to the last
    product : (n_ratings,), expected category times location
    probability : (n_categories, n_ratings)
    """

    location: Floats
    expected: Floats
    variance: Floats
    product: Floats
    probability: Floats

    def residual(self, responses: Responses) -> Floats:
        """Observed minus expected category; positive is a higher score than expected."""
        return responses.category - self.expected

    def points(self, responses: Responses) -> Floats:
        """The expected score, in score points."""
        points = known_points(responses)[responses.threshold_set].T
        expected: Floats = (points * self.probability).sum(axis=0)
        return expected

    @property
    def square(self) -> Floats:
        """The expected square of the category."""
        expected: Floats = np.square(np.arange(len(self.probability))) @ self.probability
        return expected

    def standardised(self, responses: Responses) -> Floats:
        """The residual in standard deviations of the rating."""
        scaled: Floats = self.residual(responses) / np.sqrt(self.variance)
        return scaled


def known_points(responses: Responses) -> Floats:
    """Score points of each set's categories; 0 where the set has no such category."""
    return np.where(np.isfinite(responses.points), responses.points, 0.0)


class ExpectationSums:
    """Gathers the table of residuals."""

    def __init__(self, responses: Responses, posterior: Posterior) -> None:
        self._location = posterior.mean[posterior.unit] - responses.difficulty
        self._probability = np.zeros((responses.n_categories, len(responses)))
        self._variance = np.zeros(len(responses))
        self._product = np.zeros(len(responses))

    def add(self, node: Node) -> None:
        self._probability += node.share * node.probability
        self._variance += node.share * node.variance
        self._product += node.share * node.expected * node.location

    def result(self) -> Expectation:
        return Expectation(
            location=self._location,
            expected=np.arange(len(self._probability)) @ self._probability,
            variance=self._variance,
            product=self._product,
            probability=self._probability,
        )
