"""`second-opinion questionnaire analyse`: from answers to items, reliability and scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from second_opinion.cli.output import (
    STANDARD_OUTPUT,
    json_option,
    require_json_place,
    write_json_in_pieces,
)
from second_opinion.cli.progress import passes_of
from second_opinion.cli.ratings_options import column_list

if TYPE_CHECKING:
    from second_opinion.ingest.answers_file import AnswersFile, ItemParameters

_HELP = """What does a questionnaire measure, how surely, and where does everybody stand?

Of items that measure one thing: alpha and omega, each item beside the others, discrimination and
thresholds in the graded response model, and each person's score with its standard error.

\b
ANSWERS is a text file (CSV in UTF-8; comma, semicolon or tab) or a Parquet file with one row for
each person and one column for each item:
    who,calm,worries,relaxed
    Kim,4,2,5
An empty cell or NA is a missing answer. A column without a name is addressed by its number, as #1.

\b
Examples:
  second-opinion questionnaire analyse answers.csv --items calm,worries,relaxed \\
      --reverse worries --scale 1:6 --person who --json items.json
  second-opinion questionnaire analyse new.csv --scale 1:6 --parameters items.json --json -
"""


@click.command(help=_HELP)
@click.argument("answers_path", metavar="ANSWERS", type=click.Path(path_type=Path))
@click.option(
    "--items", callback=column_list, metavar="COL,COL,...",
    help="A column for each item. With --parameters it may be left out: then the file's items.",
)  # fmt: skip
@click.option(
    "--reverse", "is_reversed", callback=column_list, metavar="COL,COL,...",
    help="Items whose highest answer is least of what is measured.",
)  # fmt: skip
@click.option(
    "--scale", "scales", metavar="MIN:MAX", multiple=True, required=True,
    help="Lowest and highest answer; for one item as name=MIN:MAX. Repeatable.",
)  # fmt: skip
@click.option("--person", metavar="COL", help="Column that names people; else their row does.")
@click.option(
    "--parameters", "parameters_path", metavar="FILE", type=click.Path(path_type=Path),
    help="Only score, by item parameters that an earlier --json has written.",
)  # fmt: skip
@click.option("--complete-cases", is_flag=True, help="Leave out people with a missing answer.")
@click.option(
    "--skip-refused", is_flag=True, help="Leave out rows that cannot be read, and list them."
)
@json_option
def analyse(
    *,
    answers_path: Path,
    items: tuple[str, ...],
    is_reversed: tuple[str, ...],
    scales: tuple[str, ...],
    person: str | None,
    parameters_path: Path | None,
    complete_cases: bool,
    skip_refused: bool,
    json_target: str | None,
) -> None:
    from second_opinion.cli.questionnaire.analysis import analysed  # SciPy: slow to import
    from second_opinion.cli.questionnaire.answer import body_of, person_rows
    from second_opinion.cli.questionnaire.table import print_analysis
    from second_opinion.ingest.answers_file import AnswersColumns, AnswersFile, read_item_parameters
    from second_opinion.ingest.ratings_file import ScaleOption

    inputs = [answers_path, *([parameters_path] if parameters_path else [])]
    require_json_place(json_target, inputs=inputs)
    parameters = read_item_parameters(parameters_path) if parameters_path else None
    columns = AnswersColumns(
        items=items or _items_of(parameters),
        is_reversed=is_reversed or _reversed_of(parameters, items),
        person=person,
    )
    file = AnswersFile(
        path=answers_path,
        columns=columns,
        scales=tuple(ScaleOption.parse(text) for text in scales),
        complete_cases=complete_cases,
        skip_refused=skip_refused,
    )
    known = _known(file, parameters)
    with passes_of(f"Analysing {answers_path.name}") as progress:
        analysis = analysed(file, known, progress=progress)
    for sentence in analysis.understood:
        click.echo(sentence, err=True)
    if json_target:
        write_json_in_pieces(body_of(analysis), "persons", person_rows(analysis), json_target)
    if json_target != STANDARD_OUTPUT:
        print_analysis(analysis)


def _items_of(parameters: ItemParameters | None) -> tuple[str, ...]:
    if parameters is None:
        raise click.UsageError("Name the items' columns with --items COL,COL,...")
    return parameters.names


def _reversed_of(parameters: ItemParameters | None, items: tuple[str, ...]) -> tuple[str, ...]:
    if parameters is None:
        return ()
    return tuple(
        name
        for name, turned in zip(parameters.names, parameters.is_reversed, strict=True)
        if turned and (not items or name in items)
    )


def _known(file: AnswersFile, parameters: ItemParameters | None) -> ItemParameters | None:
    """The parameters of the file's items; --reverse must say what they say."""
    if parameters is None:
        return None
    known = parameters.chosen(file.items.names)
    for name, turned, here in zip(
        known.names, known.is_reversed, file.items.is_reversed.tolist(), strict=True
    ):
        if turned != here:
            raise click.UsageError(
                f"{known.path} has {name} {'reversed' if turned else 'as it stands'}, and "
                "--reverse says otherwise; leave --reverse out, and the file decides."
            )
    return known
