"""`second-opinion calibrate`: how strict each assessor is, and where every candidate stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from second_opinion.cli.calibration.calibration import Calibration, turned_on, turns_round
from second_opinion.cli.calibration.dimension_option import dimensions_of, require_dimensions
from second_opinion.cli.calibration.files import figure_files, figure_names, table_files
from second_opinion.cli.output import (
    STANDARD_OUTPUT,
    as_json,
    json_option,
    made_folders,
    require_folder,
    require_json_place,
    write_to_standard_output,
    write_whole,
)
from second_opinion.cli.progress import passes_of
from second_opinion.cli.ratings_options import SHAPES, facet_options, ratings_options
from second_opinion.ingest.anchor_file import read_anchor_file
from second_opinion.ingest.ratings_file import RatingsFile

if TYPE_CHECKING:
    from second_opinion.engine.facets import FacetsModel
    from second_opinion.engine.ratings import Ratings

MODELS = {
    "rating-scale": "shared",
    "partial-credit": "criterion",
    "assessor-thresholds": "assessor",
}

_HELP = f"""How strict is each assessor, and where does every candidate stand?

Fits a many-facet model: each score comes from the candidate's ability, the assessor's severity and
the criterion's difficulty, all on one ruler in logits.

{SHAPES}
\b
Example:
  second-opinion calibrate panel.csv --candidate name --assessor by \\
      --scores Leading,Figures --scale 1:5 --plots drawings
"""


def _pairs(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    pairs = []
    for value in values:
        first, colon, second = (part.strip() for part in value.partition(":"))
        if not (first and colon and second):
            raise click.BadParameter(
                f"{value!r} is no pair; write two facets as assessor:criterion.",
                ctx=ctx,
                param=param,
            )
        pairs.append((first, second))
    return tuple(pairs)


@click.command(help=_HELP)
@facet_options
@ratings_options
@click.option(
    "--model",
    type=click.Choice(list(MODELS)),
    default="rating-scale",
    show_default=True,
    help="Whose the steps between scores are: all share them, each criterion or each assessor has "
    "its own.",
)
@click.option(
    "--interaction",
    "interactions",
    metavar="A:B",
    multiple=True,
    callback=_pairs,
    help="Give each pair of two facets a measure of its own, as assessor:criterion. Repeatable.",
)
@click.option(
    "--anchor",
    "anchor_path",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Measures that are known: CSV with the columns facet, label and measure.",
)
@click.option(
    "--halo", is_flag=True, help="Let one assessor's scores of a candidate hang together."
)
@click.option(
    "--dimension",
    "dimensions",
    metavar="NAME: CRITERION, ...",
    multiple=True,
    callback=dimensions_of,
    help="Criteria that measure an ability of their own, as 'people: Leading, Listening'; say it "
    "twice or three times, so that each criterion has one.",
)
@click.option(
    "--estimator",
    type=click.Choice(["mml", "jml"]),
    default="mml",
    show_default=True,
    help="Marginal maximum likelihood; or joint, which is biased, as older programs have it.",
)
@click.option("--full", is_flag=True, help="Print every table.")
@click.option(
    "--plots",
    "plots",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Draw into this folder: SVG, CSV, and index.html that shows them.",
)
@click.option(
    "--tables",
    "tables",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write every table as CSV into this folder.",
)
@json_option
def calibrate(
    *,
    ratings_path: Path,
    read: RatingsFile,
    model: str,
    interactions: tuple[tuple[str, str], ...],
    anchor_path: Path | None,
    halo: bool,
    dimensions: dict[str, str],
    estimator: Literal["mml", "jml"],
    full: bool,
    plots: Path | None,
    tables: Path | None,
    json_target: str | None,
) -> None:
    _require_together(halo=halo, dimensions=dimensions, estimator=estimator)
    require_dimensions(dimensions, read.ratings.criterion.labels)
    inputs = [ratings_path, *([anchor_path] if anchor_path else [])]
    require_json_place(json_target, inputs=inputs)
    for folder, names in ((plots, figure_names()), (tables, ())):
        if folder is not None:
            require_folder(folder, names, inputs=inputs)
    for sentence in _understood(read):
        click.echo(sentence, err=True)
    asked = _model(
        read,
        thresholds=MODELS[model],
        interactions=interactions,
        anchor_path=anchor_path,
        halo=halo,
        dimensions=dimensions,
    )
    calibration = _calibration(model, read, asked, estimator=estimator)
    _write(calibration, plots=plots, tables=tables, json_target=json_target)
    if json_target != STANDARD_OUTPUT:
        from second_opinion.cli.calibration.summary import print_calibration

        print_calibration(calibration, full=full)


def _require_together(*, halo: bool, dimensions: dict[str, str], estimator: str) -> None:
    if estimator == "jml" and halo:
        raise click.UsageError("--halo needs --estimator mml: joint likelihood knows no halo.")
    if estimator == "jml" and dimensions:
        raise click.UsageError(
            "--dimension needs --estimator mml: joint likelihood tells no correlation of abilities."
        )
    if halo and dimensions:
        raise click.UsageError("--halo and --dimension cannot be fitted together; leave out one.")


def _understood(read: RatingsFile) -> Iterator[str]:
    """How the file was read, what was left out, and what stands out before a fit."""
    from second_opinion.engine.ratings import inspect_ratings

    yield read.understood
    for refused in read.refused:
        yield f"  left out: {refused}"
    found = inspect_ratings(read.ratings)
    # that severities cannot be compared is said by the fit, which ends there
    parts = [str(one) for one in found.connections if one.facets == ("candidate", "assessor")]
    yield from (one for one in found.findings if one not in parts)


def _model(
    read: RatingsFile,
    *,
    thresholds: str,
    interactions: tuple[tuple[str, str], ...],
    anchor_path: Path | None,
    halo: bool,
    dimensions: dict[str, str],
) -> FacetsModel:
    from second_opinion.engine.facets import FacetsModel

    facets = _facets(read.ratings)
    known = {}
    if anchor_path is not None:
        anchors = read_anchor_file(anchor_path, labels=facets)
        known = dict(anchors.known)
        for left in anchors.not_rated:
            click.echo(f"Anchored, but not in these ratings: {left}.", err=True)
    return FacetsModel(
        thresholds=thresholds,  # type: ignore[arg-type]  # one of MODELS' values
        interactions=interactions,
        anchors=known,
        halo=halo,
        dimensions=dimensions,
    )


def _facets(ratings: Ratings) -> dict[str, tuple[str, ...]]:
    """Labels of every facet that has measures beside the candidates."""
    return {name: facet.labels for name, facet in ratings.facets.items() if name != "candidate"}


def _calibration(
    model: str, read: RatingsFile, asked: FacetsModel, *, estimator: Literal["mml", "jml"]
) -> Calibration:
    from second_opinion.cli.calibration.direction import tables_as_filed
    from second_opinion.engine.facets import fit_facets, person_intervals
    from second_opinion.engine.facets.tables import fit_tables

    with passes_of("Fitting") as progress:
        fit = fit_facets(read.ratings, model=asked, estimator=estimator, progress=progress)
    others = [name for name in _facets(read.ratings) if name != "assessor"]
    tables = fit_tables(
        fit, read.ratings, interactions=tuple(("assessor", name) for name in others)
    )
    if turns_round(read):
        tables = tables_as_filed(tables, turned_on(read.ratings))
    persons = person_intervals(fit) if estimator == "mml" else None
    return Calibration(model=model, read=read, fit=fit, tables=tables, persons=persons)


def _write(
    calibration: Calibration,
    *,
    plots: Path | None,
    tables: Path | None,
    json_target: str | None,
) -> None:
    """Everything that goes into files, all of it or nothing."""
    from second_opinion.cli.calibration.answer import answer_of

    files: dict[Path, bytes] = {}
    if plots is not None:
        files |= {plots / name: body for name, body in figure_files(calibration).items()}
    if tables is not None:
        files |= {tables / name: body for name, body in table_files(calibration).items()}
    if json_target not in (None, STANDARD_OUTPUT):
        files[Path(str(json_target))] = as_json(answer_of(calibration))
    with made_folders([folder for folder in (plots, tables) if folder is not None]):
        write_whole(files)
    for place in (plots, tables, None if json_target == STANDARD_OUTPUT else json_target):
        if place is not None:
            click.echo(f"Written: {place}", err=True)
    if json_target == STANDARD_OUTPUT:
        write_to_standard_output(as_json(answer_of(calibration)))
