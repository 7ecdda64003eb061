"""The many-facet fit: from ratings to measures with their standard errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets.arrangement import Arrangement, arrange
from second_opinion.engine.facets.climb import climb
from second_opinion.engine.facets.halo.answer import fit_with_halo
from second_opinion.engine.facets.identification import identify
from second_opinion.engine.facets.joint import fit_jointly
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.model import RATING_SCALE, FacetsModel
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.progress import Progress, nobody, telling
from second_opinion.engine.facets.quadrature import partial_statistics
from second_opinion.engine.facets.result import Estimator, FacetsFit, result_of
from second_opinion.engine.facets.statistics import Posterior, Statistics
from second_opinion.engine.ratings import Ratings

_NODES = 9
_LAST_NODES = 31  # of the pass that the log-likelihood, the standard errors and abilities are from

PartialStatistics = Callable[..., Statistics]


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
            _begin(arrangement.layout),
            without=lambda: fit_facets(
                ratings, model=replace(model, halo=False), progress=progress
            ),
            progress=progress,
        )
    return fit_arranged(arrangement, model, progress=progress)


def fit_arranged(
    arrangement: Arrangement,
    model: FacetsModel,
    pass_over: PartialStatistics = partial_statistics,
    *,
    progress: Progress = nobody,
) -> FacetsFit:
    """The fit of ratings that are laid out, by passes of a kind."""
    layout, block = arrangement.layout, arrangement.block
    pass_over = telling(pass_over, progress)
    identification = identify(layout)

    def coarse(
        parameters: Parameters, near: Posterior | None, with_information: bool
    ) -> Statistics:
        return pass_over(
            layout, block, parameters, near=near, n_nodes=_NODES, with_information=with_information
        )

    top = climb(layout, identification, _begin(layout), coarse)
    last = pass_over(
        layout, block, top.parameters, near=top.statistics.posterior, n_nodes=_LAST_NODES
    )
    return result_of(arrangement, model, identification, top, last)


def _begin(layout: Layout) -> Parameters:
    """Everything equal, but categories as often as they were used."""
    counts = np.stack([[group.count[0], group.count[-1]] for group in layout.groups]) + 0.5
    lengths = np.array([max(len(group.count) - 1, 1) for group in layout.groups])
    total = np.array([group.count.sum() for group in layout.groups])
    slope = np.log(counts[:, 1] / counts[:, 0]) / lengths
    return Parameters(
        values=layout.start.copy(),
        mean=np.full(layout.n_dimensions, np.average(slope, weights=total)),
        covariance=np.eye(layout.n_dimensions),
        halo_sd=0.5 if layout.has_halo else 0.0,
    )
