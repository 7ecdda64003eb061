"""Ratings in the order that the passes take them, and whether they hang together."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Integers
from second_opinion.engine.ratings import Ratings, require_connected

_FEW = 3000  # ratings: up to here nothing is compiled


def order_by(key: Integers, n_keys: int) -> Integers:
    """Rows by key, those of one key as they came."""
    if len(key) <= _FEW or n_keys > 4 * len(key) + 1000:
        return np.argsort(key, kind="stable")
    # Imported here: a single case must not wait for a compiler to load.
    from second_opinion.engine.facets.kernel import ordering

    return ordering.order_by(key, n_keys)


def require_whole(ratings: Ratings) -> None:
    """Refuse ratings that fall into parts; of many, only those that do are looked at closely.

    Raises
    ------
    DisconnectedDesignError : severities cannot be compared
    """
    if len(ratings) > _FEW:
        from second_opinion.engine.facets.kernel import ordering

        candidate, assessor = ratings.candidate, ratings.assessor
        if ordering.hang_together(
            candidate.codes, assessor.codes, len(candidate.labels), len(assessor.labels)
        ):
            return
    require_connected(ratings)
