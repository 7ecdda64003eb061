"""The options that say how to read a ratings file: the same in every command that reads one."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path

import click

from second_opinion.cli.progress import waiting
from second_opinion.ingest.ratings_file import (
    ScaleOption,
    columns_from_options,
    read_ratings_file,
)

SHAPES = """\b
RATINGS is a text file with one header row (CSV in UTF-8; comma, semicolon or tab; decimal point
or comma) or a Parquet file. Name its columns in exactly one of three shapes:
\b
  long: one row for each score
    name,by,on,points                 --candidate name --assessor by
    Kim,Ada,Leading,4                 --criterion on --score points --scale 1:5
\b
  wide in criteria: one row for each opinion
    name;by;Leading;Figures;All       --candidate name --assessor by
    Kim;Ada;4;3,5;4                   --scores Leading,Figures --overall All --scale 1:5
\b
  wide in assessors: one row for each candidate, assessors unnamed
    name,1,2,3                        --candidate name --assessors 1,2,3
    Kim,4,3,                          --scale 1:5
\b
An empty cell or NA is a missing score. A column without a name is addressed by its number, as #1.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnNames:
    """Columns as the options name them; None or empty where an option is not given."""

    candidate: str | None
    assessor: str | None
    criterion: str | None
    score: str | None
    scores: tuple[str, ...]
    overall: str | None
    assessors: tuple[str, ...]


def column_list(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Names separated by commas; a name that holds a comma stands in quotation marks."""
    if value is None:
        return ()
    try:
        (names,) = csv.reader([value], strict=True, skipinitialspace=True)
    except (csv.Error, ValueError):
        names = [""]
    columns = tuple(name.strip() for name in names)
    if not all(columns):
        raise click.BadParameter(
            f"{value!r} is no list of columns; separate names by commas and say #1 for a column "
            "without a name.",
            ctx=ctx,
            param=param,
        )
    return columns


def _column_lists(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """Several lists of names as one."""
    return tuple(name for value in values for name in column_list(ctx, param, value))


COLUMN_OPTIONS = (
    click.argument(
        "ratings_path", metavar="RATINGS", type=click.Path(path_type=Path, allow_dash=False)
    ),
    click.option("--candidate", metavar="COL", help="Column that names who is rated."),
    click.option("--assessor", metavar="COL", help="Column that names who rates."),
    click.option("--criterion", metavar="COL", help="Column that names what is rated."),
    click.option("--score", metavar="COL", help="Column with the score."),
    click.option(
        "--scores",
        callback=column_list,
        metavar="COL,COL,...",
        help="A column for each criterion.",
    ),
    click.option(
        "--overall", metavar="COL", help="Column with the overall score, beside --scores."
    ),
    click.option(
        "--assessors",
        callback=column_list,
        metavar="COL,COL,...",
        help="A column for each unnamed assessor of the row's candidate.",
    ),
    click.option("--lower-is-better", is_flag=True, help="The lowest score is the best."),
    click.option(
        "--skip-refused", is_flag=True, help="Leave out rows that cannot be read, and list them."
    ),
)


def _scale_option(*, required: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--scale",
        "scales",
        metavar="MIN:MAX",
        multiple=True,
        required=required,
        help="Lowest and highest score; for one column or criterion as name=MIN:MAX. Repeatable.",
    )


def _with_options(
    command: Callable[..., None], *, scale_required: bool = True
) -> Callable[..., None]:
    for option in reversed((*COLUMN_OPTIONS, _scale_option(required=scale_required))):
        option(command)
    return command


def facet_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command with `ratings_options` also --facets and --weight; stands above those."""
    for option in (
        click.option(
            "--weight",
            "weight_column",
            metavar="COL",
            help="Column that says how many ratings each of the row's scores counts as.",
        ),
        click.option(
            "--facet",
            "--facets",
            "facet_columns",
            metavar="COL,COL,...",
            callback=_column_lists,
            multiple=True,
            help="Columns that name what else scores depend on, such as the occasion. Repeatable.",
        ),
    ):
        option(command)
    return command


def with_column_options(
    *, scale_required: bool
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command that reads for itself RATINGS and its options; columns come as `named`."""

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def with_names(
            *,
            candidate: str | None,
            assessor: str | None,
            criterion: str | None,
            score: str | None,
            scores: tuple[str, ...],
            overall: str | None,
            assessors: tuple[str, ...],
            **others: object,
        ) -> None:
            named = ColumnNames(
                candidate=candidate,
                assessor=assessor,
                criterion=criterion,
                score=score,
                scores=scores,
                overall=overall,
                assessors=assessors,
            )
            command(named=named, **others)

        return _with_options(with_names, scale_required=scale_required)

    return decorated


def ratings_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command RATINGS and its options; it is called with `ratings_path` and `read`."""

    @wraps(command)
    def with_ratings(
        *,
        ratings_path: Path,
        candidate: str | None,
        assessor: str | None,
        criterion: str | None,
        score: str | None,
        scores: tuple[str, ...],
        overall: str | None,
        assessors: tuple[str, ...],
        scales: tuple[str, ...],
        lower_is_better: bool,
        skip_refused: bool,
        facet_columns: tuple[str, ...] = (),
        weight_column: str | None = None,
        **others: object,
    ) -> None:
        columns = columns_from_options(
            candidate=candidate,
            assessor=assessor,
            criterion=criterion,
            score=score,
            scores=scores,
            overall=overall,
            assessors=assessors,
            facets=facet_columns,
            weight=weight_column,
        )
        with waiting(f"Reading {ratings_path.name}"):
            read = read_ratings_file(
                ratings_path,
                columns=columns,
                scales=[ScaleOption.parse(text) for text in scales],
                lower_is_better=lower_is_better,
                skip_refused=skip_refused,
            )
        command(ratings_path=ratings_path, read=read, **others)

    return _with_options(with_ratings)
