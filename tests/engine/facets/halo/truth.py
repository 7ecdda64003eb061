"""Small cases with known truth, and the halo model's likelihood by brute force."""

import numpy as np

from second_opinion.engine.facets.categories import log_probabilities
from second_opinion.engine.simulation import FacetSpreads, RatingPlan, simulate_facets

STEP = 0.02  # logits: the sums below are exact to more digits than are compared


def simulated(n_candidates=12, seed=1, *, halo=1.0, plan=None, **spreads):
    rng = np.random.default_rng(seed)
    drawn = RatingPlan.as_in_practice(n_candidates=n_candidates, rng=rng, **(plan or {}))
    return simulate_facets(drawn, FacetSpreads(halo=halo, **spreads), rng=rng)


def brute_force(arrangement, parameters):
    """Log-likelihood, posterior mean and variance of each candidate, on a lattice."""
    layout, block = arrangement.layout, arrangement.block
    grid = np.arange(-14, 14, STEP)
    location = parameters.values[block.elements].sum(axis=1)
    table = layout.category_table(parameters.values)[block.group]
    log_p = log_probabilities(grid - location[:, None], table[:, None, :])
    log_p = log_p[np.arange(block.n_rows), :, block.category]
    weight = np.ones(block.n_rows) if block.weight is None else block.weight
    between = grid[:, None] - grid
    kernel = np.exp(-((between / parameters.halo_sd) ** 2) / 2)
    kernel *= STEP / np.sqrt(2 * np.pi) / parameters.halo_sd
    variance = parameters.covariance[0, 0]
    prior = -((grid - parameters.mean[0]) ** 2) / (2 * variance)
    prior += np.log(STEP / np.sqrt(2 * np.pi * variance))
    answers = []
    assessor = block.elements[:, 0]
    for candidate in range(block.n_candidates):
        rows = np.arange(block.first[candidate], block.first[candidate + 1])
        log_joint = prior.copy()
        for one in np.unique(assessor[rows]):
            own = rows[assessor[rows] == one]
            curve = weight[own] @ log_p[own]
            log_joint += np.log(kernel @ np.exp(curve - curve.max())) + curve.max()
        top = log_joint.max()
        joint = np.exp(log_joint - top)
        mean = joint @ grid / joint.sum()
        spread = joint @ (grid - mean) ** 2 / joint.sum()
        answers.append((np.log(joint.sum()) + top, mean, spread))
    return np.array(answers).T
