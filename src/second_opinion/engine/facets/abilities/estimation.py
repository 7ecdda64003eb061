"""How the posterior means of several abilities move with what was estimated."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_array, csr_array

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.abilities.population import directions
from second_opinion.engine.facets.abilities.rows import AbilityRows, rows_by_ability
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.categories import log_probabilities
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.parameters import Parameters


def slopes_of_means(
    layout: Layout, block: Block, parameters: Parameters, mean: Floats, spread: Floats
) -> Iterator[csr_array]:
    """For each ability a table (n_candidates, n_coordinates) of slopes.

    At the posterior means and as if posteriors were normal there, which is near enough for a
    correction.

    Parameters
    ----------
    mean, spread : (n_candidates, n_dimensions), of the posteriors
    """
    rows = rows_by_ability(layout, block, parameters)
    chances = [
        np.exp(log_probabilities(mean[own.candidate, ability] - own.location, own.table))
        for ability, own in enumerate(rows)
    ]
    covariance = _covariances(rows, chances, parameters, spread)
    own_pull = [_pull(own, chance) for own, chance in zip(rows, chances, strict=True)]
    of_population = _population_pull(parameters, mean)
    for ability in range(layout.n_dimensions):
        value, candidate, place = [], [], []
        for other, (own, pull) in enumerate(zip(rows, own_pull, strict=True)):
            share = covariance[own.candidate, ability, other][:, None]
            value.append((share * pull).ravel())
            candidate.append(np.repeat(own.candidate, own.places.shape[1]))
            place.append(own.places.ravel())
        moved = np.einsum("cd,cfd->cf", covariance[:, ability], of_population)
        value.append(moved.ravel())
        candidate.append(np.repeat(np.arange(len(mean)), moved.shape[1]))
        place.append(np.tile(layout.n_values + np.arange(moved.shape[1]), len(mean)))
        yield _table(value, candidate, place, (len(mean), layout.n_coordinates))


def _table(
    value: list[Floats], candidate: list[Integers], place: list[Integers], shape: tuple[int, int]
) -> csr_array:
    """Entries that add up; those past the last coordinate are left out."""
    values, candidates = np.concatenate(value), np.concatenate(candidate)
    places = np.concatenate(place)
    inside = places < shape[1]
    return coo_array((values[inside], (candidates[inside], places[inside])), shape=shape).tocsr()


def _pull(rows: AbilityRows, chance: Floats) -> Floats:
    """(n_rows, n_places), how each row's pull on its ability moves with its parameters."""
    step = np.arange(chance.shape[1])
    with_category = chance * (step - (chance @ step)[:, None])
    by_element = np.repeat((with_category @ step)[:, None], rows.n_elements, axis=1)
    return np.asarray(np.hstack([by_element, with_category]) * rows.weight[:, None])


def _covariances(
    rows: tuple[AbilityRows, ...], chances: list[Floats], parameters: Parameters, spread: Floats
) -> Floats:
    """(n_candidates, n_dimensions, n_dimensions), with the spreads that the posteriors have."""
    precision = np.tile(np.linalg.inv(parameters.covariance), (len(spread), 1, 1))
    for ability, (own, chance) in enumerate(zip(rows, chances, strict=True)):
        step = np.arange(chance.shape[1])
        precision[:, ability, ability] += own.total @ (chance @ step**2 - (chance @ step) ** 2)
    covariance = np.linalg.inv(precision)
    scale = spread / np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    return np.asarray(covariance * scale[:, :, None] * scale[:, None, :])


def _population_pull(parameters: Parameters, mean: Floats) -> Floats:
    """(n_candidates, n, n_dimensions), how the population's pull moves with its n coordinates."""
    of_mean, of_factor = directions(parameters)
    inverse = np.linalg.inv(parameters.covariance)
    half = of_factor @ np.linalg.cholesky(parameters.covariance).T
    moved = half + half.transpose(0, 2, 1)
    back = (mean - parameters.mean) @ inverse
    pull = np.einsum("fij,cj->cfi", inverse @ moved, back)
    return np.asarray(pull + of_mean @ inverse)
