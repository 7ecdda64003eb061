"""The many-facet fit of ratings that are larger than memory: the same sums, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets.abilities.spread import AbilityCorrelation, AbilitySpread
from second_opinion.engine.facets.arrangement import Arrangement, arrange
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.first_pass import FirstPass
from second_opinion.engine.facets.fit import beginning, passes
from second_opinion.engine.facets.identification import identify
from second_opinion.engine.facets.model import RATING_SCALE, FacetsModel
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.progress import Progress, nobody, telling
from second_opinion.engine.facets.result import FacetMeasures, Population, Threshold, result_of
from second_opinion.engine.facets.sample import MANY, sample_says
from second_opinion.engine.facets.statistics import Posterior, Statistics, combine
from second_opinion.engine.facets.weak import search
from second_opinion.engine.ratings import Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetsFitInPasses:
    """A many-facet model as ratings have it that were gone through in passes.

    ability, standard_error : (n_candidates,), posterior mean and standard deviation, logits, in the
        order in which candidates came; their labels were not kept, see `candidates`
    is_rated : (n_candidates,); of others nothing is known but the population
    n_passes : how often the ratings were gone through
    the others : as in FacetsFit
    """

    model: FacetsModel
    n_ratings: int
    n_passes: int
    ability: Floats
    standard_error: Floats
    is_rated: NDArray[np.bool_]
    facets: tuple[FacetMeasures, ...]
    thresholds: tuple[Threshold, ...]
    population: Population
    log_likelihood: float
    n_parameters: int
    converged: bool
    iterations: int
    notes: tuple[str, ...]
    abilities: tuple[AbilitySpread, ...] = ()
    correlations: tuple[AbilityCorrelation, ...] = ()

    @property
    def deviance(self) -> float:
        """Minus twice the log-likelihood."""
        return -2 * self.log_likelihood

    def candidates(
        self, ratings: Iterable[Ratings]
    ) -> Iterator[tuple[tuple[str, ...], Floats, Floats]]:
        """Labels, abilities and standard errors, part by part, in one more pass."""
        start = 0
        for part in ratings:
            stop = start + len(part.candidate)
            yield part.candidate.labels, self.ability[start:stop], self.standard_error[start:stop]
            start = stop


def fit_facets_in_passes(
    ratings: Iterable[Ratings], *, model: FacetsModel = RATING_SCALE, progress: Progress = nobody
) -> FacetsFitInPasses:
    """The fit that fit_facets makes of all parts together, one part in memory at a time.

    Parameters
    ----------
    ratings : parts with whole candidates; iterated over once for each pass, so no generator
    progress : told after each pass over the ratings: its number, and the log-likelihood it found

    Raises
    ------
    ArgumentError : a halo is asked for; parts have different facets or scales
    ScatteredCandidateError : a candidate is in two parts
    As fit_facets

    References
    ----------
    As fit_facets
    """
    if model.halo:
        raise ArgumentError("A model with halo needs all ratings in memory.")
    if iter(ratings) is ratings:
        raise ArgumentError("The ratings are gone through many times; an iterator ends after one.")
    first = FirstPass(ratings)
    cells = arrange(first.table, model)
    parts = _Parts(ratings, first, cells)
    layout, identification = cells.layout, identify(cells.layout)
    begin = beginning(layout)
    if first.n_ratings > MANY:
        begin = sample_says(layout, identification, next(iter(parts)), begin, passes)
    told = telling(parts.statistics, progress)
    layout, top = search(layout, identification, told, begin)
    counted = replace(cells.block, first=np.concatenate([[0], np.cumsum(parts.is_rated)]))
    found = result_of(replace(cells, layout=layout, block=counted), model, identification, top)
    return FacetsFitInPasses(
        model=model,
        n_ratings=first.n_ratings,
        n_passes=parts.n_passes + 1,
        ability=found.ability,
        standard_error=found.standard_error,
        is_rated=found.is_rated,
        facets=found.facets,
        thresholds=found.thresholds,
        population=found.population,
        log_likelihood=found.log_likelihood,
        n_parameters=found.n_parameters,
        converged=found.converged,
        iterations=found.iterations,
        notes=found.notes,
        abilities=found.abilities,
        correlations=found.correlations,
    )


class _Parts:
    """The parts as blocks, arranged as the cells are that their rows belong to."""

    def __init__(self, ratings: Iterable[Ratings], first: FirstPass, cells: Arrangement) -> None:
        self._ratings, self._first, self._cells = ratings, first, cells
        # rows of the table that the arrangement left out say nothing
        self._place = np.full(len(first.table), -1, dtype=np.int64)
        self._place[cells.block.row] = np.arange(cells.block.n_rows)
        self.n_passes = 0
        self.is_rated = np.zeros(0, dtype=np.bool_)

    def __iter__(self) -> Iterator[Block]:
        return (self._block(part) for part in self._ratings if len(part.candidate))

    def statistics(
        self,
        parameters: Parameters,
        near: Posterior | None,
        with_information: bool,
        is_accurate: bool,
    ) -> Statistics:
        """One pass: the sums of all parts."""
        total: Statistics | None = None
        posteriors: list[Posterior] = []
        rated, start = [], 0
        for block in self:
            stop = start + block.n_candidates
            close = None if near is None else near.part(slice(start, stop))
            over = passes(self._cells.layout, block)
            one = over(parameters, close, with_information, is_accurate)
            posteriors.append(one.posterior)
            rated.append(np.diff(block.first) > 0)
            # what is known of candidates is joined once, at the end
            one = replace(one, posterior=one.posterior.part(slice(0, 0)))
            total = one if total is None else combine(total, one)
            start = stop
        if total is None:
            raise ArgumentError("The ratings end after one pass; they are gone through many times.")
        self.n_passes += 1
        self.is_rated = np.concatenate(rated)
        posterior = Posterior(
            mean=np.concatenate([one.mean for one in posteriors]),
            covariance=np.concatenate([one.covariance for one in posteriors]),
        )
        return replace(total, posterior=posterior)

    def _block(self, part: Ratings) -> Block:
        cells = self._cells.block
        place = self._place[self._first.cell_of(part)]
        n_groups = len(self._cells.layout.groups)
        key = part.candidate.codes * n_groups + cells.group[place]
        order: Integers = np.argsort(key, kind="stable")
        order = order[place[order] >= 0]
        place = place[order]
        candidate = part.candidate.codes[order]
        return Block(
            first=np.searchsorted(candidate, np.arange(len(part.candidate) + 1)).astype(np.int64),
            category=cells.category[place],
            elements=cells.elements[place],
            group=cells.group[place],
            weight=None if part.weight is None else part.weight[order],
            dimension=None if cells.dimension is None else cells.dimension[place],
            row=order,
        )
