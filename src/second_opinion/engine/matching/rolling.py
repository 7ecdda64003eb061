"""One case after another, without knowing which come next: prices keep the rare for the rare."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching.coverage import Booleans
from second_opinion.engine.matching.problem import AssignmentProblem

REPRICED_AT = (0.03, 0.1, 0.25, 0.5, 0.75, 0.87, 0.95)
"""After which share of the cases expected: often at first, when little is known, and at the end,
when one place more or less tells."""

SERVED = 1.0
"""In score: what a place filled is worth beside how well it is filled, the most that a score can
be. So whoever alone can serve some cases is dear even where they score low."""


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

    The dual prices of serving the sample's cases, and giving them the best total, when each
    assessor has `share` of the places that are left: an assessor whom others need more later is
    dearer now. A case is served as a whole, and by somebody who covers its gap.

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
    n_cases, n_assessors = sample.n_cases, sample.n_assessors
    gaps = np.flatnonzero(sample.has_gap)
    # unknown are the pairs, and then how much of each case is served
    found = linprog(
        -np.concatenate([sample.score, SERVED * sample.required]),
        A_ub=vstack(
            [
                hstack([_counted(sample.assessor, n_assessors), csr_array((n_assessors, n_cases))]),
                hstack(
                    [-_counted(sample.case, n_cases, sample.covers_gap), _each(n_cases)]
                ).tocsr()[gaps],
            ]
        ),
        b_ub=np.concatenate([left * share, np.zeros(len(gaps))]),
        A_eq=hstack([_counted(sample.case, n_cases), -_each(n_cases, sample.required)]),
        b_eq=np.zeros(n_cases),
        bounds=(0, 1),
        method="highs",
    )
    if not found.success:
        raise RuntimeError(f"HiGHS found no prices: {found.message}")
    prices: Floats = np.maximum(-found.ineqlin.marginals[:n_assessors], 0.0)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What became of one case when it came.

    pairs : indices into the problem's pairs, best first; empty where the case waits
    price : (n_assessors,), what a place was worth to cases to come, in score
    left : (n_assessors,), places that each had before
    """

    pairs: Integers
    price: Floats
    left: Integers


def assigned_in_turn(problem: AssignmentProblem, *, past: AssignmentProblem) -> tuple[Turn, ...]:
    """Each case as it comes, in the problem's order, knowing nothing of those after it.

    Prices are learnt from past cases, and from those that came so far, which count alike. As many
    cases as there were in the past are expected, the caps being for all of them. The cost of load
    is added to the price, so of two alike the one with fewer cases is taken. A case with too few
    assessors left waits, and takes no place.

    Parameters
    ----------
    past : one case or more, with the same assessors

    Raises
    ------
    ArgumentError : no past, or of other assessors
    """
    if not past.n_cases or past.n_assessors != problem.n_assessors:
        raise ArgumentError("Prices are learnt from one past case or more, of the same assessors.")
    expected = past.n_cases
    repriced_at = {0} | {max(1, int(share * expected)) for share in REPRICED_AT}
    by_case = np.argsort(problem.case, kind="stable")
    first = np.searchsorted(problem.case[by_case], np.arange(problem.n_cases + 1))
    left, price = problem.cap.copy(), np.zeros(problem.n_assessors)
    turns = []
    for case in range(problem.n_cases):
        if case in repriced_at:
            sample = _joined(past, problem.of_cases(np.arange(problem.n_cases) < case))
            share = sample.n_cases / max(expected - case, 1)
            price = assessor_prices(sample, left=left, share=share)
        pairs = by_case[first[case] : first[case + 1]]
        arrival = Arrival(
            assessor=problem.assessor[pairs],
            score=problem.score[pairs],
            covers_gap=problem.covers_gap[pairs],
            required=int(problem.required[case]),
            has_gap=bool(problem.has_gap[case]),
        )
        load = problem.load + problem.cap - left
        chosen = placed(arrival, price=price + problem.load_cost * load, left=left)
        taken = _pairs_of(chosen, arrival, pairs)
        turns.append(Turn(pairs=taken, price=price, left=left.copy()))
        left[problem.assessor[taken]] -= 1
    return tuple(turns)


def _pairs_of(chosen: Integers | None, arrival: Arrival, pairs: Integers) -> Integers:
    if chosen is None:
        return pairs[:0]
    place = {assessor: nth for nth, assessor in enumerate(arrival.assessor.tolist())}
    return pairs[[place[assessor] for assessor in chosen.tolist()]]


def _joined(past: AssignmentProblem, since: AssignmentProblem) -> AssignmentProblem:
    return AssignmentProblem(
        case=np.concatenate([past.case, since.case + past.n_cases]),
        assessor=np.concatenate([past.assessor, since.assessor]),
        score=np.concatenate([past.score, since.score]),
        required=np.concatenate([past.required, since.required]),
        cap=past.cap,
        covers_gap=np.concatenate([past.covers_gap, since.covers_gap]),
        has_gap=np.concatenate([past.has_gap, since.has_gap]),
    )


def _counted(codes: Integers, size: int, counts: Booleans | None = None) -> csr_array:
    """Each pair in the row of its code, as one, or where it counts."""
    pairs = np.arange(len(codes))
    ones = np.ones(len(codes)) if counts is None else counts.astype(np.float64)
    return csr_array((ones, (codes, pairs)), shape=(size, len(codes)))


def _each(size: int, value: Integers | None = None) -> csr_array:
    """A diagonal."""
    places = np.arange(size)
    values = np.ones(size) if value is None else value.astype(np.float64)
    return csr_array((values, (places, places)), shape=(size, size))
