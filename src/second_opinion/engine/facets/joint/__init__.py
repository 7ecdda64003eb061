"""Joint maximum likelihood: biased, without intervals, for comparison with older programs only."""

from second_opinion.engine.facets.joint.answer import fit_jointly

__all__ = ["fit_jointly"]
