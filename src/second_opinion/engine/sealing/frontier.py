"""The right edge of a growing tree: all that is needed to append, and to know the root."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from second_opinion.engine.sealing.tree import EMPTY_ROOT, node_hash


@dataclass(frozen=True, slots=True)
class Subtree:
    """A subtree that has just become complete."""

    level: int
    index: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Frontier:
    """The complete subtrees that stand side by side, the largest first.

    size : leaves so far
    peaks : one hash for each bit set in size
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        if not self.peaks:
            return EMPTY_ROOT
        return reduce(lambda right, left: node_hash(left, right), reversed(self.peaks))

    def with_leaf(self, leaf: bytes) -> tuple[Frontier, tuple[Subtree, ...]]:
        """The frontier after one more leaf, and the subtrees completed by it, the leaf first."""
        peaks = list(self.peaks)
        completed = [Subtree(level=0, index=self.size, hash=leaf)]
        ones = self.size
        while ones & 1:
            last = completed[-1]
            joined = node_hash(peaks.pop(), last.hash)
            completed.append(Subtree(level=last.level + 1, index=last.index >> 1, hash=joined))
            ones >>= 1
        return Frontier(self.size + 1, (*peaks, completed[-1].hash)), tuple(completed)
