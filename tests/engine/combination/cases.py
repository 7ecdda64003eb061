"""Small cases by name, for the tests of this folder."""

import numpy as np

from second_opinion.engine.combination import Population, Source, VarianceComponents
from second_opinion.engine.ratings import Ratings, Scale

FIVE = Scale(1, 5)
NAMES = ("candidate", "candidate_by_criterion", "severity", "halo", "residual")


def population_of(mean=3.0, *, n_criteria=1, mean_variance=0.0, **given):
    known = {key: given.pop(key) for key in ("severities", "shared_meeting") if key in given}
    variances = dict.fromkeys(NAMES, 0.0) | given
    return Population(
        mean=np.full(n_criteria, float(mean)),
        mean_variance=mean_variance,
        components=VarianceComponents(**variances),
        source=Source.ESTIMATED,
        **known,
    )


def crossed(scores, *, scale=FIVE):
    """Ratings of an array (candidates, assessors, criteria); NaN where not observed."""
    scores = np.asarray(scores, dtype=float)
    candidates, assessors, criteria = (
        [f"{letter}{number}" for number in range(size)]
        for letter, size in zip("cak", scores.shape, strict=True)
    )
    cells = np.argwhere(np.isfinite(scores))
    return Ratings.from_names(
        candidates=[candidates[i] for i, _, _ in cells],
        assessors=[assessors[j] for _, j, _ in cells],
        criteria=[criteria[k] for _, _, k in cells],
        scores=scores[np.isfinite(scores)],
        scales=scale,
        all_candidates=candidates,
        all_assessors=assessors,
        all_criteria=criteria,
    )
