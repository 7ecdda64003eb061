"""The many-facet fit: from ratings to measures with their standard errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce

import numpy as np

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets.abilities.passes import NODES
from second_opinion.engine.facets.abilities.passes import partial_statistics as several_statistics
from second_opinion.engine.facets.arrangement import Arrangement, arrange
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.climb import Beginning, Pass
from second_opinion.engine.facets.halo.answer import fit_with_halo, halo_passes
from second_opinion.engine.facets.identification import identify
from second_opinion.engine.facets.joint import fit_jointly
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.model import RATING_SCALE, FacetsModel
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.progress import Progress, nobody, telling
from second_opinion.engine.facets.quadrature import QUICK_NODES, PlainPasses
from second_opinion.engine.facets.result import Estimator, FacetsFit, result_of
from second_opinion.engine.facets.sample import MANY, THINNING, sample_says
from second_opinion.engine.facets.statistics import Posterior, Statistics, combine
from second_opinion.engine.facets.weak import search
from second_opinion.engine.ratings import Ratings

_FEW = 3000  # ratings: up to here nothing is compiled


def fit_facets(
    ratings: Ratings,
    *,
    model: FacetsModel = RATING_SCALE,
    estimator: Estimator = "mml",
    progress: Progress = nobody,
) -> FacetsFit:
    """Measures of all facets by marginal maximum likelihood, candidates by their posterior mean.

    Parameters
    ----------
    estimator : "mml", or "jml" for joint maximum likelihood, which is biased, has no standard
        errors, and serves only to compare with older programs
    progress : told after each pass over the ratings: its number, and the log-likelihood it found

    Raises
    ------
    ArgumentError, UnknownNameError : the model names what the ratings do not have, or the
        estimator is another
    NotEnoughRatingsError : every score is the same
    DisconnectedDesignError : severities cannot be compared

    References
    ----------
    Linacre (1989) for the model; Bock and Aitkin (1981) for marginal likelihood; Liu and Pierce
    (1994) for the quadrature; Louis (1982) for the information.
    """
    if estimator not in ("mml", "jml"):
        raise ArgumentError(f"The estimator is mml or jml; got {estimator!r}.")
    arrangement = arrange(ratings, model)
    if estimator == "jml":
        return fit_jointly(arrangement, model, progress=progress)
    if model.halo:
        return fit_with_halo(
            arrangement,
            model,
            _begin(arrangement, halo_passes),
            without=lambda: fit_facets(ratings, model=replace(model, halo=False)),
            progress=progress,
        )
    return fit_arranged(arrangement, model, progress=progress)


def fit_arranged(
    arrangement: Arrangement,
    model: FacetsModel,
    pass_over: Pass | None = None,
    *,
    progress: Progress = nobody,
) -> FacetsFit:
    """The fit of ratings that are laid out, by passes of a kind."""
    layout, block = arrangement.layout, arrangement.block
    identification = identify(layout)
    told = telling(pass_over or passes(layout, block), progress)
    layout, top = search(layout, identification, told, _begin(arrangement, passes))
    return result_of(replace(arrangement, layout=layout), model, identification, top)


def _begin(arrangement: Arrangement, passes_over: Callable[[Layout, Block], Pass]) -> Beginning:
    """Where the search begins: where a sample leads, if there are many ratings."""
    layout, block = arrangement.layout, arrangement.block
    begin = beginning(layout)
    if block.n_rows <= MANY:
        return begin
    return sample_says(layout, identify(layout), block.thinned(THINNING), begin, passes_over)


def passes(layout: Layout, block: Block) -> Pass:
    """What goes over the ratings: plain for one case, compiled for many."""
    if layout.n_dimensions > 1:
        return _with_several_abilities(layout, block)
    if block.n_rows > _FEW:
        return _compiled(layout, block)

    over_few, enough = PlainPasses(layout, block), 0

    def plain(
        parameters: Parameters, near: Posterior | None, with_information: bool, is_accurate: bool
    ) -> Statistics:
        nonlocal enough
        if is_accurate and not enough:
            enough = over_few.enough_nodes(parameters, near)
        return over_few.statistics(
            parameters,
            near=near,
            n_nodes=enough if is_accurate else QUICK_NODES,
            with_information=with_information,
        )

    return plain


def _with_several_abilities(layout: Layout, block: Block) -> Pass:
    quick, accurate = NODES[layout.n_dimensions]

    def over_all(
        parameters: Parameters, near: Posterior | None, with_information: bool, is_accurate: bool
    ) -> Statistics:
        return several_statistics(
            layout,
            block,
            parameters,
            near=near,
            n_nodes=accurate if is_accurate else quick,
            with_information=with_information,
        )

    return over_all


def _compiled(layout: Layout, block: Block) -> Pass:
    # Imported here: a single case must not wait for a compiler to load.
    from second_opinion.engine.facets.compiled_quadrature import compiled_passes

    parts = compiled_passes(layout, block)

    def over_all(
        parameters: Parameters, near: Posterior | None, with_information: bool, is_accurate: bool
    ) -> Statistics:
        return reduce(
            combine,
            (
                part.partial_statistics(
                    parameters,
                    near=None if near is None else near.part(part.candidates),
                    is_accurate=is_accurate,
                    with_information=with_information,
                )
                for part in parts
            ),
        )

    return over_all


def beginning(layout: Layout) -> Beginning:
    """Everything equal, but categories as often as they were used."""
    counts = np.stack([[group.count[0], group.count[-1]] for group in layout.groups]) + 0.5
    lengths = np.array([max(len(group.count) - 1, 1) for group in layout.groups])
    total = np.array([group.count.sum() for group in layout.groups])
    slope = np.log(counts[:, 1] / counts[:, 0]) / lengths
    return Beginning(
        parameters=Parameters(
            values=layout.start.copy(),
            mean=np.full(layout.n_dimensions, np.average(slope, weights=total)),
            covariance=np.eye(layout.n_dimensions),
            halo_sd=0.5 if layout.has_halo else 0.0,
        )
    )
