"""Parties, what ties two of them, and what a chain of ties says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isnan

from second_opinion.engine.matching.names import Comparison


class Verdict(StrEnum):
    """What a chain means until a person has decided.

    CONFLICT : every link is certain, and none ended before the look-back
    UNDATED : certain, but of one link nobody has said whether it has ended
    QUESTION : it holds only if two similar names are one, or if a sign means what it may mean
    """

    CONFLICT = "conflict"
    UNDATED = "undated"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or a firm as one entry knows them; two entries may be one.

    key : of the entry, the same in every search
    former : earlier family names of a person
    mail : address of a person, domain of a firm; '' where not known
    number : registry number of a firm; '' where not known
    """

    key: str
    name: str
    is_firm: bool = False
    former: tuple[str, ...] = ()
    mail: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A tie between two entries, in either direction.

    key : of the entry, the same in every search
    one, other : places among the parties
    ended : day, infinity while it holds, NaN where nobody has said
    is_certain : False for a sign only, such as a mail domain
    """

    key: str
    kind: str
    one: int
    other: int
    ended: float
    is_certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """That two entries are, or may be, one.

    is_certain : firms of the same words or number, people of one mail address; two people of one
        name may be namesakes
    """

    one: int
    other: int
    comparison: Comparison
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A chain from a side of the case to an assessor.

    side : its name, as given to the search
    target, assessor : places among the parties
    links : from the target to the assessor
    key : the same in every search for the same chain of the same entries
    """

    side: str
    target: int
    assessor: int
    links: tuple[Relation | Identity, ...]
    verdict: Verdict
    key: str

    @property
    def length(self) -> int:
        """How many relations; 0 says that the assessor is, or may be, the target."""
        return sum(isinstance(link, Relation) for link in self.links)


def verdict_of(links: tuple[Relation | Identity, ...]) -> Verdict:
    if not all(link.is_certain for link in links):
        return Verdict.QUESTION
    is_undated = any(isinstance(link, Relation) and isnan(link.ended) for link in links)
    return Verdict.UNDATED if is_undated else Verdict.CONFLICT
