"""Variance components of a design, by restricted maximum likelihood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError, UnknownNameError
from second_opinion.engine.generalizability.climb import climb
from second_opinion.engine.generalizability.design import RESIDUAL, Design, parse_design
from second_opinion.engine.generalizability.grouping import (
    block_facet,
    groupings_of,
    levels_of,
    standardised,
)
from second_opinion.engine.generalizability.restricted_likelihood import MixedModel
from second_opinion.engine.ratings import Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One effect's variance.

    facets : the facets whose levels make its levels
    variance : score points squared, 0 or more
    standard_error : from the average information; NaN at the boundary, where it has no meaning
    n_levels : that were rated
    is_boundary : the likelihood would be higher still below 0
    """

    name: str
    facets: frozenset[str]
    variance: float
    standard_error: float
    n_levels: int
    is_boundary: bool

    def __str__(self) -> str:
        if self.is_boundary:
            return f"{self.name}: 0 (boundary: zero)"
        return f"{self.name}: {self.variance:.6g} (standard error {self.standard_error:.3g})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What the ratings say of a design.

    components : in the design's order, the residual last
    sizes : by facet, how many levels one candidate met (or one level that it is nested in),
        harmonic mean; the object of measurement has none
    log_likelihood : restricted, natural log, of the scores scaled to variance 1, less a constant
    notes : what could not be told apart, and where components ended at zero
    """

    design: Design
    components: tuple[Component, ...]
    sizes: Mapping[str, float]
    log_likelihood: float
    converged: bool
    iterations: int
    notes: tuple[str, ...]

    def component(self, name: str) -> Component:
        """Raises UnknownNameError where the study has no such component."""
        for one in self.components:
            if one.name == name:
                return one
        raise UnknownNameError(
            f"{name!r} is not among the components; known are "
            f"{', '.join(one.name for one in self.components)}."
        )


def study_ratings(
    ratings: Ratings,
    design: str,
    *,
    letters: Mapping[str, str] | None = None,
    only: Sequence[str] | None = None,
) -> Study:
    """Components of ratings, with p the candidate, r the assessor and t the criterion.

    Parameters
    ----------
    letters : further letters, each with the name of the ratings' further facet that it stands for

    Raises
    ------
    UnknownNameError : a facet that the ratings do not have
    As variance_components

    References
    ----------
    As variance_components
    """
    codes = {
        "p": ratings.candidate.codes,
        "r": ratings.assessor.codes,
        "t": ratings.criterion.codes,
    }
    for letter, name in (letters or {}).items():
        if name not in ratings.further:
            raise UnknownNameError(f"{name!r} is not among the ratings' further facets.")
        codes[letter] = ratings.further[name].codes
    return variance_components(codes, ratings.score, design=design, only=only)


def variance_components(
    codes: Mapping[str, Integers],
    score: Floats,
    *,
    design: str,
    only: Sequence[str] | None = None,
    begin: Mapping[str, float] | None = None,
) -> Study:
    """Components of any facets, crossed or nested, unbalanced or with gaps.

    Parameters
    ----------
    codes : (N,) for each facet by its letter, its level in every rating
    score : (N,), score points
    design : such as "p x (r:t)"; the facet named first is the object of measurement
    only : names of the effects to keep, the others being part of the residual; by default all
    begin : variances by effect, of a fit of fewer effects, where the search begins; others at 0

    Raises
    ------
    ArgumentError : the design cannot be read, or names what the ratings do not have
    NotEnoughRatingsError : scores all alike, or no effect that could be told apart

    References
    ----------
    Brennan (2001), chapters 3 and 7; Searle, Casella and McCulloch (1992), chapter 6.
    Reference values: tests/reference/generalizability/.
    """
    read = parse_design(design)
    _require_equal_length(codes, score)
    groupings = groupings_of(codes, read, only=only)
    scaled, spread = standardised(score)
    facet = block_facet(read, groupings)
    model = MixedModel.of(scaled, groupings.effects, facet=facet)
    names = [*(one.effect.name for one in groupings.effects), RESIDUAL]
    top = climb(model, begin=_scaled(begin, names, spread=spread))
    facets = [*(one.effect.facets for one in groupings.effects), frozenset(read.facets)]
    n_levels = [*model.counts.n_levels, len(score)]
    components = tuple(
        Component(
            name=names[place],
            facets=facets[place],
            variance=float(top.variances[place]) * spread**2,
            standard_error=float(top.standard_errors[place]) * spread**2,
            n_levels=n_levels[place],
            is_boundary=bool(top.is_boundary[place]),
        )
        for place in range(len(names))
    )
    return Study(
        design=read,
        components=components,
        sizes=MappingProxyType(_sizes(codes, read)),
        log_likelihood=top.found.log_likelihood,
        converged=top.converged,
        iterations=top.iterations,
        notes=(*groupings.notes, *_boundary_notes(components)),
    )


def _scaled(begin: Mapping[str, float] | None, names: list[str], *, spread: float) -> Floats | None:
    if begin is None:
        return None
    return np.array([begin.get(name, 0.0) for name in names]) / spread**2


def _require_equal_length(codes: Mapping[str, Integers], score: Floats) -> None:
    for facet, code in codes.items():
        if len(code) != len(score):
            raise ArgumentError(
                f"Facet {facet!r} has {len(code)} codes for {len(score)} scores; each score "
                "needs one."
            )


def _boundary_notes(components: tuple[Component, ...]) -> tuple[str, ...]:
    return tuple(
        f"{one.name}: boundary: zero; the ratings show no such variance."
        for one in components
        if one.is_boundary
    )


def _sizes(codes: Mapping[str, Integers], design: Design) -> dict[str, float]:
    measured = design.facets[0]
    sizes = {}
    for facet in design.facets[1:]:
        around = design.nest_of(facet) | {measured}
        level, _ = levels_of(codes, around | {facet})
        group, n_groups = levels_of(codes, around)
        of_level = np.zeros(int(level.max()) + 1, dtype=np.int64)
        of_level[level] = group
        met = np.bincount(of_level, minlength=n_groups)
        sizes[facet] = n_groups / float((1 / met).sum())
    return sizes
