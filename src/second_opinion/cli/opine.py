"""`second-opinion opine`: from a case file to the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from second_opinion.cli.conclusions_table import print_conclusions
from second_opinion.cli.django_setup import start_django
from second_opinion.cli.opine_files import (
    OUTPUTS,
    PDF,
    Maker,
    Report,
    candidate_files,
    figures,
    json_of,
)
from second_opinion.cli.output import (
    STANDARD_OUTPUT,
    json_option,
    require_folder,
    require_writable,
    write_to_standard_output,
    write_whole,
)
from second_opinion.cli.progress import waiting
from second_opinion.ingest.case_file import EXAMPLES, CaseFile, read_case_file

Command = TypeVar("Command", bound=Callable[..., None])


def _outputs(command: Command) -> Command:
    """An option for each further file that can be written."""
    for name, (_maker, help_text) in reversed(OUTPUTS.items()):
        command = click.option(f"--{name}", type=click.Path(path_type=Path), help=help_text)(
            command
        )
    return command


@click.command(epilog="Example: second-opinion opine case.toml -o report.pdf --html report.html")
@click.argument("case_path", metavar="CASE.toml", required=False, type=click.Path(path_type=Path))
@click.option("-o", "--output", "pdf", type=click.Path(path_type=Path), help="Write the PDF here.")
@_outputs
@click.option(
    "--candidates",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write each candidate's own version (PDF, Word) and explanation into this folder.",
)
@json_option
@click.option(
    "--language", type=click.Choice(["sv", "en"]), help="Of the report; else the file's own."
)
@click.option("--example", is_flag=True, help="Print a commented case file to start from.")
def opine(
    *,
    case_path: Path | None,
    pdf: Path | None,
    folder: Path | None,
    json_target: str | None,
    language: str | None,
    example: bool,
    **others: Path | None,
) -> None:
    """A second opinion from one case file: the report.

    The file describes role, open questions, criteria with weights, the bar, candidates and
    opinions; --example prints one. Without -o, --html or --json the conclusions are printed.
    """
    if example:
        write_to_standard_output(EXAMPLES[language or "en"].encode())
        return
    if case_path is None:
        raise click.UsageError("Name a case file, or print one with --example.")
    json_file = None if json_target in (None, STANDARD_OUTPUT) else Path(str(json_target))
    asked: list[tuple[Path | None, Maker]] = [(pdf, PDF)]
    asked += [(others[name.replace("-", "_")], maker) for name, (maker, _help) in OUTPUTS.items()]
    asked.append((json_file, json_of))
    makers = [(target, maker) for target, maker in asked if target is not None]
    require_writable([target for target, _ in makers], inputs=[case_path])
    case = read_case_file(case_path)
    if folder is not None:
        of_candidates = candidate_files(case, folder)
        require_folder(folder, [target.name for target, _ in of_candidates], inputs=[case_path])
        makers += of_candidates
    with waiting("Writing the report"):
        start_django()
        report = _report(case, language or case.language)
        made = {target: make(report) for target, make in makers}
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    write_whole(made)
    for target in made:
        click.echo(f"Written: {target}", err=True)
    if json_target == STANDARD_OUTPUT:
        write_to_standard_output(json_of(report))
    elif not made:
        print_conclusions(figures(report))


def _report(case: CaseFile, language: str) -> Report:
    from django.utils.timezone import localdate

    from second_opinion.reports.analysis import analyse  # SciPy: half a second to import

    return Report(case, analyse(case), language, issued_on=localdate())
