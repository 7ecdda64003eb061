"""`second-opinion competences`: a provider's vocabulary, and what is read into it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from second_opinion.cli.django_setup import start_django
from second_opinion.cli.errors import CommandError

if TYPE_CHECKING:
    from second_opinion.accounts.models import Organisation
    from second_opinion.ingest.esco import Skills

_FILE = click.Path(path_type=Path, allow_dash=False)
_RELEASE = re.compile(r"v?(\d{1,3}(?:\.\d{1,3}){0,3})")
_SHOWN = 20
_HELP = """Read chosen skills of ESCO into a provider's vocabulary.

SKILLS_EN.csv and SKILLS_SV.csv are the files of those names in ESCO's download in CSV form, both
out of one release. Each entry keeps ESCO's identifier, labels and definition, and the release it
was read from. Reading the same again changes nothing; a later release changes what it words
otherwise. A fault anywhere leaves everything as it was.

\b
Examples:
  second-opinion competences import skills_en.csv skills_sv.csv --release 1.2.0 --words lean --look
  second-opinion competences import skills_en.csv skills_sv.csv --release 1.2.0 --uris wanted.txt
"""


@click.group(
    epilog="Example: second-opinion competences import skills_en.csv skills_sv.csv "
    "--release 1.2.0 --words kubernetes --look"
)
def competences() -> None:
    """The vocabulary that needs and assessors are described in."""


@competences.command(name="import", help=_HELP)
@click.argument("english", metavar="SKILLS_EN.csv", type=_FILE)
@click.argument("swedish", metavar="SKILLS_SV.csv", type=_FILE)
@click.option("--release", required=True, help="ESCO's, as 1.2.0: the files do not say it.")
@click.option("--provider", help="Its name; may be left out where there is one alone.")
@click.option("--uris", type=_FILE, help="Only these: a file with one identifier a line.")
@click.option("--under", metavar="URI", default="", help="Only what stands under this group ...")
@click.option("--relations", type=_FILE, help="... by ESCO's broaderRelationsSkillPillar_en.csv.")
@click.option("--words", default="", help="Only those with these words in one label.")
@click.option("--all", "everything", is_flag=True, help="Every skill, which is about 14,000.")
@click.option("--look", is_flag=True, help="Only say what would be read.")
def import_competences(
    *,
    english: Path,
    swedish: Path,
    release: str,
    provider: str | None,
    uris: Path | None,
    under: str,
    relations: Path | None,
    words: str,
    everything: bool,
    look: bool,
) -> None:
    from second_opinion.ingest.esco import Chosen, read_skills

    _check_choice(bool(uris or under or words), everything, bool(under), relations)
    number = _RELEASE.fullmatch(release.strip())
    if number is None:
        raise click.BadParameter("Write the release as 1.2.0.", param_hint="--release")
    chosen = Chosen(uris=uris, under=under, relations=relations, words=words)
    with read_skills(english, swedish, chosen=chosen) as skills:
        if look:
            _tell(skills)
        else:
            start_django()
            _read_in(skills, _provider(provider), number[1])


def _check_choice(
    is_chosen: bool, everything: bool, has_group: bool, relations: Path | None
) -> None:
    if is_chosen == everything:
        raise click.UsageError(
            "Choose by --uris, --under or --words, or take --all, which is about 14,000 entries."
        )
    if has_group != (relations is not None):
        raise click.UsageError(
            "--under and --relations belong together: the group, and ESCO's file "
            "broaderRelationsSkillPillar_en.csv."
        )


def _tell(skills: Skills) -> None:
    count = 0
    for count, skill in enumerate(skills, start=1):
        if count <= _SHOWN:
            click.echo(f"{skill.sv} | {skill.en} | {skill.uri}")
    more = f", of which the first {_SHOWN} stand above" if count > _SHOWN else ""
    click.echo(f"{count:,} chosen{more}. Nothing was saved.")


def _read_in(skills: Skills, provider: Organisation, release: str) -> None:
    from second_opinion.panels.errors import PanelError
    from second_opinion.panels.services import read_in_competences

    try:
        done = read_in_competences(
            actor=None,
            provider=provider,
            release=release,
            fingerprint=skills.fingerprint,
            skills=skills,
        )
    except PanelError as error:
        raise CommandError(str(error)) from None
    if not done.new + done.changed + done.same:
        raise CommandError("No skill meets what was asked for. Nothing was saved.")
    click.echo(
        f"{provider}: {done.new:,} new, {done.changed:,} worded otherwise now, "
        f"{done.same:,} as they were."
    )


def _provider(name: str | None) -> Organisation:
    from second_opinion.accounts import selectors

    found = selectors.organisations_named(name) if name else selectors.providers()
    if len(found) == 1:
        return found[0]
    if name:
        raise CommandError(
            f"There {'is no organisation' if not found else 'are several organisations'} of the "
            f"name {name}. Nothing was saved."
        )
    raise CommandError("Say whose vocabulary it is, with --provider. Nothing was saved.")
