"""Sums over the ratings of each element, on which nearly every table rests."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Floats, Integers


def sums_by(codes: Integers, values: Floats, n_elements: int) -> Floats:
    """The sum of the values at each code, (n_elements,)."""
    # bincount says it returns whole numbers where it does not.
    return np.bincount(codes, weights=values, minlength=n_elements).astype(np.float64, copy=False)
