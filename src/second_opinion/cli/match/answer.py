"""An assignment as a versioned answer, and as tables in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rich import box
from rich.table import Table

from second_opinion.cli.match.pairing import Pairing
from second_opinion.cli.output import readable, shown
from second_opinion.engine.matching import Assignment, Need
from second_opinion.ingest.matching_files import MatchingAssessor, Shown, key_of

SCHEMA = "second-opinion/match/1"
_NOTHING = Shown(level=0.0, proof="", quality=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What was asked, and what was found."""

    pairing: Pairing
    assignment: Assignment
    per_case: int
    solver: str


def as_answer(matched: Matched) -> dict[str, object]:
    pairing, found = matched.pairing, matched.assignment
    used = _used(matched)
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
        "assignments": [_assigned(matched, pair) for pair in found.pairs.tolist()],
        "loads": [
            {"assessor": each.name, "cases": used[place], "cap": each.cap}
            for place, each in enumerate(pairing.assessors)
        ],
    }


def _assigned(matched: Matched, pair: int) -> dict[str, object]:
    problem = matched.pairing.problem
    case = matched.pairing.cases[problem.case[pair]]
    assessor = matched.pairing.assessors[problem.assessor[pair]]
    return {
        "case": case.name,
        "assessor": assessor.name,
        "coverage": float(problem.score[pair]),
        "covers_gap": bool(problem.has_gap[problem.case[pair]] and problem.covers_gap[pair]),
        "price": assessor.price,
        "needs": [_covered(need, assessor) for need in case.needs],
    }


def _covered(need: Need, assessor: MatchingAssessor) -> dict[str, object]:
    has = assessor.shown.get(key_of(need.competence), _NOTHING)
    return {
        "competence": need.competence,
        "gap": need.is_gap,
        "required": need.level,
        "shown": has.level,
        "proof": has.proof or None,
        "quality": has.quality,
        "covered": min(has.level / need.level, 1.0) * has.quality,
    }


def _used(matched: Matched) -> list[int]:
    problem, pairs = matched.pairing.problem, matched.assignment.pairs
    counts: list[int] = np.bincount(problem.assessor[pairs], minlength=problem.n_assessors).tolist()
    return counts


def print_matched(matched: Matched) -> None:
    console = readable()
    console.print()
    console.print(_table(matched))
    for sentence in _sentences(matched):
        console.print(sentence)


def _table(matched: Matched) -> Table:
    table = Table(title="Assignments", title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column("Case")
    table.add_column("Assessor")
    table.add_column("Coverage", justify="right")
    table.add_column("Gap")
    table.add_column("Load", justify="right")
    table.add_column("Price", justify="right")
    table.add_column("Shows (level of required, proof)")
    problem, used = matched.pairing.problem, _used(matched)
    before = None
    for pair in matched.assignment.pairs.tolist():
        place = int(problem.assessor[pair])
        case = matched.pairing.cases[problem.case[pair]]
        assessor = matched.pairing.assessors[place]
        has_gap = problem.has_gap[problem.case[pair]]
        table.add_row(
            "" if case.name == before else shown(case.name),
            shown(assessor.name),
            f"{problem.score[pair]:.2f}",
            ("covered" if problem.covers_gap[pair] else "") if has_gap else "none",
            f"{used[place]} of {assessor.cap}",
            "" if assessor.price is None else f"{assessor.price:,.0f}",
            "; ".join(_in_words(need, assessor) for need in case.needs),
        )
        before = case.name
    return table


def _in_words(need: Need, assessor: MatchingAssessor) -> str:
    has = assessor.shown.get(key_of(need.competence))
    gap = "*" if need.is_gap else ""
    if has is None:
        return f"{shown(need.competence)}{gap} none"
    return f"{shown(need.competence)}{gap} {has.level:g} of {need.level:g}, {shown(has.proof)}"


def _sentences(matched: Matched) -> Iterator[str]:
    found = matched.assignment
    worst = f"The worst served case has {found.worst:.2f}"
    if (matched.pairing.problem.required > 1).any():
        worst += " from its assessors together"
    if found.is_fairest:
        yield f"{worst}; no assignment serves its worst case better."
    else:
        yield f"{worst}; no assignment can give its worst case more than {found.worst_bound:.2f}."
    yield (
        f"All cases together have {found.total:.2f}. Coverage: level shown over level required, at "
        "most 1, times the quality of its proof, weighted. * is what the client cannot judge."
    )
    yield (
        "The quality of each kind of proof is a planning default of ours; a number from 0 to 1 in "
        "the column proof replaces it."
    )
