"""A population estimated from ratings: which variances can be told apart, and their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.combination.estimation.means import criterion_means
from second_opinion.engine.combination.estimation.offsets import (
    LEAST_LINKED_CASES,
    Rests,
    linked_cases,
    offsets,
)
from second_opinion.engine.combination.population import Population, Source
from second_opinion.engine.combination.severity import Severity
from second_opinion.engine.errors import NotEnoughRatingsError
from second_opinion.engine.generalizability import Study, variance_components
from second_opinion.engine.ratings import Ratings

LEAST_CANDIDATES = 20
"""Candidates seen by two or more assessors below which nothing is estimated (our assumption)."""

# a component's name here, and that of its effect in the design "p x r x t"
_EFFECTS = {
    "candidate": "p",
    "candidate_by_criterion": "pt",
    "severity": "r",
    "assessor_by_criterion": "rt",
    "halo": "pr",
    "residual": "residual",
}


@dataclass(frozen=True, slots=True)
class Identified:
    """Which effects the ratings can tell apart, and what is said of those they cannot."""

    effects: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def has_severity(self) -> bool:
        return "r" in self.effects


def estimate_population(
    ratings: Ratings, *, keys: Mapping[str, Floats] | None = None
) -> Population:
    """Means, variance components and assessors' severities by restricted maximum likelihood.

    What cannot be told apart is estimated as one: with one criterion, halo is part of the
    residual and candidate by criterion part of candidate; where no assessor rates two
    candidates, severity is part of halo. Severities are applied where five candidates or more
    link an assessor to others; the rest are only shown.

    Parameters
    ----------
    keys : (n_criteria,) for each candidate who is a training transcript: its agreed scores

    Raises
    ------
    NotEnoughRatingsError : fewer than 20 candidates rated by two assessors, a criterion without
        ratings, or ratings that are all alike
    UnknownNameError, ArgumentError : a key that does not fit

    References
    ----------
    Patterson and Thompson (1971). Reference values: tests/reference/variance_components/.
    """
    require_enough(ratings)
    design = design_of(ratings)
    if not float(ratings.score.std()) > 0:
        raise NotEnoughRatingsError(
            f"All {len(ratings)} ratings are {ratings.score[0]:g}; nothing can be told from them."
        )
    study = _study(ratings, design)
    components = VarianceComponents(**components_of(study, "variance"))
    mean, mean_variance = criterion_means(ratings, components)
    applied, shown, links = severities_of(ratings, components, design, mean=mean, keys=keys)
    return Population(
        mean=mean,
        mean_variance=mean_variance,
        components=components,
        source=Source.ESTIMATED,
        severities=MappingProxyType(applied),
        shown_severities=MappingProxyType(shown),
        linked_cases=MappingProxyType(links),
        standard_errors=MappingProxyType(components_of(study, "standard_error")),
        notes=design.notes,
    )


def _study(ratings: Ratings, design: Identified) -> Study:
    """Criteria's own levels are taken off first: they are fixed, and no part of a variance.

    Assessor by criterion has by far the most levels and often no variance, so the search begins
    where the other effects alone have their top; there one look tells whether it is above 0.
    """
    counts = np.bincount(ratings.criterion.codes, minlength=len(ratings.criterion))
    sums = np.bincount(
        ratings.criterion.codes, weights=ratings.score, minlength=len(ratings.criterion)
    )
    codes = {
        "p": ratings.candidate.codes,
        "r": ratings.assessor.codes,
        "t": ratings.criterion.codes,
    }
    if len(ratings.criterion) > 1:
        centred = ratings.score - (sums / counts)[ratings.criterion.codes]
        kept = [*design.effects, "t"]
        without = variance_components(
            codes, centred, design="p x r x t", only=[name for name in kept if name != "rt"]
        )
        if "rt" not in kept:
            return without
        begin = {one.name: one.variance for one in without.components}
        return variance_components(codes, centred, design="p x r x t", only=kept, begin=begin)
    del codes["t"]
    return variance_components(codes, ratings.score, design="p x r", only=design.effects)


def components_of(study: Study, what: str) -> dict[str, float]:
    """Variances or standard errors by our names; 0 for what the study has not."""
    found = {one.name: one for one in study.components}
    values = {}
    for name, effect in _EFFECTS.items():
        value = float(getattr(found[effect], what)) if effect in found else 0.0
        values[name] = value if np.isfinite(value) else 0.0
    return values


def severities_of(
    ratings: Ratings,
    components: VarianceComponents,
    design: Identified,
    *,
    mean: Floats,
    keys: Mapping[str, Floats] | None = None,
    case_of: Integers | None = None,
) -> tuple[dict[str, Severity], dict[str, Severity], dict[str, int]]:
    """Applied, shown only, and by how many candidates (or cases) each assessor is linked."""
    if not design.has_severity:
        return {}, {}, {}
    links = linked_cases(ratings, keys=keys, case_of=case_of)
    linked = offsets(ratings, components, rests=Rests.LINKS, keys=keys)
    applied = {name: linked[name] for name in links if links[name] >= LEAST_LINKED_CASES}
    if len(applied) == len(links):
        return applied, {}, links
    assumed = offsets(ratings, components, rests=Rests.ASSUMPTION, mean=mean, keys=keys)
    shown = {name: assumed[name] for name in links if name not in applied}
    return applied, shown, links


def require_enough(ratings: Ratings) -> None:
    """Refuse ratings that cannot say how much assessors agree.

    Raises
    ------
    NotEnoughRatingsError
    """
    unrated = set(range(len(ratings.criterion))) - set(ratings.criterion.codes.tolist())
    if unrated:
        raise NotEnoughRatingsError(
            f"No one rated {ratings.criterion.labels[min(unrated)]!r}; leave it out or rate it."
        )
    seen_by = np.bincount(_pairs(ratings)[0])
    shared = int((seen_by >= 2).sum())
    if shared < LEAST_CANDIDATES:
        raise NotEnoughRatingsError(
            f"Only {shared} candidates were rated by two or more assessors; at least "
            f"{LEAST_CANDIDATES} are needed to estimate how much assessors agree."
        )


def design_of(ratings: Ratings) -> Identified:
    """What these ratings can tell apart."""
    notes = []
    several_criteria = len(ratings.criterion) > 1
    if not several_criteria:
        notes.append("One criterion: halo cannot be told from residual and is part of it.")
    candidates_of = np.bincount(_pairs(ratings)[1])
    recurring = bool((candidates_of >= 2).any()) and int((candidates_of > 0).sum()) > 1
    if not recurring:
        rest = "halo" if several_criteria else "residual"
        notes.append(f"No assessor rates two candidates: severity is part of {rest}.")
    effects = ["p"]
    if recurring:
        effects.append("r")
    if several_criteria:
        effects += ["pt", "pr"]
    if recurring and several_criteria:
        effects.append("rt")
    return Identified(effects=tuple(effects), notes=tuple(notes))


def _pairs(ratings: Ratings) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """(2, n_opinions): candidate and assessor of each opinion."""
    pair = np.unique(ratings.candidate.codes * len(ratings.assessor) + ratings.assessor.codes)
    return np.stack([pair // len(ratings.assessor), pair % len(ratings.assessor)])
