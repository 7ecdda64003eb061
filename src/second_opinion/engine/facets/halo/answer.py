"""The halo-aware fit: what the likelihood says of halo, and what follows for agreement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.arrangement import Arrangement
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.climb import Beginning, Pass
from second_opinion.engine.facets.halo.nodes import COARSE, FINE
from second_opinion.engine.facets.halo.passes import HaloPasses
from second_opinion.engine.facets.identification import identify
from second_opinion.engine.facets.implied_agreement import ImpliedAgreement, implied_agreement
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.model import ASSESSOR, CRITERION, FacetsModel
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.progress import Progress, nobody, telling
from second_opinion.engine.facets.result import FacetsFit, HaloSpread, result_of
from second_opinion.engine.facets.statistics import Posterior, Statistics
from second_opinion.engine.facets.weak import search

_SMALL = 0.2  # logits: a halo below this may be one that is not there
_NO_GAIN = 0.02  # log-likelihood: such a halo explains nothing, and passes differ by little less
BOUNDARY = (
    "boundary: zero. The ratings show no halo, so its variance is estimated as 0 without a "
    "standard error; everything else is as in the model without halo."
)


def fit_with_halo(
    arrangement: Arrangement,
    model: FacetsModel,
    begin: Beginning,
    *,
    without: Callable[[], FacetsFit],
    progress: Progress = nobody,
) -> FacetsFit:
    """The fit of the model with halo, or that without where the likelihood asks for none.

    Parameters
    ----------
    without : the fit of the same ratings without halo, asked for where halo seems to be zero
    """
    layout = arrangement.layout
    identification = identify(layout)
    told = telling(halo_passes(layout, arrangement.block), progress)
    layout, top = search(layout, identification, told, begin)
    fit = result_of(replace(arrangement, layout=layout), model, identification, top)
    if top.parameters.halo_sd < _SMALL:
        plain = without()
        gain = top.statistics.log_likelihood - plain.log_likelihood
        # Near zero the likelihood is flat in the halo's logarithm, and may have no curvature.
        if gain < _NO_GAIN or not np.isfinite(fit.covariance[-1, -1]):
            return _at_boundary(plain, model)
    return replace(fit, halo=_spread(fit))


def halo_passes(layout: Layout, block: Block) -> Pass:
    """What goes over the ratings, with halo integrated out."""
    passes = HaloPasses.of(layout, block)

    def one(
        parameters: Parameters, near: Posterior | None, with_information: bool, is_accurate: bool
    ) -> Statistics:
        return passes.statistics(
            parameters,
            FINE if is_accurate else COARSE,
            near=near,
            with_information=with_information,
        )

    return one


def _spread(fit: FacetsFit) -> HaloSpread:
    variance = fit.parameters.halo_sd**2
    of_log_sd = float(fit.covariance[-1, -1])
    return HaloSpread(
        variance=variance,
        standard_error=2 * variance * of_log_sd**0.5,
        is_at_boundary=False,
        agreement=_agreement(fit, variance),
    )


def _at_boundary(plain: FacetsFit, model: FacetsModel) -> FacetsFit:
    halo = HaloSpread(
        variance=0.0,
        standard_error=float("nan"),
        is_at_boundary=True,
        agreement=_agreement(plain, 0.0),
    )
    return replace(plain, model=model, halo=halo, notes=(*plain.notes, BOUNDARY))


def _agreement(fit: FacetsFit, halo_variance: float) -> ImpliedAgreement:
    """Between two assessors like those of the fit, on all its criteria."""
    severity = fit.facet(ASSESSOR)
    noise = np.mean(severity.standard_error[np.isfinite(severity.standard_error)] ** 2)
    difficulty, table = _criteria(fit)
    return implied_agreement(
        mean=fit.population.mean,
        candidate_variance=fit.population.variance,
        halo_variance=halo_variance,
        severity_variance=max(float(np.nanvar(severity.measure) - noise), 0.0),
        difficulty=difficulty,
        table=table,
    )


def _criteria(fit: FacetsFit) -> tuple[Floats, Floats]:
    """Difficulty of each criterion, and its categories; averaged where an assessor has own ones."""
    layout, block = fit.arrangement.layout, fit.arrangement.block
    table = layout.category_table(fit.parameters.values)
    if fit.model.thresholds == "assessor":
        table = np.ma.masked_invalid(table).mean(axis=0).filled(np.inf)[None]
        group = np.zeros(block.n_rows, dtype=np.int64)
    else:
        group = block.group.astype(np.int64)
    names = [effect.facets for effect in layout.effects]
    if (CRITERION,) not in names:
        return np.zeros(1), table[:1]
    column = names.index((CRITERION,))
    criterion, row = np.unique(block.elements[:, column], return_index=True)
    return fit.parameters.values[criterion], table[group[row]]
