"""An assignment as a versioned answer, and as a table in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from second_opinion.cli.match.pairing import Pairing
from second_opinion.cli.match.reasons import assigned, assignments_table, loads
from second_opinion.cli.output import readable
from second_opinion.engine.matching import Assignment

SCHEMA = "second-opinion/match/1"
WHAT_COVERAGE_IS = (
    "Coverage: level shown over level required, at most 1, times the quality of its proof, "
    "weighted. * is what the client cannot judge."
)
WHAT_QUALITY_IS = (
    "The quality of each kind of proof is a planning default of ours; a number from 0 to 1 in the "
    "column proof replaces it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What was asked, and what was found."""

    pairing: Pairing
    assignment: Assignment
    per_case: int
    solver: str


def as_answer(matched: Matched) -> dict[str, object]:
    pairing, found = matched.pairing, matched.assignment
    return {
        "schema": SCHEMA,
        "cases": len(pairing.cases),
        "assessors": len(pairing.assessors),
        "per_case": matched.per_case,
        "solver": matched.solver,
        "worst": found.worst,
        "worst_bound": found.worst_bound,
        "is_fairest": found.is_fairest,
        "total": found.total,
        "assignments": [assigned(pairing, pair) for pair in found.pairs.tolist()],
        "loads": loads(pairing, found.pairs),
    }


def print_matched(matched: Matched) -> None:
    console = readable()
    console.print()
    console.print(assignments_table(matched.pairing, matched.assignment.pairs))
    for sentence in _sentences(matched):
        console.print(sentence)


def _sentences(matched: Matched) -> Iterator[str]:
    found = matched.assignment
    worst = f"The worst served case has {found.worst:.2f}"
    if (matched.pairing.problem.required > 1).any():
        worst += " from its assessors together"
    if found.is_fairest:
        yield f"{worst}; no assignment serves its worst case better."
    else:
        yield f"{worst}; no assignment can give its worst case more than {found.worst_bound:.2f}."
    yield f"All cases together have {found.total:.2f}. {WHAT_COVERAGE_IS}"
    yield WHAT_QUALITY_IS
