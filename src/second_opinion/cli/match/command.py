"""`second-opinion match`: files in, assignments with reasons out, or the bottleneck in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from second_opinion.cli.errors import CommandError
from second_opinion.cli.output import (
    json_option,
    require_json_place,
    write_json,
    write_to_standard_output,
)

if TYPE_CHECKING:
    from second_opinion.cli.match.answer import Matched

LOAD_COST = 0.001
"""Only breaks ties: of two alike, the one with fewer cases."""

_FILE = click.Path(path_type=Path, allow_dash=False)
_HELP = """Which assessors for which cases? The worst served case first, then the best total.

CASES.csv has the columns case, competence and level, and may have gap, weight, language,
most_price and assessors; ASSESSORS.csv has assessor, competence, level and cap, and may have
proof, language and price; CONFLICTS.csv has case and assessor, and may have reason. --example
prints one of each.

Ends with 1, and names the bottleneck, where not every case can be served.

\b
Example:
  second-opinion match cases.csv assessors.csv --conflicts conflicts.csv --per-case 2
"""


@click.command(help=_HELP)
@click.argument("cases_path", metavar="CASES.csv", required=False, type=_FILE)
@click.argument("assessors_path", metavar="ASSESSORS.csv", required=False, type=_FILE)
@click.option("--conflicts", "conflicts_path", metavar="CSV", type=_FILE, help="Who may not meet.")
@click.option(
    "--per-case",
    type=click.IntRange(min=1, max=20),
    default=1,
    show_default=True,
    help="Assessors that each case needs, unless the column assessors says how many.",
)
@click.option(
    "--load-cost",
    type=click.FloatRange(min=0, max=1),
    default=LOAD_COST,
    show_default=True,
    help="In coverage: an assessor's second case costs this, the third twice this, and so on.",
)
@click.option(
    "--example",
    type=click.Choice(["cases", "assessors", "conflicts"]),
    help="Print a file to start from.",
)
@json_option
def match(
    *,
    cases_path: Path | None,
    assessors_path: Path | None,
    conflicts_path: Path | None,
    per_case: int,
    load_cost: float,
    example: str | None,
    json_target: str | None,
) -> None:
    # imported here: --help must not wait for SciPy
    from second_opinion.ingest.matching_files import MATCHING_EXAMPLES

    if example:
        write_to_standard_output(MATCHING_EXAMPLES[example].encode())
        return
    if cases_path is None or assessors_path is None:
        raise click.UsageError(
            "Name a file of cases and a file of assessors, or print one with --example."
        )
    inputs = [path for path in (cases_path, assessors_path, conflicts_path) if path is not None]
    require_json_place(json_target, inputs=inputs)
    from second_opinion.cli.match.answer import as_answer, print_matched

    matched = _matched(
        cases_path, assessors_path, conflicts_path, per_case=per_case, load_cost=load_cost
    )
    if json_target:
        write_json(as_answer(matched), json_target)
    else:
        print_matched(matched)


def _matched(
    cases_path: Path,
    assessors_path: Path,
    conflicts_path: Path | None,
    *,
    per_case: int,
    load_cost: float,
) -> Matched:
    from second_opinion.cli.match.answer import Matched
    from second_opinion.cli.match.bottleneck_words import bottleneck_words
    from second_opinion.cli.match.pairing import pairing_of
    from second_opinion.engine.matching import InfeasibleError, fairest_assignment
    from second_opinion.ingest.matching_files import (
        read_assessors,
        read_cases,
        read_conflicts,
    )
    from second_opinion.solvers.flows import flow_solver

    cases, assessors = read_cases(cases_path), read_assessors(assessors_path)
    conflicts = (
        read_conflicts(
            conflicts_path,
            cases=[each.name for each in cases],
            assessors=[each.name for each in assessors],
        )
        if conflicts_path
        else ()
    )
    pairing = pairing_of(cases, assessors, conflicts, per_case=per_case, load_cost=load_cost)
    solver = flow_solver()
    try:
        assignment = fairest_assignment(pairing.problem, solver=solver)
    except InfeasibleError as error:
        raise CommandError(bottleneck_words(error.bottleneck, pairing)) from None
    return Matched(pairing=pairing, assignment=assignment, per_case=per_case, solver=solver.name)
