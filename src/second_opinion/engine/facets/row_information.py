"""What the rows would say of the parameters if abilities were observed."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Floats, Integers


def row_information(
    places: Integers, n_elements: int, averaged: Floats, square: Floats, size: int
) -> Floats:
    """Minus the second derivatives of the rows' log-likelihoods, averaged over abilities.

    Parameters
    ----------
    places : (n_rows, n_elements + n_categories), of each row's features among the coordinates;
        size for categories without a parameter
    averaged : (n_rows, n_categories), chances of the categories, weighted
    square : (n_rows, n_categories, n_categories), of their products, weighted

    Returns
    -------
    (size, size)
    """
    steps = np.arange(averaged.shape[1])
    between = np.einsum("nk,kl->nkl", averaged, np.eye(len(steps))) - square
    with_location = between @ steps
    variance = with_location @ steps
    local = np.empty((len(places), places.shape[1], places.shape[1]))
    local[:, :n_elements, :n_elements] = variance[:, None, None]
    local[:, :n_elements, n_elements:] = with_location[:, None, :]
    local[:, n_elements:, :n_elements] = with_location[:, :, None]
    local[:, n_elements:, n_elements:] = between
    flat = places[:, :, None] * (size + 1) + places[:, None, :]
    sums = np.bincount(flat.ravel(), weights=local.ravel(), minlength=(size + 1) ** 2)
    return np.asarray(sums.reshape(size + 1, size + 1)[:-1, :-1], dtype=np.float64)
