"""The halo-aware model's statistics of a block, as the search asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.halo.integral import integrate
from second_opinion.engine.facets.halo.nodes import COARSE, FINE, HaloQuadrature
from second_opinion.engine.facets.halo.pairs import Pairs, pairs_of
from second_opinion.engine.facets.halo.peak import Rows, peak_of
from second_opinion.engine.facets.halo.scores import statistics_of
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.statistics import Posterior, Statistics

if TYPE_CHECKING:
    from second_opinion.engine.facets.halo.compiled import CompiledHalo

COMPILED_FROM = 1500  # rows; fewer are quicker done than compiled code is loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class HaloPasses:
    """A block made ready for many passes."""

    layout: Layout
    block: Block
    pairs: Pairs
    compiled: CompiledHalo | None

    @classmethod
    def of(cls, layout: Layout, block: Block, *, compiled_from: int = COMPILED_FROM) -> HaloPasses:
        """Raises ArgumentError where the model has several abilities, or no assessor."""
        if layout.n_dimensions > 1:
            raise ArgumentError(
                "Halo is modelled beside one ability; got "
                f"{layout.n_dimensions}. Leave out the dimensions or the halo."
            )
        pairs = pairs_of(block, layout)
        large = block.n_rows >= compiled_from
        compiled = _compiled(layout, block, pairs) if large else None
        return cls(layout=layout, block=block, pairs=pairs, compiled=compiled)

    def statistics(
        self,
        parameters: Parameters,
        quadrature: HaloQuadrature,
        *,
        near: Posterior | None = None,
        with_information: bool = True,
    ) -> Statistics:
        """Log-likelihood, gradient, information and posterior at some parameters."""
        if self.compiled is not None:
            return self.compiled.statistics(
                parameters,
                near=near,
                is_accurate=quadrature == FINE,
                with_information=with_information,
            )
        if near is None:
            start = np.full(self.pairs.n_pairs, float(parameters.mean[0]))
        else:
            start = near.mean[self.pairs.candidate, 0]
        table = self.layout.category_table(parameters.values)
        rows = Rows.of(self.block, self.pairs, parameters.values, table)
        peak = peak_of(rows, self.pairs, parameters, start)
        integral = integrate(rows, self.pairs, parameters, peak, quadrature)
        return statistics_of(integral, rows, self.pairs, self.layout, parameters, peak)


def _compiled(layout: Layout, block: Block, pairs: Pairs) -> CompiledHalo:
    # Imported here: a single case must not wait for a compiler to load.
    from second_opinion.engine.facets.halo.compiled import CompiledHalo

    return CompiledHalo(layout, block, pairs)


def partial_statistics(
    layout: Layout,
    block: Block,
    parameters: Parameters,
    *,
    near: Posterior | None = None,
    is_accurate: bool = True,
) -> Statistics:
    """The statistics of a block that is seen once.

    References
    ----------
    Wilson and Hoskens (2001), rater bundles; Patz, Junker, Johnson and Mariano (2002).
    """
    passes = HaloPasses.of(layout, block)
    return passes.statistics(parameters, FINE if is_accurate else COARSE, near=near)
