"""Fair averages: measures said in score points, all else being average."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.tables.responses import Responses, category_probabilities
from second_opinion.engine.ratings import Facet


def fair_averages(responses: Responses, location: Floats, facet: Facet) -> Floats:
    """The expected score of each element where every other facet is at its mean.

    Where criteria have thresholds of their own, a criterion is read with its own and any other
    element with the plain mean over all of them, so that nobody's rests on what they happened to
    rate.

    Parameters
    ----------
    location : (n_elements,), logits; for a candidate the ability minus the other facets' means,
        for another element the mean ability minus its measure and the rest's means

    Returns
    -------
    (n_elements,), score points; NaN where location is not finite

    References
    ----------
    Linacre (1989), ch. 8; the mean-based version, Fair(M) in FACETS.
    """
    score = expected_scores(location, responses.category_table, responses.points)
    own = _own_set(facet, responses.threshold_set)
    if own is None:
        average: Floats = score.mean(axis=0)
        return average
    return np.where(own >= 0, score[own, np.arange(len(facet))], np.nan)


def expected_scores(location: Floats, category_table: Floats, points: Floats) -> Floats:
    """The expected score at places on the ruler, under each set of thresholds.

    Parameters
    ----------
    location : (n,), logits
    category_table, points : (n_sets, n_categories), as ``Responses`` has them

    Returns
    -------
    (n_sets, n), score points
    """
    return np.array(
        [
            _values(of_set) @ category_probabilities(location, sums[:, None])
            for sums, of_set in zip(category_table, points, strict=True)
        ]
    )


def _values(points: Floats) -> Floats:
    return np.where(np.isfinite(points), points, 0.0)


def _own_set(facet: Facet, threshold_set: Integers) -> Integers | None:
    """Each element's one threshold set, -1 without ratings; None if any element has several."""
    own = np.full(len(facet), -1)
    own[facet.codes] = threshold_set
    several = bool(np.any(own[facet.codes] != threshold_set))
    return None if several or threshold_set.max() == 0 else own
