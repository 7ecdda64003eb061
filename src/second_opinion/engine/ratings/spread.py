"""Candidates, assessors and others whose scores are all alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.ratings.facet import Facet
from second_opinion.engine.ratings.table import Ratings

Booleans = NDArray[np.bool_]
End = Literal["lowest", "highest", ""]
FEWEST = 10  # equal scores from one assessor that are no chance any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Unvarying:
    """One level of a facet, all of whose scores stand at the same place of their scales.

    score : that score; None where criteria with other scales are among them
    end : the end of the scales at which all scores stand; empty in between
    """

    facet: str
    label: str
    n_ratings: int
    score: float | None
    end: End

    @property
    def is_extreme(self) -> bool:
        """Whether the likelihood has no maximum for this level: it grows without end."""
        return self.end != ""

    def __str__(self) -> str:
        score = "" if self.score is None else f"{self.score:g} in "
        return f"{self.label!r} ({score}{self.n_ratings:,})"


def unvarying_levels(ratings: Ratings) -> tuple[Unvarying, ...]:
    """Levels at one end of all their scales, and those with several scores that are all alike."""
    low = np.array([scale.low for scale in ratings.scales])[ratings.criterion.codes]
    high = np.array([scale.high for scale in ratings.scales])[ratings.criterion.codes]
    at_low, at_high = ratings.score == low, ratings.score == high
    return tuple(
        level
        for name, facet in ratings.facets.items()
        for level in _unvarying(name, facet, ratings=ratings, at_low=at_low, at_high=at_high)
    )


def _unvarying(
    name: str, facet: Facet, *, ratings: Ratings, at_low: Booleans, at_high: Booleans
) -> Iterator[Unvarying]:
    n_levels, counts = len(facet), facet.counts
    lowest, highest = np.full(n_levels, np.inf), np.full(n_levels, -np.inf)
    np.minimum.at(lowest, facet.codes, ratings.score)
    np.maximum.at(highest, facet.codes, ratings.score)
    alike = (lowest == highest) & (counts >= FEWEST) & (name == "assessor")
    ends: dict[End, Booleans] = {
        "lowest": counts == np.bincount(facet.codes[at_low], minlength=n_levels),
        "highest": counts == np.bincount(facet.codes[at_high], minlength=n_levels),
        "": alike,
    }
    seen = counts == 0
    for end, levels in ends.items():
        for code in np.flatnonzero(levels & ~seen).tolist():
            yield Unvarying(
                facet=name,
                label=facet.labels[code],
                n_ratings=int(counts[code]),
                score=float(lowest[code]) if lowest[code] == highest[code] else None,
                end=end,
            )
        seen = seen | levels
