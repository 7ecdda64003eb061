"""The halo-aware model: what one assessor's ratings of one candidate share, integrated out."""

from second_opinion.engine.facets.halo.passes import HaloPasses, partial_statistics

__all__ = ["HaloPasses", "partial_statistics"]
