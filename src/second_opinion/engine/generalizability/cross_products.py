"""Counts of how often levels meet, in the order in which they will be eliminated.

The mixed-model equations of ``y = mean + effects + residual`` hold only such counts. Three tiers
are solved one after the other:

fine    one effect, the one with most levels; its equations are diagonal
middle  the other effects within blocks (of one candidate, say); a small square for each block
coarse  what crosses blocks (assessors, criteria), and the fixed means last; one dense square

Eliminating a fine level with n ratings changes the others by ``theta / (1 + n theta)`` times
fixed counts, so those are summed once for each n and never again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.generalizability.grouping import Grouping
from second_opinion.engine.generalizability.meetings import meetings


@dataclass(frozen=True, slots=True)
class Tiers:
    """Effects by tier, as places in the list of effects; all together 0 to K - 1."""

    fine: int
    middle: tuple[int, ...]
    coarse: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sparse matrix whose entries are ``base - sum of weight[n] * part[n]`` on fixed places.

    place : (n_parts,) arrays, where in the data each part's entries stand
    """

    rows: Integers
    starts: Integers
    columns: Integers
    shape: tuple[int, int]
    base: Floats
    place: tuple[Integers, ...]
    part: tuple[Floats, ...]

    def combined(self, weight: Floats) -> Floats:
        """Entries of the weighted sum of the parts."""
        entries = np.zeros_like(self.base)
        for one, place, part in zip(weight, self.place, self.part, strict=True):
            entries[place] += one * part
        return entries

    def matrix(self, entries: Floats) -> csr_array:
        return csr_array((entries, self.columns, self.starts), shape=self.shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Where the square of middle falls apart, written into one buffer of dense blocks.

    sizes : size of a block, and how many there are, in the buffer's order
    place : of each entry of the square in the buffer
    inverse_place, inverse_columns, inverse_starts : the inverse, out of the buffer, row by row
    """

    sizes: tuple[tuple[int, int], ...]
    place: Integers
    inverse_place: Integers
    inverse_columns: Integers
    inverse_starts: Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossProducts:
    """All counts; q levels in a tier, coarse with the fixed means as its last columns.

    fine_count : (q_fine,), ratings of each level
    fine_sizes : (n_parts,), the different counts
    fine_to_rest : (q_fine, q_middle + q_coarse)
    middle_middle, middle_coarse, coarse_coarse : among the rest
    middle_effect, coarse_effect : which effect a column belongs to; -1 for a fixed mean
    blocks : of middle_middle
    """

    tiers: Tiers
    n_levels: tuple[int, ...]
    fine_count: Floats
    fine_sizes: Floats
    fine_to_rest: csr_array
    middle_middle: Pattern
    middle_coarse: Pattern
    coarse_coarse: Pattern
    middle_effect: Integers
    coarse_effect: Integers
    blocks: Blocks

    @property
    def n_fixed(self) -> int:
        return int((self.coarse_effect < 0).sum())

    @property
    def n_middle(self) -> int:
        return len(self.middle_effect)


def cross_products(
    effects: tuple[Grouping, ...], *, facet: str, fixed: Integers | None = None
) -> CrossProducts:
    """Counts of the effects, with blocks being the levels of a facet.

    Parameters
    ----------
    fixed : (N,), which mean each rating has; by default all have the same
    """
    if fixed is None:
        fixed = np.zeros(len(effects[0].level), dtype=np.int64)
    within = [place for place, one in enumerate(effects) if facet in one.effect.facets]
    chosen = within or range(len(effects))
    fine = max(chosen, key=lambda place: effects[place].n_levels)
    tiers = Tiers(
        fine=fine,
        middle=tuple(place for place in within if place != fine),
        coarse=tuple(place for place in range(len(effects)) if place not in {*within, fine}),
    )
    middle = [effects[place] for place in tiers.middle]
    coarse = [effects[place] for place in tiers.coarse]
    columns, n_columns = _columns([*middle, *coarse], fixed)
    n_middle = sum(one.n_levels for one in middle)
    fine_to_rest = meetings(effects[fine].level, columns, (effects[fine].n_levels, n_columns))
    fine_count = np.bincount(effects[fine].level).astype(np.float64)
    sizes, kind = np.unique(fine_count, return_inverse=True)
    parts = []
    for number in range(len(sizes)):
        rows = fine_to_rest[np.flatnonzero(kind == number)]
        parts.append((rows.T @ rows).tocoo())
    whole = _square(columns, n_columns)
    corner = (slice(0, n_middle), slice(n_middle, n_columns))
    square = _pattern(whole, parts, corner[0], corner[0])
    return CrossProducts(
        tiers=tiers,
        n_levels=tuple(one.n_levels for one in effects),
        fine_count=fine_count,
        fine_sizes=sizes,
        fine_to_rest=fine_to_rest,
        middle_middle=square,
        middle_coarse=_pattern(whole, parts, corner[0], corner[1]),
        coarse_coarse=_pattern(whole, parts, corner[1], corner[1]),
        middle_effect=_owner(tiers.middle, effects),
        coarse_effect=np.append(_owner(tiers.coarse, effects), np.full(int(fixed.max()) + 1, -1)),
        blocks=_blocks(whole, square),
    )


def _columns(effects: list[Grouping], fixed: Integers) -> tuple[list[Integers], int]:
    """Each rating's column for every effect, and for its mean."""
    columns, n_columns = [], 0
    for one in effects:
        columns.append(one.level + n_columns)
        n_columns += one.n_levels
    return [*columns, fixed + n_columns], n_columns + int(fixed.max()) + 1


def _square(columns: list[Integers], n_columns: int) -> coo_array:
    """How often each two columns meet; each effect has rows of its own."""
    of_effects = [meetings(own, columns, (n_columns, n_columns)).tocoo() for own in columns]
    row, column = (np.concatenate([one.coords[axis] for one in of_effects]) for axis in (0, 1))
    often = np.concatenate([one.data for one in of_effects])
    return coo_array((often, (row, column)), shape=(n_columns, n_columns))


def _owner(tier: tuple[int, ...], effects: tuple[Grouping, ...]) -> Integers:
    return np.repeat(np.array(tier, dtype=np.int64), [effects[place].n_levels for place in tier])


def _pattern(whole: coo_array, parts: list[coo_array], rows: slice, columns: slice) -> Pattern:
    """The part of the matrices between two tiers, on the places that any of them fills."""
    shape = (rows.stop - rows.start, columns.stop - columns.start)
    keys, entries = zip(*(_inside(one, rows, columns) for one in (whole, *parts)), strict=True)
    key, places = _together(keys, shape[0] * shape[1])
    base = np.zeros(len(key))
    base[places[0]] = entries[0]
    row, column = np.divmod(key, max(shape[1], 1))
    return Pattern(
        rows=row,
        starts=np.searchsorted(row, np.arange(shape[0] + 1)),
        columns=column,
        shape=shape,
        base=base,
        place=tuple(places[1:]),
        part=tuple(entries[1:]),
    )


def _together(keys: tuple[Integers, ...], size: int) -> tuple[Integers, list[Integers]]:
    """All keys once, ascending, and where each list's stand; by marks where that is cheaper."""
    if size > 20 * sum(map(len, keys)) + 1000:
        every = np.sort(np.concatenate(keys))  # np.unique hashes, which is slower here
        every = every[np.append(True, every[1:] != every[:-1])[: len(every)]]
        return every, [np.searchsorted(every, one) for one in keys]
    used = np.zeros(size, dtype=np.int64)
    for one in keys:
        used[one] = 1
    number = np.cumsum(used) - 1
    return np.flatnonzero(used), [number[one] for one in keys]


def _inside(matrix: coo_array, rows: slice, columns: slice) -> tuple[Integers, Floats]:
    row, column = matrix.coords
    keep = (row >= rows.start) & (row < rows.stop)
    keep &= (column >= columns.start) & (column < columns.stop)
    width = columns.stop - columns.start
    key = (row[keep].astype(np.int64) - rows.start) * width + column[keep] - columns.start
    return key, matrix.data[keep]


def _blocks(whole: coo_array, square: Pattern) -> Blocks:
    """Columns of middle that meet, gathered by how many there are."""
    n_middle = square.shape[0]
    _, block = connected_components(whole.tocsr()[:n_middle, :n_middle], directed=False)
    size = np.bincount(block)
    by_size = np.argsort(size, kind="stable")  # blocks of one size stand together in the buffer
    start = np.empty(len(size), dtype=np.int64)
    start[by_size] = np.cumsum(size[by_size] ** 2) - size[by_size] ** 2
    order = np.argsort(block, kind="stable")
    local = np.empty(n_middle, dtype=np.int64)
    local[order] = np.arange(n_middle) - (np.cumsum(size) - size)[block[order]]
    width = size[block]
    place = start[block[square.rows]] + local[square.rows] * width[square.rows]
    # Every column of a block against every other, in the order of a sparse matrix's rows.
    row = np.repeat(np.arange(n_middle), width)
    across = np.arange(len(row)) - np.repeat(np.cumsum(width) - width, width)
    first = (np.cumsum(size) - size)[block[row]]
    numbers, often = np.unique(size, return_counts=True)
    return Blocks(
        sizes=tuple(
            (int(number), int(count)) for number, count in zip(numbers, often, strict=True)
        ),
        place=place + local[square.columns],
        inverse_place=start[block[row]] + local[row] * width[row] + across,
        inverse_columns=order[first + across],
        inverse_starts=np.concatenate([[0], np.cumsum(width)]),
    )
