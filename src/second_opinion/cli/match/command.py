"""`second-opinion match`: files in, assignments with reasons out, or the bottleneck in words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from second_opinion.cli.errors import CommandError
from second_opinion.cli.output import (
    json_option,
    require_json_place,
    write_json,
    write_json_in_pieces,
    write_to_standard_output,
)

if TYPE_CHECKING:
    from second_opinion.cli.match.pairing import Pairing
    from second_opinion.cli.match.reading import Files

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

\b
By lottery, so that nobody can count on a certain assessor; told and sealed before, drawn
again by whoever doubts it:
  second-opinion match --commit seed.json
  second-opinion match cases.csv assessors.csv --most-likely 0.5 --seed seed.json --json drawn.json
  second-opinion match --redraw drawn.json

\b
One after another, as they come:
  second-opinion match cases.csv assessors.csv --rolling last-year.csv
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
    "--rolling",
    "past_path",
    metavar="PAST.csv",
    type=_FILE,
    help="Assign one by one in the file's order, by prices learnt from these past cases.",
)
@click.option(
    "--commit",
    "commit_path",
    metavar="SEED.json",
    type=_FILE,
    help="Write a new secret seed for a lottery, and print the commitment to tell beforehand.",
)
@click.option(
    "--most-likely",
    type=click.FloatRange(min=0, max=1, min_open=True),
    help="Assign by lottery, no pair being likelier than this; needs --seed.",
)
@click.option("--seed", "seed_path", metavar="SEED.json", type=_FILE, help="What --commit wrote.")
@click.option(
    "--redraw",
    "redraw_path",
    metavar="DRAWN.json",
    type=_FILE,
    help="Draw a lottery's answer again, and hold it to the files where they are named.",
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
    past_path: Path | None,
    commit_path: Path | None,
    most_likely: float | None,
    seed_path: Path | None,
    redraw_path: Path | None,
    example: str | None,
    json_target: str | None,
) -> int:
    _require_one_way(
        {
            "--example": example,
            "--commit": commit_path,
            "--redraw": redraw_path,
            "--rolling": past_path,
            "--most-likely": most_likely,
        }
    )
    if (seed_path is None) != (most_likely is None):
        raise click.UsageError(
            "--most-likely and --seed go together; --commit writes a seed, and prints what to "
            "tell before the draw."
        )
    if example:
        return _example(example)
    if commit_path:
        return _commit(commit_path)
    inputs = [cases_path, assessors_path, conflicts_path, past_path, seed_path, redraw_path]
    require_json_place(json_target, inputs=[path for path in inputs if path is not None])
    files = _files(cases_path, assessors_path, conflicts_path)
    if redraw_path:
        return _redraw(redraw_path, files, json_target)
    if files is None:
        raise click.UsageError(
            "Name a file of cases and a file of assessors, or print one with --example."
        )
    if past_path:
        return _rolling(files, past_path, per_case, load_cost, json_target)
    pairing = files.read(per_case=per_case, load_cost=load_cost)
    if most_likely is not None and seed_path is not None:
        return _lottery(pairing, per_case, most_likely, seed_path, json_target)
    return _batch(pairing, per_case, json_target)


def _require_one_way(ways: Mapping[str, object]) -> None:
    asked = [name for name, value in ways.items() if value is not None]
    if len(asked) > 1:
        raise click.UsageError(f"{' and '.join(asked)} are different things; ask for one.")


# what each way needs is imported there: --help must not wait for SciPy


def _files(cases: Path | None, assessors: Path | None, conflicts: Path | None) -> Files | None:
    from second_opinion.cli.match.reading import Files

    if cases is None or assessors is None:
        if cases is not None:
            raise click.UsageError(
                "Name a file of cases and a file of assessors, or print one with --example."
            )
        return None
    return Files(cases=cases, assessors=assessors, conflicts=conflicts)


def _example(name: str) -> int:
    from second_opinion.ingest.matching_files import MATCHING_EXAMPLES

    write_to_standard_output(MATCHING_EXAMPLES[name].encode())
    return 0


def _batch(pairing: Pairing, per_case: int, json_target: str | None) -> int:
    from second_opinion.cli.match.answer import Matched, as_answer, print_matched
    from second_opinion.cli.match.bottleneck_words import bottleneck_words
    from second_opinion.engine.matching import InfeasibleError, fairest_assignment
    from second_opinion.solvers.flows import flow_solver

    solver = flow_solver()
    try:
        assignment = fairest_assignment(pairing.problem, solver=solver)
    except InfeasibleError as error:
        raise CommandError(bottleneck_words(error.bottleneck, pairing)) from None
    found = Matched(pairing=pairing, assignment=assignment, per_case=per_case, solver=solver.name)
    if json_target:
        write_json(as_answer(found), json_target)
    else:
        print_matched(found)
    return 0


def _commit(path: Path) -> int:
    from second_opinion.cli.match.seed import new_seed, write_seed

    seed = new_seed()
    write_seed(seed, path)
    click.echo(seed.commitment.hex())
    click.echo(
        f"Written: {path}. Keep it secret until the draw, and use it for one. Tell the line above "
        "to those who are to trust the draw, before cases and assessors are fixed.",
        err=True,
    )
    return 0


def _lottery(
    pairing: Pairing, per_case: int, most_likely: float, seed_path: Path, json_target: str | None
) -> int:
    from second_opinion.cli.match.bottleneck_words import bottleneck_words
    from second_opinion.cli.match.lottery import PAIRS, as_answer, draw, pair_rows, print_draw
    from second_opinion.cli.match.seed import read_seed
    from second_opinion.engine.matching import InfeasibleError

    seed = read_seed(seed_path)
    try:
        found = draw(pairing, per_case=per_case, most_likely=most_likely, seed=seed)
    except InfeasibleError as error:
        raise CommandError(bottleneck_words(error.bottleneck, pairing)) from None
    if json_target:
        write_json_in_pieces(as_answer(found), PAIRS, pair_rows(found), json_target)
    else:
        print_draw(found)
    return 0


def _redraw(path: Path, files: Files | None, json_target: str | None) -> int:
    from second_opinion.cli.match.redraw import SCHEMA, read_answer, verdict_on

    answer = read_answer(path)
    pairing = (
        files.read(per_case=answer.per_case, load_cost=answer.problem.load_cost) if files else None
    )
    verdict = verdict_on(answer, pairing)
    if json_target:
        write_json(
            {"schema": SCHEMA, "holds": verdict.holds, "differs": verdict.differs}, json_target
        )
    else:
        for heading, sentences in (("Holds", verdict.holds), ("DIFFERS", verdict.differs)):
            for sentence in sentences:
                click.echo(f"{heading}: {sentence}")
    return 1 if verdict.differs else 0


def _rolling(
    files: Files, past_path: Path, per_case: int, load_cost: float, json_target: str | None
) -> int:
    from second_opinion.cli.match.rolling import Rolled, as_answer, print_rolled, waiting_words
    from second_opinion.engine.matching import assigned_in_turn

    pairing = files.read(per_case=per_case, load_cost=load_cost, as_they_came=True)
    past = files.of_past(past_path).read(per_case=per_case, load_cost=load_cost)
    rolled = Rolled(
        pairing=pairing,
        per_case=per_case,
        past_cases=len(past.cases),
        turns=assigned_in_turn(pairing.problem, past=past.problem),
    )
    if json_target:
        write_json(as_answer(rolled), json_target)
    else:
        print_rolled(rolled)
    if rolled.waiting:
        click.echo(f"second-opinion: {waiting_words(rolled)}", err=True)
        return 1
    return 0
