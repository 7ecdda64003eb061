"""`second-opinion opine`: from a case file to the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from second_opinion.cli.conclusions_table import print_conclusions
from second_opinion.cli.django_setup import start_django
from second_opinion.cli.output import (
    STANDARD_OUTPUT,
    as_json,
    json_option,
    require_writable,
    write_to_standard_output,
    write_whole,
)
from second_opinion.cli.progress import waiting
from second_opinion.ingest.case_file import EXAMPLES, CaseFile, read_case_file

if TYPE_CHECKING:
    from second_opinion.reports.analysis import CaseAnalysis


@click.command(epilog="Example: second-opinion opine case.toml -o report.pdf --html report.html")
@click.argument("case_path", metavar="CASE.toml", required=False, type=click.Path(path_type=Path))
@click.option("-o", "--output", "pdf", type=click.Path(path_type=Path), help="Write the PDF here.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the report as a page here.")
@click.option(
    "--getting-started",
    type=click.Path(path_type=Path),
    help="Write advice on getting started here, a PDF of its own.",
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
    html: Path | None,
    getting_started: Path | None,
    json_target: str | None,
    language: str | None,
    example: bool,
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
    makers = _makers((pdf, _pdf), (html, _page), (getting_started, _started), (json_file, _json))
    require_writable([target for target, _ in makers], inputs=[case_path])
    case = read_case_file(case_path)
    with waiting("Writing the report"):
        start_django()
        report = _report(case, language or case.language)
        made = {target: make(report) for target, make in makers}
    write_whole(made)
    for target in made:
        click.echo(f"Written: {target}", err=True)
    if json_target == STANDARD_OUTPUT:
        write_to_standard_output(_json(report))
    elif not made:
        print_conclusions(_figures(report))


@dataclass(frozen=True, slots=True)
class _Report:
    """What every output is made from."""

    case: CaseFile
    analysis: CaseAnalysis
    language: str
    issued_on: date


def _report(case: CaseFile, language: str) -> _Report:
    from django.utils.timezone import localdate

    from second_opinion.reports.analysis import analyse  # SciPy: half a second to import

    return _Report(case, analyse(case), language, issued_on=localdate())


# Imported here, because the rooms exist for Django only after start_django, and because `--help`
# must not wait for the PDF's compiler.
def _pdf(report: _Report) -> bytes:
    from second_opinion.reports.rendering import render_pdf

    return render_pdf(
        report.case, report.analysis, language=report.language, issued_on=report.issued_on
    )


def _page(report: _Report) -> bytes:
    from second_opinion.reports.rendering import render_page

    return render_page(
        report.case, report.analysis, language=report.language, issued_on=report.issued_on
    ).encode()


def _figures(report: _Report) -> Mapping[str, Any]:
    from second_opinion.reports.rendering import report_figures

    return report_figures(report.case, report.analysis)


def _json(report: _Report) -> bytes:
    return as_json(_figures(report))


def _started(report: _Report) -> bytes:
    from second_opinion.reports.rendering import pdf_of
    from second_opinion.reports.writing import write_getting_started

    return pdf_of(
        write_getting_started(
            report.case, report.analysis, language=report.language, issued_on=report.issued_on
        )
    )


def _makers(
    *asked: tuple[Path | None, Callable[[_Report], bytes]],
) -> list[tuple[Path, Callable[[_Report], bytes]]]:
    """The files that were asked for, each with what makes it."""
    return [(target, maker) for target, maker in asked if target is not None]
