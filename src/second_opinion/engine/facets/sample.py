"""Where a sample of the candidates leads: a beginning from which few passes over all are left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.climb import Beginning, Climb, Pass
from second_opinion.engine.facets.identification import Identification
from second_opinion.engine.facets.layout import Layout

MANY = 50_000  # ratings: from here on a sample says where to begin
THINNING = 8  # of all candidates, every so many-th is in the sample
_SAMPLE_SD = 2.0  # logits


def sample_says(
    layout: Layout,
    identification: Identification,
    sample: Block,
    begin: Beginning,
    passes_over: Callable[[Layout, Block], Pass],
) -> Beginning:
    """Where the sample's likelihood is highest, and how sharply that of all may bend there.

    Elements with few ratings in the sample are held back by a prior, which the sample alone has.

    Parameters
    ----------
    layout : of all ratings, with their counts
    passes_over : what goes over the sample
    """
    precision = np.maximum(layout.prior_precision, _SAMPLE_SD**-2)
    precision[layout.fixed] = 0.0
    held = replace(layout, prior_mean=begin.parameters.values, prior_precision=precision)
    found = Climb(held, identification, passes_over(layout, sample)).near_top(begin)
    if found.information is None:
        return found
    # An element's part in the information grows with its ratings.
    scale = np.sqrt(_count_of_all(layout) / np.maximum(_count_in(layout, sample), 1.0))
    # Candidates of ratings that are read in passes are not in the layout: ratings tell.
    scale[layout.n_values :] = np.sqrt(_n_of_all(layout) / _n_in(sample))
    return replace(found, information=found.information * np.outer(scale, scale))


def _count_of_all(layout: Layout) -> Floats:
    """(n_coordinates,), the ratings that each value is known by; the population's are not set."""
    count = np.ones(layout.n_coordinates)
    for effect in layout.effects:
        count[effect.places] = effect.count
    for places, group in zip(layout.category, layout.groups, strict=True):
        count[places[places >= 0]] = group.count.sum()
    return count


def _n_of_all(layout: Layout) -> float:
    return float(layout.effects[0].count.sum())


def _n_in(sample: Block) -> float:
    return float(sample.n_rows if sample.weight is None else sample.weight.sum())


def _count_in(layout: Layout, sample: Block) -> Floats:
    """The same of the sample."""
    count = np.ones(layout.n_coordinates)
    for effect, place in zip(layout.effects, sample.elements.T, strict=True):
        own = np.bincount(place - effect.start, weights=sample.weight, minlength=len(effect.labels))
        count[effect.places] = own
    of_group = np.bincount(sample.group, weights=sample.weight, minlength=len(layout.groups))
    for places, own in zip(layout.category, of_group, strict=True):
        count[places[places >= 0]] = own
    return count
