"""Why an assessor was given to a case: level and proof for every need, load and price."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich import box
from rich.table import Table

from second_opinion.cli.match.pairing import Pairing
from second_opinion.cli.output import shown
from second_opinion.engine.arrays import Integers
from second_opinion.engine.matching import Need
from second_opinion.ingest.matching_files import MatchingAssessor, Shown, key_of

_NOTHING = Shown(level=0.0, proof="", quality=0.0)


def assigned(pairing: Pairing, pair: int) -> dict[str, object]:
    """A pair in names, with its reasons in numbers."""
    problem = pairing.problem
    case = pairing.cases[problem.case[pair]]
    assessor = pairing.assessors[problem.assessor[pair]]
    return {
        "case": case.name,
        "assessor": assessor.name,
        "coverage": float(problem.score[pair]),
        "covers_gap": bool(problem.has_gap[problem.case[pair]] and problem.covers_gap[pair]),
        "price": assessor.price,
        "needs": [_covered(need, assessor) for need in case.needs],
    }


def loads(pairing: Pairing, pairs: Integers) -> list[dict[str, object]]:
    """Every assessor by name, with the number of cases given and the cap."""
    return [
        {"assessor": each.name, "cases": used, "cap": each.cap}
        for each, used in zip(pairing.assessors, _used(pairing, pairs), strict=True)
    ]


def assignments_table(
    pairing: Pairing, pairs: Integers, *, beside: tuple[str, Sequence[str]] = ("", ())
) -> Table:
    """The pairs for a terminal, in their order.

    beside : a further column's heading and its cells
    """
    heading, cells = beside
    table = Table(title="Assignments", title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column("Case")
    table.add_column("Assessor")
    table.add_column("Coverage", justify="right")
    table.add_column("Gap")
    table.add_column("Load", justify="right")
    table.add_column("Price", justify="right")
    if heading:
        table.add_column(heading, justify="right")
    table.add_column("Shows (level of required, proof)")
    problem, used = pairing.problem, _used(pairing, pairs)
    before = None
    for nth, pair in enumerate(pairs):
        place = int(problem.assessor[pair])
        case = pairing.cases[problem.case[pair]]
        assessor = pairing.assessors[place]
        has_gap = problem.has_gap[problem.case[pair]]
        table.add_row(
            "" if case.name == before else shown(case.name),
            shown(assessor.name),
            f"{problem.score[pair]:.2f}",
            ("covered" if problem.covers_gap[pair] else "") if has_gap else "none",
            f"{used[place]} of {assessor.cap}",
            "" if assessor.price is None else f"{assessor.price:,.0f}",
            *cells[nth : nth + 1],
            "; ".join(_in_words(need, assessor) for need in case.needs),
        )
        before = case.name
    return table


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


def _used(pairing: Pairing, pairs: Integers) -> list[int]:
    problem = pairing.problem
    counts: list[int] = np.bincount(problem.assessor[pairs], minlength=problem.n_assessors).tolist()
    return counts


def _in_words(need: Need, assessor: MatchingAssessor) -> str:
    has = assessor.shown.get(key_of(need.competence))
    gap = "*" if need.is_gap else ""
    if has is None:
        return f"{shown(need.competence)}{gap} none"
    return f"{shown(need.competence)}{gap} {has.level:g} of {need.level:g}, {shown(has.proof)}"
