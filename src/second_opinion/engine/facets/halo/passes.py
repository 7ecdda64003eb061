"""The halo-aware model's statistics of a block, as the search asks for them."""

from __future__ import annotations

from dataclasses import dataclass

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

FINE_FROM = 15  # ability nodes: whoever asks for that many wants the accurate pass


@dataclass(frozen=True, slots=True, kw_only=True)
class HaloPasses:
    """A block made ready for many passes."""

    layout: Layout
    block: Block
    pairs: Pairs

    @classmethod
    def of(cls, layout: Layout, block: Block) -> HaloPasses:
        """Raises ArgumentError where the model has several abilities, or no assessor."""
        if layout.n_dimensions > 1:
            raise ArgumentError(
                "Halo is modelled beside one ability; got "
                f"{layout.n_dimensions}. Leave out the dimensions or the halo."
            )
        return cls(layout=layout, block=block, pairs=pairs_of(block, layout))

    def statistics(
        self,
        parameters: Parameters,
        quadrature: HaloQuadrature,
        *,
        near: Posterior | None = None,
    ) -> Statistics:
        """Log-likelihood, gradient, information and posterior at some parameters."""
        table = self.layout.category_table(parameters.values)
        rows = Rows.of(self.block, self.pairs, parameters.values, table)
        start = None if near is None else near.impression
        if start is None:
            start = np.full(self.pairs.n_pairs, float(parameters.mean[0]))
        peak = peak_of(rows, self.pairs, parameters, start)
        integral = integrate(rows, self.pairs, parameters, peak, quadrature)
        return statistics_of(integral, rows, self.pairs, self.layout, parameters, peak)

    def __call__(
        self,
        layout: Layout,
        block: Block,
        parameters: Parameters,
        *,
        near: Posterior | None = None,
        n_nodes: int = FINE_FROM,
        with_information: bool = True,
    ) -> Statistics:
        """As ``partial_statistics`` of the main effects; layout and block are known already."""
        del layout, block, with_information
        return self.statistics(parameters, COARSE if n_nodes < FINE_FROM else FINE, near=near)


def partial_statistics(
    layout: Layout,
    block: Block,
    parameters: Parameters,
    *,
    near: Posterior | None = None,
    n_nodes: int = FINE_FROM,
) -> Statistics:
    """The statistics of a block that is seen once.

    References
    ----------
    Wilson and Hoskens (2001), rater bundles; Patz, Junker, Johnson and Mariano (2002).
    """
    return HaloPasses.of(layout, block)(layout, block, parameters, near=near, n_nodes=n_nodes)
