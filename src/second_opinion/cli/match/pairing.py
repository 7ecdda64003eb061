"""From what the files say to who may be given to whom, and how well each would cover it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.matching import AssignmentProblem, Booleans, coverage
from second_opinion.ingest.matching_files import (
    Conflict,
    MatchingAssessor,
    MatchingCase,
    key_of,
)

CONFLICT = "with a conflict of interest"
LANGUAGE = "without the language"
PRICE = "too dear for it"
NOTHING = "covering none of its needs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Cases in the order given, and assessors by name.

    closed : for each case, how many assessors stop at which gate
    """

    cases: tuple[MatchingCase, ...]
    assessors: tuple[MatchingAssessor, ...]
    problem: AssignmentProblem
    closed: tuple[dict[str, int], ...]


class _Columns:
    """Levels and qualities of every assessor, by competence."""

    def __init__(self, assessors: Sequence[MatchingAssessor]) -> None:
        size = len(assessors)
        self._nothing = np.zeros(size)
        self._shown: dict[str, Floats] = {}
        self._quality: dict[str, Floats] = {}
        for place, assessor in enumerate(assessors):
            for competence, shown in assessor.shown.items():
                self._shown.setdefault(competence, np.zeros(size))[place] = shown.level
                self._quality.setdefault(competence, np.zeros(size))[place] = shown.quality

    def of(self, competences: Sequence[str]) -> tuple[Floats, Floats]:
        """(n_assessors, n_competences), each."""
        keys = [key_of(each) for each in competences]
        return (
            np.column_stack([self._shown.get(key, self._nothing) for key in keys]),
            np.column_stack([self._quality.get(key, self._nothing) for key in keys]),
        )


def pairing_of(
    cases: Sequence[MatchingCase],
    assessors: Sequence[MatchingAssessor],
    conflicts: Sequence[Conflict],
    *,
    per_case: int,
    load_cost: float,
) -> Pairing:
    """Every pair without a conflict, with the languages, within the price, covering something.

    per_case : assessors of a case whose file does not say how many it needs
    """
    cases = tuple(cases)
    assessors = tuple(sorted(assessors, key=lambda each: each.name))
    columns = _Columns(assessors)
    gates = _Gates(cases, assessors, conflicts)
    parts, closed = [], []
    for case in cases:
        shown, quality = columns.of([need.competence for need in case.needs])
        covered = coverage(case.needs, shown=shown, quality=quality)
        is_open = gates.of(case) | {NOTHING: covered.score > 0}
        still = np.ones(len(assessors), dtype=np.bool_)
        stopped = {}
        for words, passes in is_open.items():
            stopped[words] = int((still & ~passes).sum())
            still &= passes
        kept = np.flatnonzero(still)
        parts.append((kept, covered.score[kept], covered.covers_gap[kept]))
        closed.append({words: number for words, number in stopped.items() if number})
    return Pairing(
        cases=cases,
        assessors=assessors,
        problem=_problem(cases, assessors, parts, per_case=per_case, load_cost=load_cost),
        closed=tuple(closed),
    )


class _Gates:
    """Who stops at what, whatever they cover."""

    def __init__(
        self,
        cases: Sequence[MatchingCase],
        assessors: Sequence[MatchingAssessor],
        conflicts: Sequence[Conflict],
    ) -> None:
        place_of = {assessor.name: place for place, assessor in enumerate(assessors)}
        self._barred: dict[str, list[int]] = {}
        for conflict in conflicts:
            self._barred.setdefault(conflict.case, []).append(place_of[conflict.assessor])
        self._price = np.array([np.nan if each.price is None else each.price for each in assessors])
        self._speak = {
            languages: np.array([languages <= each.languages for each in assessors])
            for languages in {case.languages for case in cases}
        }

    def of(self, case: MatchingCase) -> dict[str, Booleans]:
        """By what a closed one means, in the order they are told: (n_assessors,), where open."""
        no_conflict = np.ones(len(self._price), dtype=np.bool_)
        no_conflict[self._barred.get(case.name, [])] = False
        limit = np.inf if case.most_price is None else case.most_price
        # not told is not too dear
        return {
            CONFLICT: no_conflict,
            LANGUAGE: self._speak[case.languages],
            PRICE: ~(self._price > limit),
        }


def _problem(
    cases: Sequence[MatchingCase],
    assessors: Sequence[MatchingAssessor],
    parts: Sequence[tuple[Integers, Floats, Booleans]],
    *,
    per_case: int,
    load_cost: float,
) -> AssignmentProblem:
    return AssignmentProblem(
        case=np.repeat(np.arange(len(cases)), [len(kept) for kept, _, _ in parts]),
        assessor=np.concatenate([kept for kept, _, _ in parts]),
        score=np.concatenate([score for _, score, _ in parts]),
        covers_gap=np.concatenate([covers for _, _, covers in parts]),
        has_gap=np.array([any(need.is_gap for need in case.needs) for case in cases]),
        required=np.array([each.assessors or per_case for each in cases], dtype=np.int64),
        cap=np.array([each.cap for each in assessors], dtype=np.int64),
        load_cost=load_cost,
    )
