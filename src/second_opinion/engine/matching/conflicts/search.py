"""All chains of relations, up to a length, from the sides of a case to its possible assessors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching.conflicts.index import NameIndex
from second_opinion.engine.matching.conflicts.reach import Reach
from second_opinion.engine.matching.conflicts.relations import (
    Finding,
    Identity,
    Party,
    Relation,
    verdict_of,
)

LONGEST_CHAIN = 3  # beyond it everybody is tied to everybody

Link = Relation | Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What counts as a tie.

    longest : relations in a chain, 1 to 3
    earliest : day; a relation that ended before it counts for nothing
    """

    longest: int = 2
    earliest: float

    def __post_init__(self) -> None:
        if not 1 <= self.longest <= LONGEST_CHAIN:
            raise ArgumentError(f"A chain has 1 to {LONGEST_CHAIN} relations; got {self.longest}.")


def find_conflicts(
    parties: Sequence[Party],
    relations: Sequence[Relation],
    *,
    sides: Mapping[str, Collection[int]],
    assessors: Collection[int],
    limits: Limits,
) -> list[Finding]:
    """Every chain that ties an assessor to a side, in order of sides, targets and entries.

    Entries that are one by their names count as one; entries that may be one make a question. A
    chain passes no entry twice, and neither passes through another target of its side nor goes on
    behind an assessor it has reached: that chain is found by itself.

    Parameters
    ----------
    sides : by name, places of the parties that stand there
    assessors : places of those who might be asked

    Raises
    ------
    ArgumentError : a place that no party has
    """
    _require_places(parties, relations, sides, assessors)
    search = _Search(parties, relations, frozenset(assessors), limits)
    return [
        found
        for side, targets in sides.items()
        for target in sorted(set(targets))
        for found in search.from_target(side, target, frozenset(targets))
    ]


class _Search:
    def __init__(
        self,
        parties: Sequence[Party],
        relations: Sequence[Relation],
        assessors: frozenset[int],
        limits: Limits,
    ) -> None:
        self._parties, self._assessors, self._longest = parties, assessors, limits.longest
        self._names = NameIndex(parties)
        ties: dict[int, list[Relation]] = defaultdict(list)
        for relation in relations:
            if not relation.ended < limits.earliest:  # written so that NaN stays in
                ties[relation.one].append(relation)
                ties[relation.other].append(relation)
        self._reach = Reach(parties, self._names, ties, assessors)

    def from_target(self, side: str, target: int, others: frozenset[int]) -> Iterator[Finding]:
        barred = others - {target}
        for links, assessor in self._onwards(target, (), barred | {target}, self._longest):
            yield Finding(
                side=side,
                target=target,
                assessor=assessor,
                links=links,
                verdict=verdict_of(links),
                key=self._key(side, target, links),
            )

    def _onwards(
        self, place: int, links: tuple[Link, ...], passed: frozenset[int], left: int
    ) -> Iterator[tuple[tuple[Link, ...], int]]:
        """From an entry, to those that may be it, and along the relations of each of them."""
        here: list[tuple[int, tuple[Link, ...]]] = [(place, links)]
        here += [
            (other, (*links, self._names.identity(place, other)))
            for other in self._reach.alike_that_lead(place, left)
            if other not in passed
        ]
        for at, so_far in here:
            if at in self._assessors:
                yield so_far, at
                continue
            for tie, there in self._reach.ties_that_lead(at, left):
                if there not in passed and there != at:
                    onwards = passed | {at, there}
                    yield from self._onwards(there, (*so_far, tie), onwards, left - 1)

    def _key(self, side: str, target: int, links: tuple[Link, ...]) -> str:
        parts = [side, self._parties[target].key]
        for link in links:
            if isinstance(link, Relation):
                parts.append(link.key)
            else:
                parts.append(f"{self._parties[link.one].key}={self._parties[link.other].key}")
        return "|".join(parts)


def _require_places(
    parties: Sequence[Party],
    relations: Sequence[Relation],
    sides: Mapping[str, Collection[int]],
    assessors: Collection[int],
) -> None:
    places = {place for each in relations for place in (each.one, each.other)}
    places |= {place for targets in sides.values() for place in targets} | set(assessors)
    if wrong := sorted(place for place in places if not 0 <= place < len(parties)):
        raise ArgumentError(f"No party has the place {wrong[0]}: there are {len(parties)}.")
