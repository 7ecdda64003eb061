"""Whether all ratings hang together, and the fewest further ones that would make them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from second_opinion.engine.arrays import Integers
from second_opinion.engine.errors import DisconnectedDesignError
from second_opinion.engine.ratings.facet import Facet
from second_opinion.engine.ratings.table import Ratings
from second_opinion.engine.ratings.wording import counted, listed, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Subset:
    """Levels of two facets that are joined by ratings, and by none to any other level.

    first, second : labels of the connection's first and second facet
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    n_ratings: int

    def __str__(self) -> str:
        return (
            f"{quoted(self.first, most=3)} with {quoted(self.second, most=3)} "
            f"({counted(self.n_ratings, 'rating')})"
        )


@dataclass(frozen=True, slots=True)
class Link:
    """One further rating that joins two subsets: these two levels together."""

    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """How two facets hang together.

    facets : their names
    subsets : the largest first; one means that all is connected
    links : one fewer than subsets, which is the fewest that can connect them
    """

    facets: tuple[str, str]
    subsets: tuple[Subset, ...]
    links: tuple[Link, ...]

    @property
    def is_whole(self) -> bool:
        return len(self.subsets) < 2

    def __str__(self) -> str:
        first, second = self.facets
        if self.is_whole:
            return f"All ratings are connected through {first} and {second}."
        return (
            f"The ratings split into {len(self.subsets):,} subsets that share no {first} and no "
            f"{second}, so {_INCOMPARABLE[self.facets]}: "
            f"{listed(self.subsets, most=4, separator='; ')}. "
            f"{counted(len(self.links), 'further rating')} would connect them: "
            f"{listed(self._advice(), most=4, separator='; ')}."
        )

    def _advice(self) -> list[str]:
        words = _ADVICE[self.facets]
        return [
            words.format(first=repr(link.first), second=repr(link.second)) for link in self.links
        ]


_INCOMPARABLE = {
    ("candidate", "assessor"): "severities of assessors cannot be compared across them",
    ("candidate", "criterion"): "candidates cannot be told from criteria across them",
    ("assessor", "criterion"): "a strict assessor cannot be told from a hard criterion",
}
_ADVICE = {
    ("candidate", "assessor"): "have {second} also rate {first}",
    ("candidate", "criterion"): "have {first} also rated on {second}",
    ("assessor", "criterion"): "have {first} also rate on {second}",
}
PAIRS = tuple(_ADVICE)


def connection(ratings: Ratings, facets: tuple[str, str] = ("candidate", "assessor")) -> Connection:
    """The subsets into which ratings fall, and the ratings that would connect them.

    A difference between two subsets could as well lie in one facet as in the other, so no fit can
    place them on one scale without assuming something. To connect k subsets takes k - 1 ratings;
    proposed are levels with many ratings, the larger subset's taking turns.

    Parameters
    ----------
    facets : one of PAIRS

    Returns
    -------
    one subset where all is connected, none where there are no ratings

    References
    ----------
    Weeks and Williams (1964); Linacre (1994), chapter 12, on subsets of a rating plan.
    """
    first, second = (ratings.facets[name] for name in facets)
    components = _components(first, second)
    subsets = tuple(_subsets(first, second, components))
    return Connection(facets=facets, subsets=subsets, links=tuple(_links(subsets)))


def connected_groups(ratings: Ratings) -> Integers:
    """Each candidate's group: candidates in one group are linked by assessors they share.

    Returns
    -------
    (n_candidates,), group number from 0; -1 for a candidate without ratings
    """
    component = _components(ratings.candidate, ratings.assessor)[: len(ratings.candidate)]
    rated = component >= 0
    groups = np.full(len(ratings.candidate), -1, dtype=np.int64)
    groups[rated] = np.unique(component[rated], return_inverse=True)[1]
    return groups


def require_connected(ratings: Ratings) -> None:
    """Refuse ratings in which severities of assessors cannot be compared.

    Raises
    ------
    DisconnectedDesignError : there is more than one subset; it names them, and the ratings that
        would connect them
    """
    found = connection(ratings)
    if not found.is_whole:
        raise DisconnectedDesignError(
            str(found), links=tuple((link.second, link.first) for link in found.links)
        )


def _components(first: Facet, second: Facet) -> Integers:
    """(n_first + n_second,), each level's component; -1 for a level without ratings."""
    size = len(first) + len(second)
    links = coo_array(
        (np.ones(len(first.codes), dtype=np.int8), (first.codes, len(first) + second.codes)),
        shape=(size, size),
    )
    component = connected_components(links, directed=False)[1].astype(np.int64)
    used = np.concatenate([first.counts, second.counts]) > 0
    return np.where(used, component, -1)


def _subsets(first: Facet, second: Facet, components: Integers) -> Iterator[Subset]:
    by_rating = components[first.codes]
    numbers, n_ratings = np.unique(by_rating, return_counts=True)
    members = _members(first, components[: len(first)]), _members(second, components[len(first) :])
    for place in np.argsort(-n_ratings, kind="stable").tolist():
        number = int(numbers[place])
        yield Subset(
            first=tuple(members[0][number]),
            second=tuple(members[1][number]),
            n_ratings=int(n_ratings[place]),
        )


def _members(facet: Facet, components: Integers) -> dict[int, list[str]]:
    """The labels of each component, those with most ratings first."""
    counts = facet.counts
    members: dict[int, list[str]] = {}
    for code in np.argsort(-counts, kind="stable").tolist():
        if counts[code]:
            members.setdefault(int(components[code]), []).append(facet.labels[code])
    return members


def _links(subsets: tuple[Subset, ...]) -> Iterator[Link]:
    """From each smaller subset into the largest, whose levels of the second facet take turns."""
    if not subsets:
        return
    main, *others = subsets
    for other, second in zip(others, cycle(main.second), strict=False):
        yield Link(other.first[0], second)
