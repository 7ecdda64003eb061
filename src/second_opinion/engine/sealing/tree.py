"""The Merkle tree of a log that only grows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Protocol

from second_opinion.engine.errors import ArgumentError

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256 of a zero byte and the entry (RFC 9162, section 2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of a one byte and the two hashes below (RFC 9162, section 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def largest_power_below(n: int) -> int:
    """The largest power of two smaller than n, where n is 2 or more: where a tree is split."""
    return 1 << ((n - 1).bit_length() - 1)


class Subtrees(Protocol):
    """A tree's complete subtrees, wherever they are kept."""

    def __len__(self) -> int:
        """How many leaves there are."""
        ...

    def subtree(self, level: int, index: int) -> bytes:
        """The hash over the 2**level leaves from index * 2**level on."""
        ...


def range_hash(tree: Subtrees, start: int, stop: int) -> bytes:
    """The hash over leaves start to stop, where a split of the tree put that start."""
    width = stop - start
    if width & (width - 1) == 0:
        return tree.subtree(width.bit_length() - 1, start // width)
    middle = start + largest_power_below(width)
    return node_hash(range_hash(tree, start, middle), range_hash(tree, middle, stop))


def root_of(tree: Subtrees, size: int | None = None) -> bytes:
    """The tree head of the first `size` leaves, of all by default.

    Raises
    ------
    ArgumentError : there are fewer leaves than that

    References
    ----------
    RFC 9162 (Laurie, Messeri and Stradling 2021), section 2.1.1.
    """
    size = len(tree) if size is None else size
    if not 0 <= size <= len(tree):
        raise ArgumentError(f"size must be 0 to the {len(tree)} leaves; got {size}.")
    return range_hash(tree, 0, size) if size else EMPTY_ROOT


class MerkleTree:
    """All complete subtrees of the leaves so far, in memory."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        """From leaf hashes, in the order of the log."""
        self._levels: list[list[bytes]] = [[]]
        self.extend(leaves)

    def __len__(self) -> int:
        return len(self._levels[0])

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append leaf hashes; every subtree that is now complete is hashed once."""
        self._levels[0].extend(leaves)
        level = 0
        while len(self._levels[level]) > 1:
            below = self._levels[level]
            if level + 1 == len(self._levels):
                self._levels.append([])
            above = self._levels[level + 1]
            first = 2 * len(above)
            pairs = zip(below[first::2], below[first + 1 :: 2], strict=False)
            above.extend(node_hash(left, right) for left, right in pairs)
            level += 1

    def leaf(self, index: int) -> bytes:
        return self._levels[0][index]

    def subtree(self, level: int, index: int) -> bytes:
        return self._levels[level][index]

    def root(self, size: int | None = None) -> bytes:
        """As root_of."""
        return root_of(self, size)
