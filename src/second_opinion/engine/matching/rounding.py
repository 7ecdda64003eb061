"""From a flow in shares to a whole one, every arc whole on average as it was in shares."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from second_opinion.engine.arrays import Floats, Integers

_WHOLE = 1e-7  # a share this near to a whole number is one


def rounded(
    shares: Floats, *, tail: Integers, head: Integers, chances: Iterator[float]
) -> Integers:
    """A whole flow whose expectation is `shares`, with every arc rounded down or up.

    Around any circle of arcs with a broken share, flow can be pushed the one way or the other
    until an arc is whole. Each way is chosen with the probability that leaves the expectation as
    it was. What flows in and out of every node stays the same, so every whole limit is kept.

    Parameters
    ----------
    shares : (n_arcs,), whole in sum at every node, but for what is broken on its arcs
    chances : numbers from 0 to below 1, one for each circle
    """
    flow = np.where(np.abs(shares - np.rint(shares)) < _WHOLE, np.rint(shares), shares)
    beside: dict[int, dict[int, None]] = {}  # a node's broken arcs, in their order
    for arc in np.flatnonzero(flow != np.rint(flow)).tolist():
        for node in (int(tail[arc]), int(head[arc])):
            beside.setdefault(node, {})[arc] = None
    while beside:
        circle, ways = _circle(beside, tail, head)
        _push(flow, circle, ways, next(chances))
        for arc in circle:
            if abs(flow[arc] - round(flow[arc])) < _WHOLE:
                flow[arc] = round(flow[arc])
                _forget(beside, arc, (int(tail[arc]), int(head[arc])))
    return np.rint(flow).astype(np.int64)


def _circle(
    beside: dict[int, dict[int, None]], tail: Integers, head: Integers
) -> tuple[list[int], list[int]]:
    """Broken arcs that close, and +1 where the circle runs along the arc, -1 where against it."""
    node = min(beside)
    arcs: list[int] = []
    ways: list[int] = []
    seen = {node: 0}
    while True:
        last = arcs[-1] if arcs else -1
        arc = next(each for each in beside[node] if each != last)
        along = int(tail[arc]) == node
        node = int(head[arc]) if along else int(tail[arc])
        arcs.append(arc)
        ways.append(1 if along else -1)
        if node in seen:
            return arcs[seen[node] :], ways[seen[node] :]
        seen[node] = len(arcs)


def _push(flow: Floats, circle: list[int], ways: list[int], chance: float) -> None:
    """Once around, forwards or backwards, as far as the first arc that becomes whole."""
    arcs, signs = np.array(circle), np.array(ways)
    up, down = np.ceil(flow[arcs]) - flow[arcs], flow[arcs] - np.floor(flow[arcs])
    forwards = float(np.where(signs > 0, up, down).min())
    backwards = float(np.where(signs > 0, down, up).min())
    is_forwards = chance < backwards / (forwards + backwards)
    flow[arcs] += signs * (forwards if is_forwards else -backwards)


def _forget(beside: dict[int, dict[int, None]], arc: int, nodes: tuple[int, int]) -> None:
    for node in nodes:
        del beside[node][arc]
        if not beside[node]:
            del beside[node]
