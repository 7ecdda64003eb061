"""`second-opinion library`: the criteria that a requirement profile is built out of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from second_opinion.cli.errors import CommandError, OutputError

if TYPE_CHECKING:
    from second_opinion.library.criteria import LibraryCriterion

_LANGUAGE = click.option(
    "--language", type=click.Choice(["sv", "en"]), default="en", help="Of names; en by default."
)


@click.group(
    epilog="""\b
Examples:
  second-opinion library list konflikt
  second-opinion library copy collaboration our-criteria
  second-opinion library check our-criteria"""
)
def library() -> None:
    """The library of criteria: look for one, copy one to adapt it, check a folder of your own."""


@library.command(name="list")
@click.argument("words", nargs=-1)
@_LANGUAGE
@click.option(
    "--folder",
    envvar="SECOND_OPINION_CRITERIA_FOLDER",
    type=click.Path(path_type=Path),
    help="Of criteria of your own; the setting of the service by default.",
)
def list_criteria(words: tuple[str, ...], language: str, folder: Path | None) -> None:
    """Criteria by their keys and names; WORDS look in both languages."""
    from second_opinion.library.criteria import collection

    found = collection(folder).search(" ".join(words))
    if not found:
        raise CommandError(f"No criterion has {' and '.join(words)}. Try one word, or none.")
    for criterion in found:
        click.echo(f"{criterion.key:<28} {criterion.wording(language).name}")


@library.command()
@click.argument("key")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def copy(key: str, folder: Path) -> None:
    """Copy the criterion KEY into FOLDER, to be adapted there. Nothing is written over."""
    from second_opinion.library.criteria import CONTENT

    source = CONTENT / f"{_known(key).key}.toml"
    target = folder / source.name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("xb") as stream:
            stream.write(source.read_bytes())
    except FileExistsError:
        raise OutputError(f"{target} exists already and was left as it is.") from None
    click.echo(f"Written: {target}")


@library.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Everything to mend in FOLDER; without one, in the criteria that come along.

    Each file is read strictly, and its texts are held to the rules: no words for what somebody is
    like, none of health care, none that touch a protected ground, no question that asks two things
    or can be answered by yes or no, both languages whole.
    """
    from second_opinion.library.criteria import CONTENT, folder_faults

    place = CONTENT if folder is None else folder
    faults = folder_faults(place)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        files = len({fault.file for fault in faults})
        raise CommandError(
            f"Mend what stands above: {_counted(len(faults), 'fault')} in "
            f"{_counted(files, 'file')}. A file with a fault is not offered."
        )
    n_files = len(list(place.glob("*.toml")))
    click.echo(f"{_counted(n_files, 'file')} checked: nothing to mend.")


def _known(key: str) -> LibraryCriterion:
    from second_opinion.library.criteria import collection

    found = collection().criteria.get(key)
    if found is None:
        raise CommandError(f"There is no criterion {key}. second-opinion library list shows all.")
    return found


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
