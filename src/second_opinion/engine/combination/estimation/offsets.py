"""Assessors' offsets predicted from ratings, at given variance components.

With candidate's truth t, offsets u and errors e, ``y = t + Z u + e``. A link compares assessors on
the same candidate and criterion, so the truth is left free there and only differences count. By
assumption, t has the population's distribution, and who was sent to whom is taken as chance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.combination.estimation.blocks import Block, blocks_of
from second_opinion.engine.combination.severity import Severity
from second_opinion.engine.errors import ArgumentError, UnknownNameError
from second_opinion.engine.ratings import Ratings

LEAST_LINKED_CASES = 5
"""Linked candidates below which an offset is not applied (our rule)."""

_MOST_OFFSETS = 1500  # assessors times criteria, above which criteria are not told apart


class Rests(StrEnum):
    """What an offset rests on."""

    LINKS = "links"
    ASSUMPTION = "assumption"


_Treatment = Callable[[Block, VarianceComponents], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """Information (m, m) and moment (m,) of the offsets, assessor by assessor."""

    information: Floats
    moment: Floats


def offsets(
    ratings: Ratings,
    components: VarianceComponents,
    *,
    rests: Rests,
    mean: Floats | None = None,
    keys: Mapping[str, Floats] | None = None,
) -> dict[str, Severity]:
    """Every assessor's offset by best linear unbiased prediction.

    Parameters
    ----------
    mean : (n_criteria,), the population's; needed by assumption alone
    keys : (n_criteria,) for each candidate of a training transcript: the score agreed to be right

    Raises
    ------
    ArgumentError : by assumption without a mean; a key of wrong length or not finite
    UnknownNameError : a key for somebody who is no candidate

    References
    ----------
    Henderson (1975); with free truths, the estimate is that of Searle, Casella and McCulloch
    (1992), section 7.4, candidates by criterion taken as fixed.
    """
    n_criteria = len(ratings.criterion)
    if rests is Rests.ASSUMPTION and mean is None:
        raise ArgumentError("mean is needed for offsets that rest on assumption.")
    by_criterion = len(ratings.assessor) * n_criteria <= _MOST_OFFSETS
    known = _known_truths(ratings, keys)
    level = mean if rests is Rests.ASSUMPTION and mean is not None else np.zeros(n_criteria)
    truth = known[ratings.candidate.codes, ratings.criterion.codes]
    is_known = np.isfinite(truth)
    expected = np.where(is_known, truth, level[ratings.criterion.codes])
    centred = replace(ratings, score=ratings.score - expected)
    width = n_criteria if by_criterion else 1
    size = len(ratings.assessor) * width
    total = _Sums(information=np.zeros((size, size)), moment=np.zeros(size))
    for chosen, treat in (
        (is_known, _errors_alone),
        (~is_known, _free_truth if rests is Rests.LINKS else _usual_truth),
    ):
        if chosen.any():
            found = _sums(centred.rows(chosen), components, treat, width=width)
            total = _Sums(
                information=total.information + found.information,
                moment=total.moment + found.moment,
            )
    return _solved(ratings, components, total, width=width)


def linked_cases(
    ratings: Ratings,
    *,
    keys: Mapping[str, Floats] | None = None,
    case_of: Integers | None = None,
) -> dict[str, int]:
    """By assessor: candidates rated on a criterion by another too, and keyed transcripts.

    Parameters
    ----------
    case_of : (n_candidates,), which case each belongs to; then cases are counted, not candidates
    """
    keyed = np.isfinite(_known_truths(ratings, keys))[
        ratings.candidate.codes, ratings.criterion.codes
    ]
    cell = ratings.candidate.codes * len(ratings.criterion) + ratings.criterion.codes
    linked = (np.bincount(cell)[cell] >= 2) | keyed
    counted = np.arange(len(ratings.candidate)) if case_of is None else case_of
    pairs = np.unique(
        np.stack([ratings.assessor.codes[linked], counted[ratings.candidate.codes[linked]]]), axis=1
    )
    counts = np.bincount(pairs[0], minlength=len(ratings.assessor))
    return dict(zip(ratings.assessor.labels, counts.tolist(), strict=True))


def _known_truths(ratings: Ratings, keys: Mapping[str, Floats] | None) -> Floats:
    known = np.full((len(ratings.candidate), len(ratings.criterion)), np.nan)
    for name, key in (keys or {}).items():
        if name not in ratings.candidate.labels:
            raise UnknownNameError(f"A key is given for {name!r}, who is not among the candidates.")
        values = np.asarray(key, dtype=np.float64)
        if values.shape != (len(ratings.criterion),) or not np.isfinite(values).all():
            raise ArgumentError(
                f"The key for {name!r} needs one finite score for each of the "
                f"{len(ratings.criterion)} criteria."
            )
        known[ratings.candidate.labels.index(name)] = values
    return known


def _sums(
    ratings: Ratings, components: VarianceComponents, treat: _Treatment, *, width: int
) -> _Sums:
    size = len(ratings.assessor) * width
    information, moment = np.zeros(size * size), np.zeros(size)
    for block in blocks_of(ratings):
        weight = treat(block, components)
        place = block.assessor * width + (block.criterion if width > 1 else 0)
        pulled = np.einsum("mij,mj->mi", weight, block.score)
        moment += np.bincount(place.ravel(), weights=pulled.ravel(), minlength=size)
        cell = place[:, :, None] * size + place[:, None, :]
        information += np.bincount(cell.ravel(), weights=weight.ravel(), minlength=size * size)
    return _Sums(information=information.reshape(size, size), moment=moment)


def _errors_alone(block: Block, components: VarianceComponents) -> Floats:
    return np.asarray(np.linalg.inv(_errors(block, components)), dtype=np.float64)


def _usual_truth(block: Block, components: VarianceComponents) -> Floats:
    truth = components.candidate + components.candidate_by_criterion * block.same_criterion
    return np.asarray(np.linalg.inv(_errors(block, components) + truth), dtype=np.float64)


def _free_truth(block: Block, components: VarianceComponents) -> Floats:
    """The errors' precision with each criterion's truth taken as anything at all."""
    precision = np.linalg.inv(_errors(block, components))
    n = block.score.shape[1]
    # one column for each rating, that of the first one on its criterion; the others stay empty
    first = np.argmax(block.same_criterion, axis=2)
    belongs = np.eye(n)[first]
    pulled = precision @ belongs
    is_empty = first != np.arange(n)
    inner = np.swapaxes(belongs, 1, 2) @ pulled + is_empty[:, :, None] * np.eye(n)
    projected: Floats = precision - pulled @ np.linalg.solve(inner, np.swapaxes(pulled, 1, 2))
    return projected


def _errors(block: Block, components: VarianceComponents) -> Floats:
    residual = max(components.residual, 1e-9 * components.total)
    errors: Floats = components.halo * block.same_assessor + residual * np.eye(block.score.shape[1])
    return errors


def _solved(
    ratings: Ratings, components: VarianceComponents, sums: _Sums, *, width: int
) -> dict[str, Severity]:
    n_assessors, n_criteria = len(ratings.assessor), len(ratings.criterion)
    prior = np.full((width, width), components.severity)
    prior += components.assessor_by_criterion * np.eye(width) if width > 1 else 0.0
    values, vectors = np.linalg.eigh(prior)
    root = np.kron(np.eye(n_assessors), vectors * np.sqrt(np.maximum(values, 0.0)))
    system = np.eye(len(root)) + root.T @ sums.information @ root
    covariance = root @ np.linalg.solve(system, root.T)
    mean = covariance @ sums.moment
    found = {}
    for place, name in enumerate(ratings.assessor.labels):
        own = slice(place * width, (place + 1) * width)
        if width > 1 or n_criteria == 1:
            found[name] = Severity(mean=mean[own], covariance=covariance[own, own])
        else:
            found[name] = Severity.of_level(
                float(mean[own][0]),
                float(covariance[own, own][0, 0]),
                n_criteria=n_criteria,
                by_criterion=components.assessor_by_criterion,
            )
    return found
