"""`second-opinion generalizability`: where ratings vary, and how many assessors are enough."""

from __future__ import annotations

from pathlib import Path

import click

from second_opinion.cli.generalizability_design import (
    Numbers,
    letter_option,
    letters_of,
    numbers_option,
    of_design,
)
from second_opinion.cli.output import (
    STANDARD_OUTPUT,
    json_option,
    made_folders,
    require_folder,
    require_json_place,
    write_json,
    write_whole,
)
from second_opinion.cli.progress import waiting
from second_opinion.cli.ratings_options import SHAPES, ratings_options
from second_opinion.ingest.ratings_file import RatingsFile

_HELP = f"""Where do ratings vary, and how many assessors, criteria or occasions are enough?

Splits the variance of ratings by a design: x crosses, : nests, parentheses group. p is the
candidate, r the assessor, t the criterion; a further facet, such as --facet occasion, is its first
letter (o), or the one that --letter gives it.

{SHAPES}
\b
Examples:
  second-opinion generalizability panel.csv --design "p x r x t" --candidate name --assessor by \\
      --scores Lead,Count --scale 1:5 --fixed t --plots drawings
  second-opinion generalizability tasks.csv --design "p x (r:t)" --candidate Person \\
      --assessor Rater --criterion Task --score Score --scale 0:10
"""


@click.command(help=_HELP)
@ratings_options
@click.option("--design", "notation", required=True, help='Such as "p x r x t" or "p x (r:t)".')
@click.option(
    "--facet",
    "facet_columns",
    metavar="COL",
    multiple=True,
    help="Column that names what else scores depend on, such as the occasion. Repeatable.",
)
@letter_option
@click.option(
    "--only",
    metavar="NAME,...",
    help="Effects to keep, as p,r,pt; the others are part of the residual.",
)
@click.option(
    "--fixed",
    metavar="LETTERS",
    default="",
    help="Facets that are not drawn from many, as t for the criteria of a profile.",
)
@numbers_option
@click.option(
    "--target",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.8,
    show_default=True,
    help="Coefficient that is enough.",
)
@click.option(
    "--plots",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Draw how many are enough into this folder: SVG, and its numbers as CSV.",
)
@json_option
def generalizability(
    *,
    ratings_path: Path,
    read: RatingsFile,
    notation: str,
    letters: dict[str, str],
    only: str | None,
    fixed: str,
    numbers: Numbers,
    target: float,
    plots: Path | None,
    json_target: str | None,
) -> None:
    from second_opinion.cli.generalizability_answer import answer_of, decided, figures_of
    from second_opinion.cli.generalizability_table import print_study
    from second_opinion.engine.generalizability import parse_design, study_ratings

    require_json_place(json_target, inputs=[ratings_path])
    if plots is not None:
        require_folder(plots, (), inputs=[ratings_path])
    click.echo(read.understood, err=True)
    for refused in read.refused:
        click.echo(f"  left out: {refused}", err=True)
    design = parse_design(notation)
    ratings = of_design(read, design.facets)
    with waiting("Splitting the variance"):
        study = study_ratings(
            ratings,
            notation,
            letters=letters_of(design.facets, ratings.further, letters),
            only=[name.strip() for name in only.split(",")] if only else None,
        )
        decision = decided(study, numbers=numbers, fixed=fixed, target=target)
    if plots is not None:
        files = {
            plots / f"{figure.name}.{kind}": body
            for figure in figures_of(study, decision)
            for kind, body in figure.files.items()
        }
        with made_folders([plots]):
            write_whole(files)
        click.echo(f"Written: {', '.join(map(str, files))}", err=True)
    if json_target:
        write_json(answer_of(study, decision), json_target)
    if json_target != STANDARD_OUTPUT:
        print_study(study, decision)
