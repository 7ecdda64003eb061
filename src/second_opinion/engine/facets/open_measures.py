"""What the ratings leave open: directions in which measures can move and nothing is seen of it.

Where each assessor rates on an occasion of their own, for example, only the sum of severity and
occasion is seen. Such measures are withheld; what does not move along is told as ever.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.identification import Identification
from second_opinion.engine.facets.layout import Layout

_FLAT = 1e-9  # curvature beside the largest, below which a direction is open
_FAR = 1000.0  # logits of standard error that no ratings with an answer give
_MOVES = 1e-6  # of a direction's length that lies in a measure which moves along
_MOST_NAMED = 8


def what_is_determined(
    layout: Layout, identification: Identification, information: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    """The covariance of what is determined, and (n_coordinates,) what is open.

    The covariance is NaN where the search ended on no top at all.
    """
    try:
        covariance = identification.invert(information)
        if np.diagonal(covariance)[: layout.n_values].max(initial=0) < _FAR**2:
            return covariance, np.zeros(layout.n_coordinates, dtype=np.bool_)
    except np.linalg.LinAlgError:
        pass
    size, direction = np.linalg.eigh(identification.within(information))
    inside = identification.project(direction)
    if size.min() < -_FLAT * size.max():  # not open but bent the wrong way: nothing is sure
        return np.full_like(information, np.nan), np.zeros(layout.n_coordinates, dtype=np.bool_)
    is_seen = size > _FLAT * size.max()
    seen = inside[:, is_seen]
    covariance = (seen / size[is_seen]) @ seen.T
    is_open = (inside[:, ~is_seen] ** 2).sum(axis=1) > _MOVES
    if layout.has_halo and is_open[-1]:
        covariance[-1, -1] = np.nan  # a halo that is hardly there
    return covariance, is_open


def notes_on_open(layout: Layout, covariance: Floats, is_open: NDArray[np.bool_]) -> list[str]:
    """Names what is withheld, and says what to do."""
    if np.isnan(covariance[0, 0]):
        return [
            "The ratings do not determine every measure (the information is singular), so no "
            "standard errors are given; leave out an interaction or a facet."
        ]
    named = [
        f"{effect.name} {' x '.join(label)!r}"
        for effect in layout.effects
        for label, is_one in zip(effect.labels, is_open[effect.places], strict=True)
        if is_one
    ]
    if not named:
        return []
    shown = named[:_MOST_NAMED]
    if len(named) > len(shown):
        shown.append(f"{len(named) - len(shown)} more")
    return [
        f"The ratings do not tell apart {', '.join(shown)}: some of these can move together and "
        "nothing is seen of it, so they have no measure; leave out a facet or an interaction."
    ]
