"""Proof that a longer log begins with the shorter one: nothing taken out, nothing changed."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.sealing.tree import Subtrees, largest_power_below, node_hash, range_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsistencyProof:
    """Hashes from which both roots follow.

    first_size, second_size : leaves under the older and the newer root, 1 or more
    path : 32 bytes each
    """

    first_size: int
    second_size: int
    path: tuple[bytes, ...]

    def proves(self, first_root: bytes, second_root: bytes) -> bool:
        """Whether the log under the second root begins with the one under the first.

        References
        ----------
        RFC 9162, section 2.1.4.2.
        """
        if not 1 <= self.first_size <= self.second_size:
            return False
        if self.first_size == self.second_size:
            return not self.path and hmac.compare_digest(first_root, second_root)
        path = list(self.path)
        if self.first_size & (self.first_size - 1) == 0:
            path.insert(0, first_root)
        roots = _roots(path, self.first_size - 1, self.second_size - 1)
        return (
            roots is not None
            and hmac.compare_digest(roots[0], first_root)
            and hmac.compare_digest(roots[1], second_root)
        )


def consistency_proof(
    tree: Subtrees, first_size: int, *, second_size: int | None = None
) -> ConsistencyProof:
    """The proof between the first `first_size` leaves and the first `second_size`.

    Raises
    ------
    ArgumentError : the sizes do not fit each other or the tree

    References
    ----------
    RFC 9162, section 2.1.4.1.
    """
    second_size = len(tree) if second_size is None else second_size
    if not 1 <= first_size <= second_size <= len(tree):
        raise ArgumentError(
            f"Sizes must be 1 to {len(tree)}, the first at most the second; got {first_size} and "
            f"{second_size}."
        )
    path = tuple(_subproof(tree, first_size, 0, second_size))
    return ConsistencyProof(first_size=first_size, second_size=second_size, path=path[::-1])


def _subproof(tree: Subtrees, first_size: int, start: int, stop: int) -> Iterator[bytes]:
    """From the root down; the older root itself is left out, since the reader holds it."""
    is_older_root = True
    while start + first_size != stop:
        middle = start + largest_power_below(stop - start)
        if start + first_size <= middle:
            yield range_hash(tree, middle, stop)
            stop = middle
        else:
            yield range_hash(tree, start, middle)
            first_size -= middle - start
            start, is_older_root = middle, False
    if not is_older_root:
        yield range_hash(tree, start, stop)


def _roots(path: list[bytes], place: int, last: int) -> tuple[bytes, bytes] | None:
    """Both roots that follow from the path; None where it is too short or too long."""
    while place & 1:
        place, last = place >> 1, last >> 1
    if not path:
        return None
    first = second = path[0]
    for beside in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            first, second = node_hash(beside, first), node_hash(beside, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, beside)
        place, last = place >> 1, last >> 1
    return (first, second) if last == 0 else None
