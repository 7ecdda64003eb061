"""Ratings that arrive in blocks: labels are merged, and each block is kept as codes only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError, NothingRatedError
from second_opinion.engine.ratings.facet import Facet, LabelIndex, Names

Array = Names | Facet | Sequence[float]
Block = Mapping[str, Array]
"""One-dimensional arrays by name, all equally long: "candidate", "assessor" and "score"; unless all
rate the same thing, "criterion"; where there are any, "weight" and "missing" (true where no score
was given); every other name is a further facet."""

ONE_CRITERION = "score"  # what ratings without a criterion are ratings of
KNOWN_FACETS = ("candidate", "assessor", "criterion")
_REQUIRED = ("candidate", "assessor", "score")
_NUMBERS = ("score", "weight", "missing")
_CALLED = {"candidate": "candidates", "assessor": "assessors", "criterion": "criteria"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All blocks as one.

    facets : by name; candidate, assessor and criterion first
    weight : None where no weights were given
    """

    facets: dict[str, Facet]
    score: Floats
    weight: Floats | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coded:
    """One block as codes and numbers, what is missing left out."""

    codes: dict[str, Integers]
    score: Floats
    weight: Floats | None


def gather(blocks: Iterable[Block], *, labels: Mapping[str, Iterable[str]]) -> Gathered:
    """Blocks as codes, scores and weights, with the labels of all of them.

    Raises
    ------
    NothingRatedError : no block holds a rating
    UnknownNameError, ArgumentError : as Facet.of; or arrays missing, of unequal length, of more
        dimensions than one, or other ones than in the first block
    """
    arriving = iter(blocks)
    first = next(arriving, None)
    if first is None:
        raise NothingRatedError("There is not a single rating to read.")
    indexes = {
        name: LabelIndex(_CALLED.get(name, f"labels of {name}"), labels.get(name, ()))
        for name in _facet_names(first, labels)
    }
    parts = []
    for block in chain([first], arriving):
        if set(block) != set(first):
            raise ArgumentError(
                "Every block needs the same arrays; the first has "
                f"{', '.join(map(repr, first))}, another {', '.join(map(repr, block))}."
            )
        parts.append(_coded(block, indexes))
    weights = [part.weight for part in parts if part.weight is not None]
    gathered = Gathered(
        facets={
            name: Facet(index.labels, np.concatenate([part.codes.pop(name) for part in parts]))
            for name, index in indexes.items()
        },
        score=np.concatenate([part.score for part in parts]),
        weight=np.concatenate(weights) if weights else None,
    )
    if not len(gathered.score):
        raise NothingRatedError("There is not a single rating to read.")
    return gathered


def _facet_names(block: Block, labels: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    absent = [name for name in _REQUIRED if name not in block]
    if absent:
        raise ArgumentError(
            f"Ratings need an array named {absent[0]!r}; got {', '.join(map(repr, block))}."
        )
    further = [name for name in block if name not in KNOWN_FACETS + _NUMBERS]
    strange = [name for name in labels if name not in (*KNOWN_FACETS, *further)]
    if strange:
        raise ArgumentError(f"Labels are given for {strange[0]!r}, which is no facet here.")
    return (*KNOWN_FACETS, *further)


def _coded(block: Block, indexes: Mapping[str, LabelIndex]) -> _Coded:
    score = _numbers(block["score"], name="score")
    weight = _numbers(block["weight"], name="weight") if "weight" in block else None
    one_criterion = Facet((ONE_CRITERION,), np.zeros(len(score), dtype=np.int64))
    codes = {
        name: index.codes_of(_names(block.get(name, one_criterion)))
        for name, index in indexes.items()
    }
    given = np.ones(len(score), dtype=np.bool_)
    if "missing" in block:
        given = ~np.asarray(block["missing"], dtype=np.bool_)
    lengths = {name: len(one) for name, one in codes.items() if name in block}
    lengths |= {"score": len(score)} | ({} if weight is None else {"weight": len(weight)})
    lengths |= {"missing": given.size} if "missing" in block else {}
    if set(lengths.values()) != {len(score)}:
        raise ArgumentError(
            "The arrays of ratings must be equally long; got "
            f"{', '.join(f'{name} {length}' for name, length in lengths.items())}."
        )
    if given.all():
        return _Coded(codes=codes, score=score, weight=weight)
    return _Coded(
        codes={name: one[given] for name, one in codes.items()},
        score=score[given],
        weight=None if weight is None else weight[given],
    )


def _numbers(values: Array, *, name: str) -> Floats:
    try:
        numbers = np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as fault:
        raise ArgumentError(f"The array {name!r} does not hold numbers ({fault}).") from fault
    if numbers.ndim != 1:
        raise ArgumentError(
            f"The array {name!r} must be one-dimensional; it has {numbers.ndim} dimensions."
        )
    return numbers


def _names(values: Array) -> Names | Facet:
    if isinstance(values, Facet | np.ndarray | list | tuple):
        return values
    as_array: NDArray[np.generic] = np.asarray(values)
    return as_array
