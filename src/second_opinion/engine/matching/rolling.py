"""One case after another, without knowing which come next: prices keep the rare for the rare."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching.coverage import Booleans
from second_opinion.engine.matching.problem import AssignmentProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A case that has just come, and whom it may have.

    assessor : (n_eligible,), each once
    score : (n_eligible,), 0 to 1
    covers_gap : (n_eligible,)
    has_gap : whether somebody must
    """

    assessor: Integers
    score: Floats
    covers_gap: Booleans
    required: int = 1
    has_gap: bool = False


def assessor_prices(sample: AssignmentProblem, *, left: Integers, share: float) -> Floats:
    """What one place of each assessor is worth to the cases that are still to come.

    The dual prices of giving the sample's cases the best total, when each assessor has `share` of
    the places that are left: an assessor whom others need more later is dearer now.

    Parameters
    ----------
    sample : cases like those to come: of last year, or those that came so far
    left : (n_assessors,), places that each still has
    share : cases in the sample over cases still to come

    Returns
    -------
    (n_assessors,), in score, 0 and above

    Raises
    ------
    ArgumentError : share is not above 0

    References
    ----------
    Agrawal, Wang and Ye (2014), "A dynamic near-optimal algorithm for online linear
    programming", section 2.
    """
    if not share > 0:
        raise ArgumentError(f"share must be above 0; got {share:g}.")
    if not len(sample.case):
        return np.zeros(sample.n_assessors)
    found = linprog(
        -sample.score,
        A_ub=vstack(
            [
                _counted(sample.case, sample.n_cases),
                _counted(sample.assessor, sample.n_assessors),
            ]
        ),
        b_ub=np.concatenate([sample.required, left * share]),
        bounds=(0, 1),
        method="highs",
    )
    if not found.success:
        raise RuntimeError(f"HiGHS found no prices: {found.message}")
    prices: Floats = np.maximum(-found.ineqlin.marginals[sample.n_cases :], 0.0)
    return prices


def placed(arrival: Arrival, *, price: Floats, left: Integers) -> Integers | None:
    """Whom the case is given, best first; None where too few of them have a place left.

    The best by score less price. Nobody is turned away for a price: it only decides between those
    who have a place.

    Parameters
    ----------
    price : (n_assessors,), from assessor_prices
    left : (n_assessors,), places that each still has
    """
    free = np.flatnonzero(left[arrival.assessor] > 0)
    gain = arrival.score[free] - price[arrival.assessor[free]]
    order = free[np.argsort(-gain, kind="stable")]
    chosen = order[: arrival.required]
    if len(chosen) < arrival.required:
        return None
    if arrival.has_gap and not arrival.covers_gap[chosen].any():
        covering = order[arrival.covers_gap[order]]
        if not len(covering):
            return None
        chosen = np.concatenate([covering[:1], chosen[:-1]])
    return arrival.assessor[chosen]


def _counted(codes: Integers, size: int) -> csr_array:
    pairs = np.arange(len(codes))
    return csr_array((np.ones(len(codes)), (codes, pairs)), shape=(size, len(codes)))
