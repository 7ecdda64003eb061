"""`second-opinion worth`: from an order file to the advice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from second_opinion.cli.advice import print_advice
from second_opinion.cli.django_setup import start_django
from second_opinion.cli.output import (
    json_option,
    require_json_place,
    require_writable,
    write_json,
    write_to_standard_output,
    write_whole,
)
from second_opinion.ingest.order_file import ORDER_EXAMPLES, OrderFile, read_order_file
from second_opinion.library.validity import DEFAULT_VALUE_SET, VALUE_SETS

if TYPE_CHECKING:
    from second_opinion.drawings import Figure


@click.command(epilog="Example: second-opinion worth order.toml --plots drawings")
@click.argument("order_path", metavar="ORDER.toml", required=False, type=click.Path(path_type=Path))
@json_option
@click.option(
    "--plots",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Draw what moves the answer into this folder, as SVG with CSV.",
)
@click.option(
    "--language", type=click.Choice(["sv", "en"]), help="Of the answer; else the file's own."
)
@click.option("--example", is_flag=True, help="Print a commented order file to start from.")
def worth(
    *,
    order_path: Path | None,
    json_target: str | None,
    plots: Path | None,
    language: str | None,
    example: bool,
) -> None:
    """Would a second opinion pay? Order it, do not, or do something else.

    The file says what is at stake, what you know and how sure you are, and the price; --example
    prints one. What it leaves out is filled with a default that the answer names with its source.
    """
    if example:
        write_to_standard_output(ORDER_EXAMPLES[language or "en"].encode())
        return
    if order_path is None:
        raise click.UsageError("Name an order file, or print one with --example.")
    require_json_place(json_target, inputs=[order_path])
    order = read_order_file(
        order_path,
        value_sets={name: tuple(each.methods) for name, each in VALUE_SETS.items()},
        default_set=DEFAULT_VALUE_SET,
    )
    _answer(order, language=language or order.language, json_target=json_target, plots=plots)


def _answer(
    order: OrderFile, *, language: str, json_target: str | None, plots: Path | None
) -> None:
    # imported here: --help must wait neither for SciPy nor for Django
    from second_opinion.reports.analysis.worth import worth_of_order

    start_django()
    from second_opinion.reports.rendering.worth import worth_drawings, worth_figures
    from second_opinion.reports.writing.worth import worth_tables, write_worth

    analysis = worth_of_order(order)
    text = write_worth(analysis, language=language)
    if plots is not None:
        _draw(plots, worth_drawings(analysis, text, language=language))
    if json_target:
        write_json(worth_figures(analysis, text, language=language), json_target)
    else:
        tables = worth_tables(analysis, text, language=language)
        print_advice(text.advice, reasons=text.reasons, tables=tables)


def _draw(folder: Path, figures: tuple[Figure, ...]) -> None:
    from second_opinion.drawings import as_csv

    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for figure in figures:
        made[folder / f"{figure.name}.svg"] = figure.svg.encode()
        made[folder / f"{figure.name}.csv"] = as_csv(figure.columns, figure.rows)
    require_writable(list(made))
    write_whole(made)
    for target in made:
        click.echo(f"Written: {target}", err=True)
