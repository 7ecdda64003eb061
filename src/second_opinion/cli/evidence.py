"""`second-opinion evidence`: how much a second opinion is worth on given ratings."""

from __future__ import annotations

import math
from pathlib import Path

import click

from second_opinion.cli.evidence_table import print_evidence
from second_opinion.cli.output import json_option, require_json_place, write_json
from second_opinion.cli.progress import progress_of
from second_opinion.cli.ratings_options import SHAPES, ratings_options
from second_opinion.ingest.ratings_file import RatingsFile

SCHEMA = "second-opinion/evidence/2"

_HELP = f"""How much is a second opinion worth on these ratings?

Holds out every opinion on candidates that have two or more, and predicts its overall score from
one other opinion, and from two where there are three: by the combination, by the combination on
the scale as it is used, by the overall scores alone, and by the plain mean of the scores.

{SHAPES}
\b
Example:
  second-opinion evidence panel.csv --candidate ID --assessor Reviewer \\
      --scores Method,Team --overall Score --scale 1:5 --lower-is-better
"""


def _positive(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    if value is not None and not (value > 0 and math.isfinite(value)):
        raise click.BadParameter(f"{value:g} is not above 0.", ctx=ctx, param=param)
    return value


@click.command(help=_HELP)
@ratings_options
@click.option("--bar", type=float, help="Score at which a verdict turns; the median by default.")
@click.option(
    "--step",
    type=float,
    callback=_positive,
    help="Grid the scores were given on; found by default.",
)
@click.option("--many-facet", is_flag=True, help="Add a many-facet Rasch measure to compare with.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of draws.")
@json_option
def evidence(
    *,
    ratings_path: Path,
    read: RatingsFile,
    bar: float | None,
    step: float | None,
    many_facet: bool,
    seed: int,
    json_target: str | None,
) -> None:
    from second_opinion.engine.evidence import evidence as study  # SciPy: slow to import

    require_json_place(json_target, inputs=[ratings_path])
    click.echo(read.understood, err=True)
    for refused in read.refused:
        click.echo(f"  left out: {refused}", err=True)
    bar_upwards = None if bar is None else turned(bar, read)
    with progress_of("Holding out opinions") as progress:
        found = study(
            read.ratings,
            overall=read.overall,
            step=step,
            bar=bar_upwards,
            many_facet=many_facet,
            seed=seed,
            progress=progress,
        )
    shown_bar = turned(found.bar, read) if bar is None else bar
    answer = {
        "schema": SCHEMA,
        **found.as_dict(),
        "without_ratings": len(read.without_ratings),
        "refused": len(read.refused),
        "bar": shown_bar,
        "seed": seed,
    }
    if json_target:
        write_json(answer, json_target)
    else:
        print_evidence(found, bar=shown_bar)


def turned(bar: float, read: RatingsFile) -> float:
    """A bar of the file as one of the table, or back: the same turn that the scores made."""
    scale = read.overall_scale
    if scale is not None and not scale.low <= bar <= scale.high:
        raise click.BadParameter(f"{bar:g} is outside the scale {scale}.", param_hint="--bar")
    if not read.lower_is_better:
        return bar
    if scale is None:
        raise click.UsageError(
            "The columns have different scales and lower is better: what the mean of the scores "
            "is turned round to is not known. Name the overall score with --overall."
        )
    # the same rounding as of the scores, so that a bar on the grid stays on it
    return round(scale.low + scale.high - bar, 12)
