"""Who may be given to whom, how many are required, how many each can take: and an answer to it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching.coverage import Booleans


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentProblem:
    """Cases, assessors, and the pairs of them that may be.

    A pair that is not listed cannot be chosen: whoever has a conflict of interest, lacks the
    language or is out of reach is simply not paired.

    case, assessor : (n_pairs,), each pair once
    score : (n_pairs,), 0 to 1, how well the assessor covers the case
    required : (n_cases,), how many different assessors the case needs, 1 or more
    cap : (n_assessors,), how many of these cases each can take, 0 or more
    covers_gap : (n_pairs,), the assessor covers what the client cannot judge in that case
    has_gap : (n_cases,), the case must have at least one who does
    load : (n_assessors,), cases that each has already, which only makes further ones dearer
    load_cost : in score; an assessor's m-th case costs (m - 1) times this, so that load spreads

    Raises
    ------
    ArgumentError : shapes that do not fit, a pair twice, or a number outside its range
    """

    case: Integers
    assessor: Integers
    score: Floats
    required: Integers
    cap: Integers
    covers_gap: Booleans = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    has_gap: Booleans = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    load: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    load_cost: float = 0.0

    def __post_init__(self) -> None:
        for name, size in (
            ("covers_gap", len(self.case)),
            ("has_gap", self.n_cases),
            ("load", self.n_assessors),
        ):
            given = getattr(self, name)
            if size and not len(given):
                object.__setattr__(self, name, np.zeros(size, dtype=given.dtype))
        _require_shapes(self)
        _require_ranges(self)

    @classmethod
    def of_matrix(
        cls, score: Floats, *, required: Integers, cap: Integers, load_cost: float = 0.0
    ) -> AssignmentProblem:
        """From (n_cases, n_assessors); NaN where the two may not meet."""
        case, assessor = np.nonzero(~np.isnan(score))
        return cls(
            case=case,
            assessor=assessor,
            score=score[case, assessor],
            required=required,
            cap=cap,
            load_cost=load_cost,
        )

    @property
    def n_cases(self) -> int:
        return len(self.required)

    @property
    def n_assessors(self) -> int:
        return len(self.cap)

    def of_cases(self, kept: Booleans) -> AssignmentProblem:
        """The same assessors, and only some of the cases, which keep their order."""
        pairs = kept[self.case]
        renumbered = np.cumsum(kept) - 1
        return AssignmentProblem(
            case=renumbered[self.case[pairs]],
            assessor=self.assessor[pairs],
            score=self.score[pairs],
            required=self.required[kept],
            cap=self.cap,
            covers_gap=self.covers_gap[pairs],
            has_gap=self.has_gap[kept],
            load=self.load,
            load_cost=self.load_cost,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The pairs that were chosen.

    pairs : indices into the problem's pairs, ascending
    worst : the smallest summed score of any case
    worst_bound : no assignment whatever can have a larger worst than this
    total : summed score of all pairs
    least_pair : the smallest score of any pair
    """

    pairs: Integers
    worst: float
    worst_bound: float
    total: float
    least_pair: float

    @property
    def is_fairest(self) -> bool:
        """Whether the bound proves that no assignment treats its worst case better."""
        return self.worst >= self.worst_bound - 1e-9


def summed_scores(problem: AssignmentProblem, pairs: Integers) -> Floats:
    """(n_cases,), what the chosen pairs give each case together."""
    return np.bincount(
        problem.case[pairs], weights=problem.score[pairs], minlength=problem.n_cases
    ).astype(np.float64)


def _require_shapes(problem: AssignmentProblem) -> None:
    n_pairs = len(problem.case)
    for name, size in (
        ("assessor", n_pairs),
        ("score", n_pairs),
        ("covers_gap", n_pairs),
        ("has_gap", problem.n_cases),
        ("load", problem.n_assessors),
    ):
        if getattr(problem, name).shape != (size,):
            raise ArgumentError(
                f"{name} has shape {getattr(problem, name).shape}, and ({size},) is needed."
            )
    for name, size in (("case", problem.n_cases), ("assessor", problem.n_assessors)):
        codes = getattr(problem, name)
        if n_pairs and not (codes.min() >= 0 and codes.max() < size):
            raise ArgumentError(f"{name} must be numbered 0 to {size - 1}.")
    key = np.sort(problem.case * max(problem.n_assessors, 1) + problem.assessor)
    if (key[1:] == key[:-1]).any():
        raise ArgumentError("A case and an assessor are paired twice; list every pair once.")


def _require_ranges(problem: AssignmentProblem) -> None:
    if not ((problem.score >= 0) & (problem.score <= 1)).all():
        raise ArgumentError("Every score must be from 0 to 1.")
    if (problem.required < 1).any():
        raise ArgumentError("Every case requires one assessor or more.")
    if (problem.cap < 0).any() or (problem.load < 0).any():
        raise ArgumentError("No cap and no load can be below 0.")
    if not 0 <= problem.load_cost <= 1:
        raise ArgumentError(f"load_cost must be from 0 to 1; got {problem.load_cost:g}.")
