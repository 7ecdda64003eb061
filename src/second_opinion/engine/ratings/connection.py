"""Whether all ratings hang together through shared candidates and assessors."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from second_opinion.engine.arrays import Integers
from second_opinion.engine.errors import DisconnectedDesignError
from second_opinion.engine.ratings.table import Ratings


def connected_groups(ratings: Ratings) -> Integers:
    """Each candidate's group: candidates in one group are linked by assessors they share.

    Returns
    -------
    (n_candidates,), group number from 0; -1 for a candidate without ratings
    """
    n_candidates, n_assessors = len(ratings.candidate), len(ratings.assessor)
    size = n_candidates + n_assessors
    links = coo_array(
        (np.ones(len(ratings)), (ratings.candidate.codes, n_candidates + ratings.assessor.codes)),
        shape=(size, size),
    )
    _, component = connected_components(links, directed=False)
    rated = np.isin(np.arange(n_candidates), ratings.candidate.codes)
    groups = np.full(n_candidates, -1, dtype=np.int64)
    groups[rated] = np.unique(component[:n_candidates][rated], return_inverse=True)[1]
    return groups


def require_connected(ratings: Ratings) -> None:
    """Refuse ratings in which severities of assessors cannot be compared.

    Raises
    ------
    DisconnectedDesignError : there is more than one group
    """
    groups = connected_groups(ratings)
    n_groups = int(groups.max()) + 1
    if n_groups > 1:
        examples = [ratings.candidate.labels[int(np.argmax(groups == group))] for group in (0, 1)]
        raise DisconnectedDesignError(
            f"The ratings split into {n_groups} groups sharing no assessor or candidate "
            f"({examples[0]!r} is in one, {examples[1]!r} in another), so severities cannot be "
            "compared; have one assessor rate a candidate from each group."
        )
