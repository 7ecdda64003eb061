"""`second-opinion verify`: what a receipt, an exported case or two heads prove, offline."""

from __future__ import annotations

from pathlib import Path

import click

from second_opinion.cli.errors import CommandError
from second_opinion.cli.output import (
    json_option,
    require_json_place,
    write_json,
    write_to_standard_output,
)

SCHEMA = "second-opinion/verification/1"
MOST_BYTES = 5_000_000


@click.command(epilog="Example: second-opinion verify receipt.json")
@click.argument(
    "path", metavar="FILE", required=False, type=click.Path(path_type=Path, allow_dash=False)
)
@click.option(
    "--script",
    is_flag=True,
    help="Print a program of one file that checks the same hashes with nothing but Python.",
)
@json_option
def verify(path: Path | None, script: bool, json_target: str | None) -> int:
    """What a receipt or an exported case proves, and what it does not.

    FILE is a receipt, a case's events or a proof between two heads of the log, as the service
    gives them; its schema says which. Nothing but the file is read: no database, no settings, no
    network. Ends with 1 if something in it does not hold.
    """
    if script:
        write_to_standard_output(standalone_program())
        return 0
    if path is None:
        raise click.UsageError("Name a file, or print a program that checks it with --script.")
    from second_opinion.audit.analysis.exports import verify as check
    from second_opinion.audit.analysis.verification import (
        UnreadableReceiptError,
        read_receipt,
    )

    require_json_place(json_target, inputs=[path])
    try:
        verdict = check(read_receipt(_text(path)))
    except UnreadableReceiptError as error:
        raise CommandError(f"{path}: {error}") from None
    if json_target:
        answer = {
            "schema": SCHEMA,
            "proved": list(verdict.proved),
            "refuted": list(verdict.refuted),
            "not_shown": list(verdict.not_shown),
        }
        write_json(answer, json_target)
    else:
        for heading, sentences in (
            ("Proved", verdict.proved),
            ("REFUTED", verdict.refuted),
            ("Not shown by this file", verdict.not_shown),
        ):
            for sentence in sentences:
                click.echo(f"{heading}: {sentence}")
    return 1 if verdict.refuted else 0


def standalone_program() -> bytes:
    """The program as it stands in the package."""
    from second_opinion.audit.analysis.verification import standalone_program as program

    return program()


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CommandError(f"{path} is larger than any receipt. Nothing was read.")
        return path.read_text(encoding="utf-8-sig")
    except IsADirectoryError:
        raise CommandError(f"{path} is a folder; give the receipt in it.") from None
    except FileNotFoundError:
        raise CommandError(f"There is no file {path}.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path} is no receipt: it is not text.") from None
