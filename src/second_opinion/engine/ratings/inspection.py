"""What ratings are like before anything is fitted: what a fit can and cannot learn from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.ratings.categories import Categories, categories_of
from second_opinion.engine.ratings.connection import PAIRS, Connection, connection
from second_opinion.engine.ratings.spread import Unvarying, unvarying_levels
from second_opinion.engine.ratings.table import Ratings
from second_opinion.engine.ratings.wording import counted, listed, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What stands out in a table of ratings; nothing of it is an error.

    n_levels : by facet, how many of its labels have a rating
    unrated : by facet, the labels without one
    categories : one for each criterion that was rated
    unvarying : candidates, assessors and others whose scores are all alike
    connections : one for each two of candidate, assessor and criterion
    """

    n_ratings: int
    n_levels: dict[str, int]
    unrated: dict[str, tuple[str, ...]]
    categories: tuple[Categories, ...]
    unvarying: tuple[Unvarying, ...]
    connections: tuple[Connection, ...]

    @property
    def extremes(self) -> tuple[Unvarying, ...]:
        """Those with nothing but the lowest or the highest score: no likelihood places them."""
        return tuple(one for one in self.unvarying if one.is_extreme)

    @property
    def is_connected(self) -> bool:
        """Whether every two of candidate, assessor and criterion can be told apart."""
        return all(one.is_whole for one in self.connections)

    @property
    def findings(self) -> tuple[str, ...]:
        """A sentence for each thing that stands out; none where nothing does."""
        return tuple(_findings(self))

    def __str__(self) -> str:
        levels = ", ".join(counted(number, name) for name, number in self.n_levels.items())
        return "\n".join((f"{counted(self.n_ratings, 'rating')}: {levels}.", *self.findings))


def inspect_ratings(ratings: Ratings) -> Inspection:
    """Categories without a score, levels without variation, and subsets without a connection.

    References
    ----------
    Linacre (1994), chapters 11 and 12, on extreme scores and on connected rating plans.
    """
    unrated = {
        name: tuple(facet.labels[code] for code in np.flatnonzero(facet.counts == 0).tolist())
        for name, facet in ratings.facets.items()
    }
    return Inspection(
        n_ratings=len(ratings),
        n_levels={name: len(facet) - len(unrated[name]) for name, facet in ratings.facets.items()},
        unrated=unrated,
        categories=categories_of(ratings),
        unvarying=unvarying_levels(ratings),
        connections=tuple(
            connection(ratings, pair) for pair in PAIRS if len(ratings.facets[pair[1]]) > 1
        ),
    )


def _findings(inspection: Inspection) -> Iterator[str]:
    for name, labels in inspection.unrated.items():
        if labels:
            yield f"Without any rating: {counted(len(labels), name)}, {quoted(labels, most=5)}."
    yield from (str(one) for one in inspection.categories if one.stands_out)
    yield from _unvarying_in_words(inspection.unvarying)
    yield from (str(one) for one in inspection.connections if not one.is_whole)


def _unvarying_in_words(unvarying: tuple[Unvarying, ...]) -> Iterator[str]:
    kinds = dict.fromkeys((one.facet, one.end) for one in unvarying)
    for facet, end in kinds:
        alike = [one for one in unvarying if (one.facet, one.end) == (facet, end)]
        many = len(alike) > 1
        have, scores = ("have" if many else "has"), _ENDS[end]
        yield (
            f"{counted(len(alike), facet)} {have} only {scores}: {listed(alike, most=5)}"
            f"{_MEANING[end]}."
        )


_ENDS = {"lowest": "lowest scores", "highest": "highest scores", "": "one and the same score"}
_MEANING = {
    "lowest": "; how low the measure is, ratings alone cannot tell",
    "highest": "; how high the measure is, ratings alone cannot tell",
    "": "",
}
