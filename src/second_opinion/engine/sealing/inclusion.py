"""Proof that one entry is in a log, in hashes that tell nothing of the others."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.sealing.tree import Subtrees, largest_power_below, node_hash, range_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionProof:
    """The hashes beside the way from a leaf to the root, from the leaf upwards.

    index : the leaf's place in the log, from 0
    size : how many leaves the root covers
    path : 32 bytes each
    """

    index: int
    size: int
    path: tuple[bytes, ...]

    def proves(self, leaf: bytes, *, root: bytes) -> bool:
        """Whether this leaf hash stands at this place under this root.

        References
        ----------
        RFC 9162, section 2.1.3.2.
        """
        if not 0 <= self.index < self.size:
            return False
        place, last, found = self.index, self.size - 1, leaf
        for beside in self.path:
            if last == 0:
                return False
            if place & 1 or place == last:
                found = node_hash(beside, found)
                while place and not place & 1:
                    place, last = place >> 1, last >> 1
            else:
                found = node_hash(found, beside)
            place, last = place >> 1, last >> 1
        return last == 0 and hmac.compare_digest(found, root)


def inclusion_proof(tree: Subtrees, index: int, *, size: int | None = None) -> InclusionProof:
    """The proof for one leaf under the root of the first `size` leaves, of all by default.

    Raises
    ------
    ArgumentError : the leaf is not among them

    References
    ----------
    RFC 9162, section 2.1.3.1.
    """
    size = len(tree) if size is None else size
    if not 0 <= index < size <= len(tree):
        raise ArgumentError(
            f"index must be 0 to below size, and size at most {len(tree)}; got {index} and {size}."
        )
    path = tuple(_beside(tree, index, 0, size))
    return InclusionProof(index=index, size=size, path=path[::-1])


def _beside(tree: Subtrees, index: int, start: int, stop: int) -> Iterator[bytes]:
    """From the root down to the leaf."""
    while stop - start > 1:
        middle = start + largest_power_below(stop - start)
        if index < middle:
            yield range_hash(tree, middle, stop)
            stop = middle
        else:
            yield range_hash(tree, start, middle)
            start = middle
