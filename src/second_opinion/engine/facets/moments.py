"""What the model expects of each rating, for fit statistics and tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.arrangement import Arrangement
from second_opinion.engine.facets.categories import score_moments
from second_opinion.engine.facets.parameters import Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingMoments:
    """Each rating's category beside what is expected of it; arrays sorted by candidate.

    row : which row of the ratings; ratings that say nothing are left out
    observed, expected : categories from 0
    variance, fourth_moment : of the category, about the expected
    weight : 1 where the ratings have none
    """

    row: Integers
    observed: Floats
    expected: Floats
    variance: Floats
    fourth_moment: Floats
    weight: Floats


def rating_moments(
    arrangement: Arrangement, parameters: Parameters, ability: Floats
) -> RatingMoments:
    """Moments of every rating at given abilities.

    Parameters
    ----------
    ability : (n_candidates,) or (n_candidates, n_dimensions), logits
    """
    block = arrangement.block
    candidate = block.candidate
    own = ability[candidate] if block.dimension is None else ability[candidate, block.dimension]
    location = parameters.values[block.elements].sum(axis=1)
    table = arrangement.layout.category_table(parameters.values)[block.group]
    moments = score_moments(own - location, table)
    return RatingMoments(
        row=block.row,
        observed=block.category.astype(np.float64),
        expected=moments.expected,
        variance=moments.variance,
        fourth_moment=moments.fourth_moment,
        weight=np.ones(block.n_rows) if block.weight is None else block.weight,
    )
