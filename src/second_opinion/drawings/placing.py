"""Where labels go, so that no two of them meet."""

from __future__ import annotations

from collections.abc import Sequence


def rows_for(spans: Sequence[tuple[float, float]], *, gap: float = 6) -> list[int]:
    """For each span of places the first row in which it meets no span put there before."""
    taken: list[list[tuple[float, float]]] = []
    rows = []
    for low, high in spans:
        row = next(
            (
                number
                for number, others in enumerate(taken)
                if all(high + gap <= left or low >= right + gap for left, right in others)
            ),
            len(taken),
        )
        if row == len(taken):
            taken.append([])
        taken[row].append((low, high))
        rows.append(row)
    return rows


def spread(places: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Places moved as little as needed to be a gap apart, in the same order, between low and high.

    Where more places are wished than fit, the gap is made as small as it takes.
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    gap = min(gap, (high - low) / max(len(places) - 1, 1))
    # Without its share of the gaps each place need only be no lower than the one before it:
    # neighbours that would be lower are pooled at their mean.
    pools: list[tuple[float, int]] = []
    for rank, number in enumerate(order):
        total, count = places[number] - gap * rank, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            earlier, n_earlier = pools.pop()
            total, count = total + earlier, count + n_earlier
        pools.append((total, count))
    level = [total / count for total, count in pools for _ in range(count)]
    most = high - gap * (len(places) - 1)
    answer = [0.0] * len(places)
    for rank, number in enumerate(order):
        answer[number] = min(max(level[rank], low), most) + gap * rank
    return answer
