"""What the first pass over ratings learns: labels, how often each cell, and who hangs together."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import (
    ArgumentError,
    DisconnectedDesignError,
    NothingRatedError,
    ScatteredCandidateError,
)
from second_opinion.engine.facets.model import ASSESSOR, CANDIDATE
from second_opinion.engine.ratings import Facet, LabelIndex, Ratings, Scale

_MOST_CELLS = 2**62  # numbers up to here are exact


class FirstPass:
    """Ratings without their candidates: each combination of the other facets and a score, counted.

    Nothing that grows with the ratings is kept but one number for each candidate.
    """

    def __init__(self, passes: Iterable[Ratings]) -> None:
        self._indexes: dict[str, LabelIndex] = {}
        self._scores: dict[float, int] = {}
        self._scales: dict[str, Scale] = {}
        self._cells: list[tuple[Integers, Floats]] = []
        self._example: dict[int, str] = {}  # of each assessor, one candidate
        self._together = np.zeros(0, dtype=np.int64)  # each assessor's first companion
        self._names: list[Integers] = []
        self.n_ratings = 0
        for ratings in passes:
            self._take(ratings)
        if not self.n_ratings:
            raise NothingRatedError("There is not a single rating to read.")
        self._count_together()
        self._refuse_scattered(passes)
        self._require_connected()
        self._sizes = (*(len(index.labels) for index in self._indexes.values()), len(self._scores))
        if np.prod([float(size) for size in self._sizes]) > _MOST_CELLS:
            raise ArgumentError("The facets have too many combinations of labels to count.")
        columns, self._weight = self._cells[0]
        order = np.argsort(self._numbered(columns))
        self._columns, self._weight = columns[order], self._weight[order]
        self._number = self._numbered(self._columns)

    @property
    def table(self) -> Ratings:
        """Each cell as one rating of one and the same candidate, weighted by how often it came."""
        facets = {
            name: Facet(index.labels, self._columns[:, place])
            for place, (name, index) in enumerate(self._indexes.items())
        }
        score = np.array(list(self._scores))[self._columns[:, -1]]
        return Ratings(
            candidate=Facet(("everybody",), np.zeros(len(score), dtype=np.int64)),
            assessor=facets.pop("assessor"),
            criterion=facets["criterion"],
            score=score,
            scales=tuple(self._scales[label] for label in facets.pop("criterion").labels),
            further=facets,
            weight=self._weight,
        )

    def cell_of(self, ratings: Ratings) -> Integers:
        """(n_ratings,), each rating's row of the table."""
        return np.searchsorted(self._number, self._numbered(self._coded(ratings)))

    def _take(self, ratings: Ratings) -> None:
        if not len(ratings):
            return
        if not self._indexes:
            names = [name for name in ratings.facets if name != CANDIDATE]
            self._indexes = {name: LabelIndex(f"labels of {name}") for name in names}
        if set(self._indexes) != set(ratings.facets) - {CANDIDATE}:
            raise ArgumentError("Every part of the ratings needs the same facets.")
        for label, scale in zip(ratings.criterion.labels, ratings.scales, strict=True):
            if self._scales.setdefault(label, scale) != scale:
                raise ArgumentError(f"Criterion {label!r} has two scales in two parts.")
        coded = self._coded(ratings)
        weight = np.ones(len(ratings)) if ratings.weight is None else ratings.weight
        self._cells.append((coded, weight))
        # counted when half a million have gathered: rarely, and still in little memory
        if sum(len(weight) for _, weight in self._cells[1:]) > max(500_000, len(self._cells[0][1])):
            self._count_together()
        self._link(ratings, coded[:, list(self._indexes).index(ASSESSOR)])
        labels = ratings.candidate.labels
        self._names.append(np.fromiter(map(hash, labels), dtype=np.int64, count=len(labels)))
        self.n_ratings += len(ratings)

    def _coded(self, ratings: Ratings) -> Integers:
        """(n_ratings, n_facets + 1), codes over all parts, the score's last."""
        facets = ratings.facets
        columns = [index.codes_of(facets[name]) for name, index in self._indexes.items()]
        given, place = np.unique(ratings.score, return_inverse=True)
        codes = [self._scores.setdefault(score, len(self._scores)) for score in given.tolist()]
        return np.stack([*columns, np.array(codes)[place]], axis=1)

    def _numbered(self, columns: Integers) -> Integers:
        return np.asarray(np.ravel_multi_index(tuple(columns.T), self._sizes), dtype=np.int64)

    def _count_together(self) -> None:
        columns = np.concatenate([columns for columns, _ in self._cells])
        weights = np.concatenate([weight for _, weight in self._cells])
        self._sizes = tuple(columns.max(axis=0) + 1)
        _, first, place = np.unique(self._numbered(columns), return_index=True, return_inverse=True)
        self._cells = [(columns[first], np.bincount(place, weights=weights).astype(np.float64))]

    def _link(self, ratings: Ratings, assessor: Integers) -> None:
        """Join the assessors of each candidate to those whom they were joined to before."""
        n_assessors = len(self._indexes[ASSESSOR].labels)
        known = self._together
        candidate = n_assessors + ratings.candidate.codes
        size = n_assessors + len(ratings.candidate)
        start = np.concatenate([np.arange(len(known)), assessor])
        end = np.concatenate([known, candidate])
        links = coo_array((np.ones(len(start), dtype=np.int8), (start, end)), shape=(size, size))
        component = connected_components(links, directed=False)[1][:n_assessors]
        _, first, place = np.unique(component, return_index=True, return_inverse=True)
        self._together = first[place].astype(np.int64)
        new, row = np.unique(assessor, return_index=True)
        for one, at in zip(new.tolist(), row.tolist(), strict=True):
            if one not in self._example:
                self._example[one] = ratings.candidate.labels[ratings.candidate.codes[at]]

    def _require_connected(self) -> None:
        rated = np.array(sorted(self._example))
        heads = np.unique(self._together[rated])
        if len(heads) < 2:
            return
        labels = self._indexes[ASSESSOR].labels
        sizes = np.bincount(self._together[rated], minlength=len(labels))[heads]
        main, *others = heads[np.argsort(-sizes, kind="stable")].tolist()
        links = tuple((labels[main], self._example[other]) for other in others)
        advice = "; ".join(f"have {first!r} also rate {second!r}" for first, second in links[:4])
        more = f" and {len(links) - 4:,} more" if len(links) > 4 else ""
        raise DisconnectedDesignError(
            f"The ratings split into {len(heads):,} subsets that share no candidate and no "
            "assessor, so severities of assessors cannot be compared across them. "
            f"{len(links):,} further ratings would connect them: {advice}{more}.",
            links=links,
        )

    def _refuse_scattered(self, passes: Iterable[Ratings]) -> None:
        names = np.sort(np.concatenate(self._names))
        twice = set(names[1:][names[1:] == names[:-1]].tolist())
        if not twice:
            return
        label = next(
            label
            for ratings in passes
            for label in ratings.candidate.labels
            if hash(label) in twice
        )
        raise ScatteredCandidateError(
            f"Candidate {label!r} comes in two parts of the ratings; sort them by candidate."
        )
