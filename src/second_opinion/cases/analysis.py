"""A belief as one canonical text with the commitment to it; weights out of comparisons."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from second_opinion.audit.services import canonical_json
from second_opinion.cases.models import Belief
from second_opinion.cases.selectors import BeliefContent
from second_opinion.engine.decision import weights_from_comparisons
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.sealing import NONCE_LENGTH as NONCE_LENGTH
from second_opinion.engine.sealing import commitment

BELIEF_SCHEMA = "second-opinion/belief/1"
NEGLIGIBLE = 1e-9  # of a log ratio: rounding, and no inconsistency


def belief_as_text(belief: Belief, content: BeliefContent) -> bytes:
    """All that a belief says, and about which candidate of which case."""
    candidacy = belief.candidacy
    return canonical_json(
        {
            "schema": BELIEF_SCHEMA,
            "belief": str(belief.pseudonym),
            "case": str(candidacy.case.pseudonym),
            "candidacy": str(candidacy.pseudonym),
            "would_hire": content.would_hire,
            "sure_of_ten": content.sure_of_ten,
        }
    )


def commitment_to(text: bytes, *, nonce: bytes) -> str:
    """In hexadecimal."""
    return commitment(text, nonce=nonce).hex()


@dataclass(frozen=True, slots=True)
class Comparison:
    """first, second : places in a list of criteria, from 0
    ratio : how many times as important the first is
    """

    first: int
    second: int
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """
    weights : whole per cent by place, at least 1 each, sum to 100
    typical_factor : by which a comparison differs from the weights' ratio; None where no
        comparison is to spare
    least_consistent : the comparison that differs most, None where all agree
    """

    weights: tuple[int, ...]
    typical_factor: float | None
    is_consistent: bool
    least_consistent: Comparison | None


def weighing_of(comparisons: Sequence[Comparison], *, n_criteria: int) -> Weighing | None:
    """The weights that lie closest to what was compared; None while it does not join them all."""
    try:
        found = weights_from_comparisons(
            [each.first for each in comparisons],
            [each.second for each in comparisons],
            [each.ratio for each in comparisons],
            n_items=n_criteria,
        )
    except ArgumentError:
        return None
    sizes = abs(found.residuals)
    worst = int(sizes.argmax())
    return Weighing(
        weights=whole_percent(found.weights.tolist()),
        typical_factor=None if math.isnan(found.typical_factor) else found.typical_factor,
        is_consistent=found.is_consistent,
        least_consistent=comparisons[worst] if sizes[worst] > NEGLIGIBLE else None,
    )


def whole_percent(shares: Sequence[float]) -> tuple[int, ...]:
    """Shares as whole per cent that sum to 100, by largest remainders; none falls to nothing."""
    wanted = [100 * share / sum(shares) for share in shares]
    whole = [max(int(percent), 1) for percent in wanted]
    by_remainder = sorted(range(len(shares)), key=lambda place: whole[place] - wanted[place])
    for place in by_remainder[: max(100 - sum(whole), 0)]:
        whole[place] += 1
    whole[whole.index(max(whole))] -= max(sum(whole) - 100, 0)
    return tuple(whole)
