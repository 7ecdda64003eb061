"""Assessors whose errors hang together: one employer or training, one meeting or material."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError, UnknownNameError

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """How the errors of a case's assessors correlate.

    correlation : (n_assessors, n_assessors), of their errors on one candidate; 1 on the diagonal
    meeting : (n_candidates, n_assessors), the number of the meeting that the opinion comes from;
        opinions with one number share it, and each has its own by default

    Raises
    ------
    ArgumentError : a correlation outside 0 to 1, or a matrix that no errors can have
    """

    correlation: Floats
    meeting: Integers

    def __post_init__(self) -> None:
        require_possible_correlations(self.correlation, called="dependence")
        if self.meeting.ndim != 2 or self.meeting.shape[1] != len(self.correlation):
            raise ArgumentError(
                f"meeting has shape {self.meeting.shape} for {len(self.correlation)} assessors."
            )

    @classmethod
    def none(cls, *, n_candidates: int, n_assessors: int) -> Dependence:
        """Every assessor for himself."""
        own = np.broadcast_to(np.arange(n_assessors), (n_candidates, n_assessors))
        return cls(correlation=np.eye(n_assessors), meeting=own)

    @classmethod
    def of(
        cls,
        *,
        candidates: Sequence[str],
        assessors: Sequence[str],
        groups: Iterable[tuple[Sequence[str], float]] = (),
        meetings: Iterable[tuple[Sequence[str], Sequence[str]]] = (),
    ) -> Dependence:
        """From names.

        Parameters
        ----------
        groups : assessors whose errors correlate, and how much; the largest holds for a pair
        meetings : assessors of one meeting, and the candidates that they met in it

        Raises
        ------
        UnknownNameError : a name is not among the candidates or assessors
        ArgumentError : as the class
        """
        correlation = np.eye(len(assessors))
        for names, value in groups:
            codes = _codes(names, assessors, called="assessors")
            block = np.ix_(codes, codes)
            correlation[block] = np.maximum(correlation[block], value)
            _require_share(value, called="dependence")
        meeting = np.tile(np.arange(len(assessors)), (len(candidates), 1))
        for names, met in meetings:
            codes = _codes(names, assessors, called="assessors")
            for candidate in _codes(met, candidates, called="candidates"):
                together = np.isin(meeting[candidate], meeting[candidate, codes])
                meeting[candidate, together] = meeting[candidate, codes].min()
        return cls(correlation=correlation, meeting=meeting)

    def same_meeting(
        self, candidate: Integers, assessor: Integers
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """(..., n, n): whether two ratings of one candidate come from one meeting."""
        met = self.meeting[candidate, assessor]
        same: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = (
            met[..., :, None] == met[..., None, :]
        )
        return same

    @property
    def is_none(self) -> bool:
        """Whether nothing hangs together, so that a shorter sum gives the same answer."""
        own = np.arange(len(self.correlation))
        return bool((self.meeting == own).all() and (self.correlation == np.eye(len(own))).all())


def require_possible_correlations(correlation: Floats, *, called: str) -> None:
    """Refuse a matrix that is no correlation matrix of errors.

    Raises
    ------
    ArgumentError : not square, not symmetric, outside 0 to 1, or not positive semidefinite
    """
    matrix = np.asarray(correlation, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ArgumentError(f"{called} must be a square matrix; got shape {matrix.shape}.")
    if not (np.isfinite(matrix).all() and (matrix >= 0).all() and (matrix <= 1).all()):
        raise ArgumentError(f"{called} holds a correlation that is not between 0 and 1.")
    if np.abs(matrix - matrix.T).max(initial=0) > _TOLERANCE:
        raise ArgumentError(f"{called} must be symmetric: two assessors have one correlation.")
    if np.abs(np.diagonal(matrix) - 1).max(initial=0) > _TOLERANCE:
        raise ArgumentError(f"{called} must have 1 on its diagonal.")
    if len(matrix) and np.linalg.eigvalsh(matrix)[0] < -_TOLERANCE:
        raise ArgumentError(
            f"{called} contradicts itself: no errors can correlate like this. If A goes with B and "
            "B with C, A must go with C too; lower the largest or raise the smallest."
        )


def _require_share(value: float, *, called: str) -> None:
    if not 0 <= value <= 1:  # so that not-a-number is refused too
        raise ArgumentError(f"{called} must be a correlation from 0 to 1; got {value:g}.")


def _codes(names: Sequence[str], labels: Sequence[str], *, called: str) -> Integers:
    for name in names:
        if name not in labels:
            raise UnknownNameError(
                f"{name!r} is not among the {called}; known are {', '.join(map(repr, labels))}."
            )
    return np.array([list(labels).index(name) for name in names], dtype=np.int64)
