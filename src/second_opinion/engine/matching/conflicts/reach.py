"""From which entries an assessor can be reached at all, so that no search goes anywhere else.

Without it a search tries every way through everybody of a common name, at every employer: their
number to the power of the chain's length. With it each entry is asked about once for each length.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from second_opinion.engine.matching.conflicts.index import NameIndex, written
from second_opinion.engine.matching.conflicts.relations import Party, Relation


class Reach:
    """Whether a chain may still end at an assessor, with so many relations left.

    It forgets what a chain has passed already, so it may promise too much, never too little.
    """

    def __init__(
        self,
        parties: Sequence[Party],
        names: NameIndex,
        ties: Mapping[int, Sequence[Relation]],
        assessors: Collection[int],
    ) -> None:
        self._names, self._ties, self._assessors = names, ties, assessors
        self._writings = [written(party) for party in parties]
        self._ties_that_lead: dict[tuple[int, int], tuple[tuple[Relation, int], ...]] = {}
        self._leading: dict[tuple[Party, int], tuple[int, ...]] = {}

    def is_within(self, place: int, left: int) -> bool:
        """From the entry, or from another that may be it."""
        if self.leads(place, left) or self._leading_as(self._writings[place], left):
            return True
        return any(self.leads(one, left) for one in self._names.of_one_mail(place))

    def leads(self, place: int, left: int) -> bool:
        """From this very entry."""
        return place in self._assessors or bool(self.ties_that_lead(place, left))

    def ties_that_lead(self, place: int, left: int) -> Sequence[tuple[Relation, int]]:
        """Those of this very entry, each with the entry at its other end."""
        if left == 0:
            return ()
        known = self._ties_that_lead.get((place, left))
        if known is None:
            ends = (
                (tie, tie.other if tie.one == place else tie.one)
                for tie in self._ties.get(place, ())
            )
            known = tuple((tie, end) for tie, end in ends if self.is_within(end, left - 1))
            self._ties_that_lead[place, left] = known
        return known

    def alike_that_lead(self, place: int, left: int) -> list[int]:
        """The others that it is or may be, as far as they lead anywhere; in order of places."""
        of_one_mail = (one for one in self._names.of_one_mail(place) if self.leads(one, left))
        found = {*self._leading_as(self._writings[place], left), *of_one_mail}
        return sorted(found - {place})

    def _leading_as(self, writing: Party, left: int) -> tuple[int, ...]:
        known = self._leading.get((writing, left))
        if known is None:
            known = tuple(
                place
                for other in self._names.writings_alike(writing)
                for place in self._names.written_as(other)
                if self.leads(place, left)
            )
            self._leading[writing, left] = known
        return known
