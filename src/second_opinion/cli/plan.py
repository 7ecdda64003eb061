"""`second-opinion plan`: which method on which criterion."""

from __future__ import annotations

from pathlib import Path

import click

from second_opinion.cli.advice import print_advice
from second_opinion.cli.django_setup import start_django
from second_opinion.cli.output import (
    json_option,
    require_json_place,
    write_json,
    write_to_standard_output,
)
from second_opinion.ingest.plan_file import PLAN_EXAMPLES, read_plan_file


@click.command(epilog="Example: second-opinion plan plan.toml --json plan.json")
@click.argument("plan_path", metavar="PLAN.toml", required=False, type=click.Path(path_type=Path))
@json_option
@click.option(
    "--language", type=click.Choice(["sv", "en"]), help="Of the answer; else the file's own."
)
@click.option("--example", is_flag=True, help="Print a commented plan file to start from.")
def plan(
    *, plan_path: Path | None, json_target: str | None, language: str | None, example: bool
) -> None:
    """Which method on which criterion? The most certainty for the minutes and the price.

    The file says what could be done, what it takes of the candidate's minutes and what it costs;
    --example prints one. Two different methods on each criterion come first.
    """
    if example:
        write_to_standard_output(PLAN_EXAMPLES[language or "en"].encode())
        return
    if plan_path is None:
        raise click.UsageError("Name a plan file, or print one with --example.")
    require_json_place(json_target, inputs=[plan_path])
    file = read_plan_file(plan_path)
    start_django()
    # imported here: --help must wait neither for SciPy nor for Django
    from second_opinion.reports.analysis.plan import analyse_plan
    from second_opinion.reports.rendering.plan import plan_figures
    from second_opinion.reports.writing.plan import write_plan

    chosen = language or file.language
    analysis = analyse_plan(file)
    text = write_plan(analysis, language=chosen)
    if json_target:
        write_json(plan_figures(analysis, text, language=chosen), json_target)
    else:
        print_advice(text.advice, reasons=text.reasons, tables=text.tables)
