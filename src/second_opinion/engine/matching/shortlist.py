"""One case: whom to ask, with the reasons in numbers, and why the others are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching.coverage import Booleans, Coverage, Need, coverage
from second_opinion.engine.matching.error_correlation import (
    ErrorCorrelation,
    Ties,
    TieValues,
    error_correlation,
    error_correlations,
)

NO_PLACE, NOTHING_COVERED = "has no place left", "covers none of the needs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The assessors, as a case sees them.

    names : (n_assessors,)
    shown, quality : (n_assessors, n_needs), as in coverage
    load, cap : (n_assessors,), cases each has, and takes at most
    price : (n_assessors,), in the provider's currency; NaN where not told
    earliest : (n_assessors,), days until they can begin; NaN where not told
    ties : what each shares with the first assessor
    lots : (n_assessors,), drawn for this case; of equals the lowest stands first; None for names
    """

    names: Sequence[str]
    shown: Floats
    quality: Floats
    load: Integers
    cap: Integers
    price: Floats
    earliest: Floats
    ties: Ties
    lots: Integers | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCovered:
    """How one assessor covers one need.

    covered : 0 to 1, level shown over level required, at most 1, times quality
    """

    need: Need
    shown: float
    quality: float
    covered: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An assessor on the shortlist, with the reasons.

    score : 0 to 1, weighted coverage
    covers_gap : all that the client cannot judge, at the required level
    price, earliest : NaN where not told
    correlation : expected, of this assessor's errors with the first's
    """

    name: str
    score: float
    covers_gap: bool
    needs: tuple[NeedCovered, ...]
    load: int
    cap: int
    price: float
    earliest: float
    correlation: ErrorCorrelation


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An assessor who cannot be asked, and the first gate that was closed."""

    name: str
    gate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """The best first, and everybody else who was considered.

    listed : at most as many as were asked for
    further : how many more passed every gate
    left_out : in the register's order
    """

    listed: tuple[Listed, ...]
    further: int
    left_out: tuple[LeftOut, ...]


def shortlist(
    needs: Sequence[Need],
    register: Register,
    *,
    gates: Mapping[str, Booleans],
    values: TieValues | None = None,
    length: int = 10,
) -> Shortlist:
    """Who can be asked, in order: covers the gap, coverage, independence, load, price, lot.

    Nobody is left out for a low coverage above nothing, for load below the cap or for a tie to the
    first assessor's school: the coordinator sees them and decides.

    Parameters
    ----------
    gates : by what a closed one means in words, in the order they are told: (n_assessors,), True
        where open; for instance {"has a conflict of interest": ...}
    length : of the list, 1 or more

    Raises
    ------
    ArgumentError : shapes that do not fit, or what coverage refuses
    """
    _require_fit(register, gates, length)
    values = values or TieValues()
    covered = coverage(needs, shown=register.shown, quality=register.quality)
    every = dict(gates) | {
        NO_PLACE: register.load < register.cap,
        NOTHING_COVERED: covered.score > 0,
    }
    is_open = np.stack(list(every.values()))
    passes: Booleans = np.all(is_open, axis=0)
    first_closed = np.argmin(is_open, axis=0)
    order = _in_order(register, covered, values, passes)
    words = list(every)
    return Shortlist(
        listed=tuple(
            _listed(place, needs, register, covered, values) for place in order[:length].tolist()
        ),
        further=max(len(order) - length, 0),
        left_out=tuple(
            LeftOut(name=register.names[place], gate=words[first_closed[place]])
            for place in np.flatnonzero(~passes).tolist()
        ),
    )


def _in_order(
    register: Register, covered: Coverage, values: TieValues, passes: Booleans
) -> Integers:
    """The places of those who pass, the best first."""
    place = np.flatnonzero(passes)
    lots = np.zeros(len(register.names)) if register.lots is None else register.lots
    order = np.lexsort(
        (
            np.array([register.names[each] for each in place.tolist()], dtype=np.str_),
            lots[place],
            np.nan_to_num(register.price[place], nan=np.inf),
            register.load[place] / register.cap[place],
            error_correlations(register.ties, values)[place],
            -np.round(covered.score[place], 9),
            ~covered.covers_gap[place],
        )
    )
    return place[order]


def _listed(
    place: int, needs: Sequence[Need], register: Register, covered: Coverage, values: TieValues
) -> Listed:
    return Listed(
        name=register.names[place],
        score=float(covered.score[place]),
        covers_gap=bool(covered.covers_gap[place]),
        needs=tuple(
            NeedCovered(
                need=need,
                shown=float(register.shown[place, column]),
                quality=float(register.quality[place, column]),
                covered=float(covered.by_need[place, column]),
            )
            for column, need in enumerate(needs)
        ),
        load=int(register.load[place]),
        cap=int(register.cap[place]),
        price=float(register.price[place]),
        earliest=float(register.earliest[place]),
        correlation=error_correlation(register.ties, values, place),
    )


def _require_fit(register: Register, gates: Mapping[str, Booleans], length: int) -> None:
    if length < 1:
        raise ArgumentError(f"A shortlist has at least one place; got {length}.")
    n_assessors = len(register.names)
    columns = {
        "load": register.load,
        "cap": register.cap,
        "price": register.price,
        "earliest": register.earliest,
        "employer": register.ties.employer,
        "school": register.ties.school,
        "method": register.ties.method,
    } | {f"gate {name!r}": each for name, each in gates.items()}
    if register.lots is not None:
        columns["lots"] = register.lots
    for name, column in columns.items():
        if column.shape != (n_assessors,):
            raise ArgumentError(f"{name} has shape {column.shape} for {n_assessors} assessors.")
    if len(register.shown) != n_assessors:
        raise ArgumentError(f"shown has {len(register.shown)} rows for {n_assessors} assessors.")
