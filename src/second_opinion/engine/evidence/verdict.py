"""Order and verdicts: what predictions are used for, scored with ties counting one half."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers

_PAIRS_AT_A_TIME = 2**22


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """How often the last opinion changed the verdict, and how often rightly; None: never."""

    changed: float
    right: float | None
    right_expected: float | None


def order_agreement(predicted: Floats, given: Floats, candidate: Integers) -> float:
    """Share of pairs of different candidates put in the given order; a tie counts one half."""
    agreed = pairs = 0.0
    rows_at_a_time = max(1, _PAIRS_AT_A_TIME // len(predicted))
    for start in range(0, len(predicted), rows_at_a_time):
        rows = slice(start, start + rows_at_a_time)
        other = candidate[rows, None] != candidate[None, :]
        same_order = np.sign(predicted[rows, None] - predicted) * np.sign(given[rows, None] - given)
        agreed += float(((same_order + 1) / 2)[other].sum())
        pairs += float(other.sum())
    return agreed / pairs if pairs else float("nan")


def verdict_change(
    before: Floats, after: Floats, given: Floats, *, over_expected: Floats, bar: Floats
) -> VerdictChange:
    """Verdict "over the bar" before and after the last opinion, against what was given.

    before, after : (n,), predicted means; given, bar : (n,)
    over_expected : (n,), the probability of a score over the bar after the last opinion
    """
    old, new = _side(before, bar), _side(after, bar)
    change = np.abs(new - old)
    total = change.sum()
    if not total:
        return VerdictChange(0.0, None, None)
    up = new > old
    over_given = _side(given, bar)
    right = np.where(up, over_given, 1 - over_given)
    expected = np.where(up, over_expected, 1 - over_expected)
    return VerdictChange(
        changed=float(change.mean()),
        right=float((change * right).sum() / total),
        right_expected=float((change * expected).sum() / total),
    )


def _side(value: Floats, bar: Floats) -> Floats:
    """1 over the bar, 0 under it, one half on it."""
    return (np.sign(np.round(value - bar, 9)) + 1) / 2
