"""`second-opinion redact`: one document made less recognisable, with the map that puts it back."""

from __future__ import annotations

import json
from pathlib import Path

import click

from second_opinion.cli.errors import CommandError
from second_opinion.cli.output import write_to_standard_output
from second_opinion.ingest.redaction import (
    Entities,
    Redacted,
    redact,
    residual_risks,
    text_of_document,
)

SCHEMA = "second-opinion/redaction/1"
MOST_BYTES = 20_000_000


@click.command(
    name="redact",
    epilog='Example: second-opinion redact cv.docx --person "Anna Ek" --organisation "Nordverk AB"',
)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, allow_dash=False))
@click.option(
    "--person",
    multiple=True,
    metavar="NAME",
    help="The candidate, and whoever is named. May be repeated.",
)
@click.option(
    "--organisation",
    multiple=True,
    metavar="NAME",
    help="An employer or a school. May be repeated.",
)
@click.option(
    "--association",
    multiple=True,
    metavar="NAME",
    help="A club, congregation or party. May be repeated.",
)
@click.option(
    "--language",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help="Of the words that tell a gender, and of the masks.",
)
@click.option(
    "--map",
    "map_path",
    metavar="MAP",
    type=click.Path(path_type=Path, allow_dash=False),
    help="Write the map that puts everything back here. Keep it apart from the text.",
)
def redact_document(
    path: Path,
    person: tuple[str, ...],
    organisation: tuple[str, ...],
    association: tuple[str, ...],
    language: str,
    map_path: Path | None,
) -> int:
    """A document for raters who only read, with what says who somebody is masked.

    FILE is Word (.docx), OpenDocument (.odt) or plain text; metadata, comments and tracked changes
    do not come along. The text goes to standard output; what may still tell who it is, to standard
    error, for a person to look at before anybody is shown the text. It is less recognisable, and
    not more than that: who knows the person may know them still.
    """
    entities = Entities(people=person, organisations=organisation, associations=association)
    found = redact(text_of_document(_content(path)), entities, language=language)
    if map_path is not None:
        _write_map(found, map_path, beside=path)
    write_to_standard_output((found.text + "\n").encode())
    click.echo(f"{len(found.masks)} pieces are masked. Compare it with the original.", err=True)
    for risk in residual_risks(found.text):
        times = f", {risk.times} times" if risk.times > 1 else ""
        click.echo(f"Look at {risk.words!r}{times}: {risk.residue.value}.", err=True)
    return 0


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CommandError(f"{path} is larger than any text. Nothing was read.")
        return path.read_bytes()
    except IsADirectoryError:
        raise CommandError(f"{path} is a folder; give the document in it.") from None
    except FileNotFoundError:
        raise CommandError(f"There is no file {path}.") from None


def _write_map(found: Redacted, map_path: Path, *, beside: Path) -> None:
    if map_path.exists() or map_path == beside:
        raise CommandError(f"{map_path} exists already. Nothing was written.")
    masks = [
        {"at": mask.shown_at, "shown": mask.shown, "original": mask.original, "kind": mask.kind}
        for mask in found.masks
    ]
    text = json.dumps({"schema": SCHEMA, "masks": masks}, ensure_ascii=False, indent=2)
    map_path.touch(mode=0o600)
    map_path.write_text(text + "\n", encoding="utf-8")
