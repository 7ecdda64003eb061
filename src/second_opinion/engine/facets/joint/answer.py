"""The joint fit: abilities as parameters like all others, the way of FACETS and its time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets.arrangement import EXTREME_SD, Arrangement
from second_opinion.engine.facets.identification import Identification, identify
from second_opinion.engine.facets.joint.likelihood import (
    JointRows,
    joint_log_likelihood,
    joint_statistics,
)
from second_opinion.engine.facets.layout import NO_CATEGORY, Layout
from second_opinion.engine.facets.model import FacetsModel
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.progress import Progress, nobody
from second_opinion.engine.facets.result import (
    FacetsFit,
    Population,
    measures_of,
    thresholds_of,
)
from second_opinion.engine.facets.tables.sums import sums_by

MOST_ITERATIONS = 200
PRECISION = 1e-8  # logits
LONGEST_STEP = 1.5  # logits
EXTREME_SCORE = 0.3  # score points that an extreme total is moved inwards by, as in FACETS
BIASED = (
    "Joint maximum likelihood is biased: with few ratings of a candidate all measures are too "
    "far apart, whatever the number of candidates. It has no intervals here and serves only to "
    "compare with older programs."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the search stands."""

    ability: Floats
    values: Floats


def fit_jointly(
    arrangement: Arrangement, model: FacetsModel, *, progress: Progress = nobody
) -> FacetsFit:
    """Abilities, elements and thresholds that together make the ratings most probable.

    Candidates with only highest or only lowest ratings take no part; afterwards they are given
    the ability whose expected total lies .3 score points inside. An element with only highest or
    lowest ratings is held by a weak prior.

    Raises
    ------
    ArgumentError : the model has halo, which joint likelihood cannot tell from ability

    References
    ----------
    Wright and Masters (1982), ch. 4; Linacre (1989), ch. 6; Neyman and Scott (1948) for the bias.
    """
    if model.halo:
        raise ArgumentError("Joint maximum likelihood knows no halo; leave out one of the two.")
    layout = arrangement.layout
    unit, n_units = _units(arrangement)
    extreme = _extreme_units(arrangement, unit, n_units)
    rows = JointRows.of(arrangement, unit, n_units, ~extreme[unit])
    if not len(rows):
        raise ArgumentError("Every candidate has only highest or only lowest ratings.")
    precision = _weak_priors(layout, rows)
    begin = _Place(ability=np.zeros(n_units), values=layout.start.copy())
    place, converged, iterations = _climb(layout, rows, begin, precision, progress)
    every = JointRows.of(arrangement, unit, n_units, np.ones(len(unit), dtype=np.bool_))
    ability = _with_extremes(layout, every, place, extreme)
    log_likelihood = joint_log_likelihood(
        rows, place.ability, place.values, layout.category_table(place.values)
    )[0]
    return _answer(
        arrangement,
        model,
        place=replace(place, ability=ability),
        log_likelihood=log_likelihood,
        converged=converged,
        iterations=iterations,
    )


def _units(arrangement: Arrangement) -> tuple[Integers, int]:
    block, layout = arrangement.block, arrangement.layout
    if block.dimension is None or layout.n_dimensions == 1:
        return block.candidate, block.n_candidates
    unit = block.candidate * layout.n_dimensions + block.dimension
    return unit, block.n_candidates * layout.n_dimensions


def _top(layout: Layout) -> Integers:
    """The highest category of each group."""
    exists = layout.category != NO_CATEGORY
    top: Integers = exists.shape[1] - 1 - np.argmax(exists[:, ::-1], axis=1)
    return top


def _extreme_units(arrangement: Arrangement, unit: Integers, n_units: int) -> NDArray[np.bool_]:
    block = arrangement.block
    top = _top(arrangement.layout)[block.group]
    above = np.bincount(unit[block.category > 0], minlength=n_units) > 0
    below = np.bincount(unit[block.category < top], minlength=n_units) > 0
    return ~(above & below)


def _weak_priors(layout: Layout, rows: JointRows) -> Floats:
    """Precisions of the priors of what the rows alone would send to infinity."""
    precision = layout.prior_precision.copy()
    top = _top(layout)[rows.group]
    inside = []
    for chosen in (rows.category > 0, rows.category < top):
        places = rows.elements[chosen].ravel()
        inside.append(np.bincount(places, minlength=layout.n_values) > 0)
    extreme = ~(inside[0] & inside[1])
    given = np.zeros(layout.category.shape, dtype=np.bool_)
    given[rows.group, rows.category] = True
    for row, places in enumerate(layout.category):
        own = places[places >= 0]
        used = given[row, places >= 0] & given[row, 0] & given[row, _top(layout)[row]]
        extreme[own] = ~used
    precision[extreme] = np.maximum(precision[extreme], EXTREME_SD**-2)
    return precision


def _climb(
    layout: Layout, rows: JointRows, begin: _Place, precision: Floats, progress: Progress
) -> tuple[_Place, bool, int]:
    """Newton steps with the abilities eliminated, halved while the likelihood falls."""
    identification, place = identify(layout), begin
    value = _penalised(layout, rows, place, precision)
    for iteration in range(1, MOST_ITERATIONS + 1):
        step = _step(layout, identification, rows, place, precision)
        for _ in range(20):
            there = _Place(ability=place.ability + step.ability, values=place.values + step.values)
            higher = _penalised(layout, rows, there, precision)
            if higher >= value - 1e-10 * abs(value):
                break
            step = _Place(ability=step.ability / 2, values=step.values / 2)
        place, value = there, higher
        progress(iteration, value)
        longest = max(np.abs(step.ability).max(initial=0), np.abs(step.values).max(initial=0))
        if longest < PRECISION:
            return place, True, iteration
    return place, False, MOST_ITERATIONS


def _penalised(layout: Layout, rows: JointRows, place: _Place, precision: Floats) -> float:
    table = layout.category_table(place.values)
    likelihood = joint_log_likelihood(rows, place.ability, place.values, table)[0]
    return likelihood - 0.5 * float(precision @ (place.values - layout.prior_mean) ** 2)


def _step(
    layout: Layout,
    identification: Identification,
    rows: JointRows,
    place: _Place,
    precision: Floats,
) -> _Place:
    table = layout.category_table(place.values)
    found = joint_statistics(rows, place.ability, place.values, table)
    present = found.information_of_abilities > 0
    inverse = np.where(present, 1 / np.where(present, found.information_of_abilities, 1), 0)
    scaled = found.crossed.multiply(inverse[:, None])
    information = found.information_of_values - (found.crossed.T @ scaled).toarray()
    gradient = found.of_values - found.crossed.T @ (inverse * found.of_abilities)
    gradient -= precision * (place.values - layout.prior_mean)
    values = _within_plane(layout, identification, information + np.diag(precision), gradient)
    ability = inverse * (found.of_abilities - found.crossed @ values)
    shrink = min(1.0, LONGEST_STEP / max(np.abs(ability).max(), np.abs(values).max(), 1e-300))
    return _Place(ability=shrink * ability, values=shrink * values)


def _within_plane(
    layout: Layout, identification: Identification, information: Floats, gradient: Floats
) -> Floats:
    """The step of the values; the population, which has no part in this, is left alone."""
    n, n_coordinates = layout.n_values, layout.n_coordinates
    padded = np.eye(n_coordinates) * float(np.diagonal(information).mean())
    padded[:n, :n] = information
    wide = np.zeros(n_coordinates)
    wide[:n] = gradient
    step: Floats = (identification.invert(padded) @ wide)[:n]
    return step


def _with_extremes(
    layout: Layout, rows: JointRows, place: _Place, extreme: NDArray[np.bool_]
) -> Floats:
    """Abilities of extreme units by bisection on their moved totals; NaN without ratings."""
    rated = np.bincount(rows.unit, minlength=rows.n_units) > 0
    total = sums_by(rows.unit, rows.weight * rows.category, rows.n_units)
    goal = np.where(total > 0, total - EXTREME_SCORE, total + EXTREME_SCORE)
    table = layout.category_table(place.values)
    low, high = np.full(rows.n_units, -40.0), np.full(rows.n_units, 40.0)
    for _ in range(60):
        middle = (low + high) / 2
        chance = joint_log_likelihood(rows, middle, place.values, table)[1]
        expected = sums_by(rows.unit, rows.weight * (np.arange(len(chance)) @ chance), rows.n_units)
        low, high = np.where(expected < goal, middle, low), np.where(expected < goal, high, middle)
    ability = np.where(extreme, (low + high) / 2, place.ability)
    return np.where(rated, ability, np.nan)


def _answer(
    arrangement: Arrangement,
    model: FacetsModel,
    *,
    place: _Place,
    log_likelihood: float,
    converged: bool,
    iterations: int,
) -> FacetsFit:
    layout = arrangement.layout
    unknown = np.full((layout.n_coordinates, layout.n_coordinates), np.nan)
    none_open = np.zeros(layout.n_coordinates, dtype=np.bool_)
    ability = place.ability.reshape(len(layout.candidates), layout.n_dimensions)
    population = _population(ability)
    parameters = Parameters(
        values=place.values, mean=population.means, covariance=population.covariance
    )
    notes = [*layout.notes, BIASED]
    if not converged:
        notes.append(f"The search did not converge in {iterations} steps; read with care.")
    shown = ability[:, 0] if layout.n_dimensions == 1 else ability
    free = int(np.trace(identify(layout).project(np.eye(layout.n_coordinates)))) - (
        layout.n_coordinates - layout.n_values
    )
    return FacetsFit(
        model=model,
        candidates=layout.candidates,
        ability=shown,
        standard_error=np.full_like(shown, np.nan),
        is_rated=np.asarray(np.isfinite(ability).any(axis=1)),
        facets=tuple(
            measures_of(layout, one, parameters, unknown, none_open) for one in layout.effects
        ),
        thresholds=tuple(thresholds_of(layout, parameters, unknown, none_open)),
        population=population,
        log_likelihood=log_likelihood,
        n_parameters=free + int(np.isfinite(ability).sum()),
        converged=converged,
        iterations=iterations,
        notes=tuple(notes),
        covariance=unknown,
        arrangement=arrangement,
        parameters=parameters,
        estimator="jml",
    )


def _population(ability: Floats) -> Population:
    """The abilities' own mean and variance; joint likelihood has no population behind them."""
    rated = ability[np.isfinite(ability).all(axis=1)]
    means = rated.mean(axis=0)
    covariance = np.atleast_2d(np.cov(rated.T, bias=True))
    return Population(
        mean=float(means[0]),
        variance=float(covariance[0, 0]),
        mean_standard_error=np.nan,
        variance_standard_error=np.nan,
        means=means,
        covariance=covariance,
        eap_reliability=np.nan,
    )
