"""`second-opinion agreement`: how much assessors agree, by every statistic that has a name."""

from __future__ import annotations

from pathlib import Path

import click

from second_opinion.cli.agreement_reading import Read, read_agreement, read_weights
from second_opinion.cli.output import (
    STANDARD_OUTPUT,
    json_option,
    require_json_place,
    write_json,
)
from second_opinion.cli.progress import progress_of, waiting
from second_opinion.cli.ratings_options import SHAPES, ColumnNames, with_column_options
from second_opinion.ingest.ratings_file import ScaleOption

KINDS = ("linear", "quadratic", "ordinal", "identity")

_HELP = f"""How much do assessors agree?

Intraclass correlation in six forms, Krippendorff's alpha, Cohen's, weighted and Fleiss' kappa,
Gwet's AC1 and AC2, Kendall's W, rwg and percent agreement: overall, for each criterion, each two
assessors and each candidate, with intervals, and with a sentence where a figure must not be read.

{SHAPES}
Here a column of --assessors is one assessor, the same in every row, unless --nested says that each
row has its own; --candidate may then be left out. --scale may be left out too: the scores given
are then all that is known of it.

\b
Examples:
  second-opinion agreement panel.csv --candidate name --assessor by --scores Lead,Count --scale 1:5
  second-opinion agreement judges.csv --candidate name --assessors Ada,Bo,Kim --json -
  second-opinion agreement coders.csv --transpose --candidate coder --assessors text1,text2,text3
  second-opinion agreement diagnoses.csv --nominal --assessors first,second,third
"""


@click.command(help=_HELP)
@with_column_options(scale_required=False)
@click.option("--nominal", is_flag=True, help="The values are names without order, as categories.")
@click.option(
    "--transpose",
    is_flag=True,
    help="Rows are raters (named by --candidate), the columns of --assessors what they rated.",
)
@click.option("--nested", is_flag=True, help="Each row has assessors of its own, unnamed.")
@click.option(
    "--weights",
    default="quadratic",
    show_default=True,
    metavar="KIND|FILE",
    help=f"Of the weighted kappa and AC2: {', '.join(KINDS)}, or a CSV file with the distance of "
    "each two values, headed by the values.",
)
@click.option(
    "--resamples",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    help="Of the interval of Krippendorff's alpha; 0 for none.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of those.")
@json_option
def agreement(
    *,
    ratings_path: Path,
    named: ColumnNames,
    scales: tuple[str, ...],
    lower_is_better: bool,
    skip_refused: bool,
    nominal: bool,
    transpose: bool,
    nested: bool,
    weights: str,
    resamples: int,
    seed: int,
    json_target: str | None,
) -> None:
    from second_opinion.cli.agreement_answer import answer_of, studied  # SciPy: slow to import
    from second_opinion.cli.agreement_table import print_agreement

    require_json_place(json_target, inputs=[ratings_path])
    with waiting(f"Reading {ratings_path.name}"):
        read = read_agreement(
            ratings_path,
            named,
            scales=[ScaleOption.parse(text) for text in scales],
            skip_refused=skip_refused,
            nominal=nominal,
            transpose=transpose,
            nested=nested,
        )
    table = None
    if weights not in KINDS:
        table = read_weights(Path(weights), categories=read.categories)
    _tell(read, lower_is_better=lower_is_better)
    with progress_of("Measuring agreement") as progress:
        study = studied(
            read, weights=table or weights, seed=seed, resamples=resamples, progress=progress
        )
    if json_target:
        write_json(answer_of(study, read, seed=seed, resamples=resamples), json_target)
    if json_target != STANDARD_OUTPUT:
        print_agreement(study, read)


def _tell(read: Read, *, lower_is_better: bool) -> None:
    click.echo(read.file.understood, err=True)
    for refused in read.file.refused:
        click.echo(f"  left out: {refused}", err=True)
    if read.categories:
        click.echo(f"Categories: {', '.join(read.categories)}.", err=True)
    elif not read.has_scale:
        click.echo("No --scale: the scores given are taken for the whole of it.", err=True)
    if lower_is_better:
        click.echo("Agreement does not depend on which end is better; scores stay.", err=True)
