"""A lottery in which no pair is too likely: shares first, then a draw that anybody can repeat."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching.bottleneck import require_solvable
from second_opinion.engine.matching.linear_flow import cheapest_shares
from second_opinion.engine.matching.network import gap_rule, matching_network
from second_opinion.engine.matching.problem import AssignmentProblem
from second_opinion.engine.matching.rounding import rounded

LEAST_SEED = 16
"""Bytes: shorter ones can be tried out until the draw is the wished one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lottery:
    """How likely each pair is.

    probability : (n_pairs,), 0 to the cap
    expected_total : summed score that is expected
    """

    probability: Floats
    expected_total: float


def capped_lottery(problem: AssignmentProblem, *, most_likely: float) -> Lottery:
    """The best expected total of all lotteries that give no pair more than this probability.

    So nobody can count on a certain assessor, nor an assessor on a certain case. The rule of the
    gap and all caps hold in every draw, not only on average.

    most_likely : above 0 to 1

    Raises
    ------
    ArgumentError : the probability is not above 0 to 1, or so low that the places cannot be filled
    InfeasibleError : not every case can be served even without it

    References
    ----------
    Jecmen et al. (2020), "Mitigating Manipulation in Peer Review via Randomized Reviewer
    Assignments", section 4.
    """
    if not 0 < most_likely <= 1:
        raise ArgumentError(f"most_likely must be above 0 to 1; got {most_likely:g}.")
    require_solvable(problem)
    matching = matching_network(problem, gap_rule(problem))
    capacity = matching.network.capacity.astype(np.float64)
    capacity[: len(matching.pairs)] = most_likely
    shares = cheapest_shares(matching.network, capacity=capacity)
    if shares is None:
        raise ArgumentError(
            f"With at most {most_likely:g} for each pair the places cannot all be filled; raise "
            "the cap on probability, or admit more assessors."
        )
    probability = np.zeros(len(problem.case))
    probability[matching.pairs] = np.clip(shares[: len(matching.pairs)], 0.0, most_likely)
    return Lottery(probability=probability, expected_total=float(probability @ problem.score))


def drawn(problem: AssignmentProblem, probability: Floats, *, seed: bytes) -> Integers:
    """The pairs that one draw chooses, ascending; each with exactly its probability.

    The same problem, probabilities and seed give the same draw on every machine: the chances come
    from SHA-256 and nothing else. Commit to the seed before the shares are known, and publish it
    after the draw.

    Parameters
    ----------
    probability : (n_pairs,), as capped_lottery gives it: a case's add up to what it requires
    seed : at least 16 bytes

    Raises
    ------
    ArgumentError : the seed is too short, or the probabilities break a rule of the problem

    References
    ----------
    Budish, Che, Kojima and Milgrom (2013) for constraints that nest; Gandhi et al. (2006) for
    rounding along cycles.
    """
    if len(seed) < LEAST_SEED:
        raise ArgumentError(f"The seed must be at least {LEAST_SEED} bytes; got {len(seed)}.")
    matching = matching_network(problem, gap_rule(problem))
    if probability.shape != problem.case.shape or _breaks_rule(problem, probability):
        raise ArgumentError(
            "These probabilities are none of this problem: a case's must add up to what it "
            "requires, an assessor's to the cap at most, and the rule of the gap must hold."
        )
    shares = _on_every_arc(problem, probability[matching.pairs], matching.pairs)
    whole = rounded(
        shares, tail=matching.network.tail, head=matching.network.head, chances=_chances(seed)
    )
    return matching.chosen(whole)


def _on_every_arc(problem: AssignmentProblem, shares: Floats, pairs: Integers) -> Floats:
    """What goes through the sides and out follows from what goes through the pairs."""
    admission = gap_rule(problem)
    lesser = admission.is_lesser[pairs]
    through = np.bincount(
        problem.case[pairs][lesser], weights=shares[lesser], minlength=problem.n_cases
    )
    split = (admission.most_lesser < problem.required) & (admission.most_lesser > 0)
    out: Floats = np.bincount(
        problem.assessor[pairs], weights=shares, minlength=problem.n_assessors
    ).astype(np.float64)
    if problem.load_cost:
        out = _spread_over_ways(problem, out)
    return np.concatenate([shares, through[split], out])


def _spread_over_ways(problem: AssignmentProblem, out: Floats) -> Floats:
    """Each assessor's first way out is filled first."""
    most = np.minimum(problem.cap, np.bincount(problem.assessor, minlength=problem.n_assessors))
    nth = np.arange(most.sum()) - np.repeat(np.cumsum(most) - most, most)
    filled: Floats = np.clip(np.repeat(out, most) - nth, 0.0, 1.0)
    return filled


def _breaks_rule(problem: AssignmentProblem, probability: Floats) -> bool:
    off = 1e-6
    per_case = np.bincount(problem.case, weights=probability, minlength=problem.n_cases)
    per_assessor = np.bincount(problem.assessor, weights=probability, minlength=problem.n_assessors)
    covering = np.bincount(
        problem.case, weights=probability * problem.covers_gap, minlength=problem.n_cases
    )
    return bool(
        (probability < -off).any()
        or (probability > 1 + off).any()
        or (np.abs(per_case - problem.required) > off).any()
        or (per_assessor > problem.cap + off).any()
        or (covering < problem.has_gap - off).any()
    )


def _chances(seed: bytes) -> Iterator[float]:
    """Numbers from 0 to below 1: the first 53 bits of SHA-256 over seed and an 8-byte counter."""
    counter = 0
    while True:
        digest = hashlib.sha256(seed + counter.to_bytes(8, "big")).digest()
        yield (int.from_bytes(digest[:8], "big") >> 11) / (1 << 53)
        counter += 1
