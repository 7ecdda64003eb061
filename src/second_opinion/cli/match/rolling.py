"""Cases one by one as they come, each answer standing before the next case is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from second_opinion.cli.match.answer import WHAT_COVERAGE_IS, WHAT_QUALITY_IS
from second_opinion.cli.match.pairing import Pairing
from second_opinion.cli.match.reasons import assigned, assignments_table, loads
from second_opinion.cli.output import readable, shown
from second_opinion.engine.arrays import Integers
from second_opinion.engine.matching import Turn

SCHEMA = "second-opinion/match-rolling/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """What was asked, and what became of each case in its turn."""

    pairing: Pairing
    per_case: int
    past_cases: int
    turns: tuple[Turn, ...]

    @property
    def pairs(self) -> Integers:
        """Of all cases, in the order in which they came."""
        return np.concatenate([turn.pairs for turn in self.turns])

    @property
    def waiting(self) -> list[int]:
        return [case for case, turn in enumerate(self.turns) if not len(turn.pairs)]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBack:
    """Who covers a case better, had a place, and was kept for cases to come.

    worth : of a place of theirs, in coverage
    """

    assessor: str
    coverage: float
    worth: float


def as_answer(rolled: Rolled) -> dict[str, object]:
    pairing = rolled.pairing
    return {
        "schema": SCHEMA,
        "cases": len(pairing.cases),
        "assessors": len(pairing.assessors),
        "per_case": rolled.per_case,
        "past_cases": rolled.past_cases,
        "total": float(pairing.problem.score[rolled.pairs].sum()),
        "assignments": list(_assignments(rolled)),
        "waiting": [_waiting(rolled, case) for case in rolled.waiting],
        "loads": loads(pairing, rolled.pairs),
    }


def print_rolled(rolled: Rolled) -> None:
    console = readable()
    kept = [
        ""
        if back is None
        else f"{shown(back.assessor)} {back.coverage:.2f} (place {back.worth:.2f})"
        for case, turn in enumerate(rolled.turns)
        for back in [_kept_back(rolled, case)] * len(turn.pairs)
    ]
    console.print()
    console.print(
        assignments_table(rolled.pairing, rolled.pairs, beside=("Kept for cases to come", kept))
    )
    total = float(rolled.pairing.problem.score[rolled.pairs].sum())
    for sentence in (
        f"All cases together have {total:.2f}. {WHAT_COVERAGE_IS}",
        "Kept for cases to come: who covers the case better and has a place, and what a place of "
        "theirs is worth to others, in coverage, as the past cases tell.",
        WHAT_QUALITY_IS,
    ):
        console.print(sentence)


def waiting_words(rolled: Rolled) -> str:
    """Who waits, and for whom; empty where nobody does."""
    parts = []
    for case in rolled.waiting:
        one = _waiting(rolled, case)
        needed = f"it needs {one['required']}"
        free = f"{one['with_place']} who may have a place left"
        gap = f", {one['covering_gap']} of them covering the gap" if one["has_gap"] else ""
        parts.append(f"{shown(str(one['case']))} ({needed}; {free}{gap})")
    if not parts:
        return ""
    return (
        f"Waiting, with nobody assigned: {'; '.join(parts)}. Raise a cap or bring in another "
        "assessor. The others are assigned as written."
    )


def _assignments(rolled: Rolled) -> Iterator[dict[str, object]]:
    problem = rolled.pairing.problem
    for case, turn in enumerate(rolled.turns):
        back = _kept_back(rolled, case)
        for pair in turn.pairs.tolist():
            yield assigned(rolled.pairing, pair) | {
                "place_worth": float(turn.price[problem.assessor[pair]]),
                "kept_back": None
                if back is None
                else {
                    "assessor": back.assessor,
                    "coverage": back.coverage,
                    "place_worth": back.worth,
                },
            }


def _kept_back(rolled: Rolled, case: int) -> KeptBack | None:
    """The best by coverage of those who had a place and were not taken."""
    problem, turn = rolled.pairing.problem, rolled.turns[case]
    if not len(turn.pairs):
        return None
    others = np.setdiff1d(_with_place(rolled, case), turn.pairs)
    if not len(others):
        return None
    best = int(others[np.argmax(problem.score[others])])
    who = int(problem.assessor[best])
    coverage, worth = float(problem.score[best]), float(turn.price[who])
    if coverage <= problem.score[turn.pairs].min() + 1e-9 or not worth:
        return None
    return KeptBack(assessor=rolled.pairing.assessors[who].name, coverage=coverage, worth=worth)


def _with_place(rolled: Rolled, case: int) -> Integers:
    problem = rolled.pairing.problem
    pairs = np.flatnonzero(problem.case == case)
    return pairs[rolled.turns[case].left[problem.assessor[pairs]] > 0]


def _waiting(rolled: Rolled, case: int) -> dict[str, object]:
    problem, pairs = rolled.pairing.problem, _with_place(rolled, case)
    return {
        "case": rolled.pairing.cases[case].name,
        "required": int(problem.required[case]),
        "has_gap": bool(problem.has_gap[case]),
        "with_place": len(pairs),
        "covering_gap": int(problem.covers_gap[pairs].sum()),
    }
