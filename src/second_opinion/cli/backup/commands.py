"""`backup` and `restore`."""

from __future__ import annotations

from pathlib import Path

import click

from second_opinion.cli.backup.errors import BackupError
from second_opinion.cli.django_setup import start_django


@click.command(epilog="Example: second-opinion backup /srv/backups --keys-into /mnt/elsewhere/keys")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--keys-into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the keys' own file goes, best on another machine. Default: FOLDER.",
)
def backup(folder: Path, keys_into: Path | None) -> None:
    """Write all data into one file, and the keys of cases and maps into another.

    The service may go on meanwhile. Files of keys older than 30 days are removed, so that what
    was erased stays erased. SECOND_OPINION_MASTER_KEY is in neither file: keep it elsewhere.
    """
    start_django()
    from second_opinion.cli.backup.writing import this_moment, write_backup

    written = write_backup(folder, keys_into or folder, now=this_moment())
    click.echo(f"Data: {written.data}")
    click.echo(f"{written.n_keys} keys: {written.keys}")
    if written.n_removed:
        click.echo(f"Removed {written.n_removed} files of keys older than 30 days.")


@click.command(
    epilog="Example: second-opinion restore second-opinion-2026-11-29T030000Z.data.tar.gz "
    "second-opinion-2026-11-29T030000Z.keys.tar.gz"
)
@click.argument("data", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("keys", type=click.Path(dir_okay=False, path_type=Path))
def restore(data: Path, keys: Path) -> int:
    """Bring a backup back into the empty database and key folder that the settings name.

    Nothing is restored over what is there. The database is brought up to this version, and then
    examined as `doctor` does; ends with 1 if something is wrong.
    """
    start_django()
    from second_opinion.cli.backup.restoring import restore_backup
    from second_opinion.cli.backup.writing import this_moment
    from second_opinion.cli.doctor import configuration_findings, examine
    from second_opinion.cli.operate import bring_up_to_date

    stopping = [one for one in configuration_findings() if one.stops_serving]
    if stopping:
        raise BackupError("\n".join(f"{one.problem} {one.mend}" for one in stopping))
    restored = restore_backup(data, keys, now=this_moment())
    bring_up_to_date()
    click.echo(f"Restored what was backed up at {restored.data.made_at:%Y-%m-%d %H:%M} UTC,")
    click.echo(f"with {restored.n_keys - restored.n_erased} keys.")
    if restored.n_erased:
        click.echo(f"{restored.n_erased} keys were left out: what they protected has been erased.")
    findings = examine()
    for finding in findings:
        click.echo(f"{finding.area}: {finding.problem}\n    {finding.mend}")
    click.echo(f"{len(findings)} found." if findings else "Nothing is wrong with it.")
    return 1 if findings else 0
