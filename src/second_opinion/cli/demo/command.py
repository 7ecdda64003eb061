"""The command: a folder, a database, links, and a server."""

from __future__ import annotations

import os
import socket
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import click

from second_opinion.cli.demo.home import DemoHome
from second_opinion.cli.django_setup import start_django
from second_opinion.cli.errors import CommandError
from second_opinion.cli.progress import progress_of

HOST = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8000, 8099


@click.command(epilog="Example: second-opinion demo --language en --port 8080")
@click.option(
    "--home",
    default=".demo",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the embedded database; made if it is not there.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help=f"Port to serve on. Default: {FIRST_PORT}, or the next one that is free.",
)
@click.option("--no-serve", is_flag=True, help="Fill the database, print the links, and end.")
@click.option(
    "--language",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help="Language before sign-in, and of the people whose links are printed.",
)
@click.option("--reset", is_flag=True, help="Delete the folder of an earlier demo first.")
def demo(home: Path, port: int | None, no_serve: bool, language: str, reset: bool) -> None:
    """A running service with made-up cases in every stage, on this machine only.

    A second run keeps what was there. Whoever has a link can sign in with it, so never enter
    anything about real people here.
    """
    place = DemoHome(home.absolute())
    # A port that is taken must be known before anything is made.
    chosen = port or (FIRST_PORT if no_serve else _free_port())
    if reset:
        place.reset()
    place.prepare()
    _add_english_items(place.folder / "questionnaires")
    _set_environment(place, port=chosen, language=language)
    start_django()
    _fill()
    _print_links(language)
    if not no_serve:
        from second_opinion.cli.operate import serve_until_stopped

        serve_until_stopped(host=HOST, port=chosen, processes=1, with_worker=True)


def _set_environment(place: DemoHome, *, port: int, language: str) -> None:
    """The demo's own settings, whatever the surroundings say: no real database, no real mail."""
    for name in [name for name in os.environ if name.startswith("SECOND_OPINION_")]:
        del os.environ[name]
    os.environ.update(
        DATABASE_URL=place.database_url,
        SECOND_OPINION_DEMO="true",
        SECOND_OPINION_MASTER_KEY=place.master_key(),
        SECOND_OPINION_KEY_FOLDER=str(place.key_folder),
        SECOND_OPINION_QUESTIONNAIRE_FOLDER=str(place.folder / "questionnaires"),
        SECOND_OPINION_PUBLIC_URL=f"http://localhost:{port}",
        SECOND_OPINION_ALLOWED_HOSTS=f"localhost,{HOST}",
        SECOND_OPINION_LANGUAGE=language,
    )


def _add_english_items(folder: Path) -> None:
    """The IPIP-NEO-120 to try out, where its package is installed; the demo works without."""
    from second_opinion.cli.questionnaire.bank import install_into
    from second_opinion.library.questionnaires.installing import SOURCES

    source = SOURCES["ipip-neo-120-english"]
    if find_spec("FFM") is not None and not (folder / f"{source.key}.toml").exists():
        install_into(folder, source, today=date.today())  # noqa: DTZ011  of this machine


def _fill() -> None:
    from second_opinion.cli.demo.filling import fill_if_empty
    from second_opinion.cli.operate import bring_up_to_date

    with progress_of("Making up cases") as told:
        bring_up_to_date()
        is_new = fill_if_empty(told)
    click.echo("Made-up cases are ready." if is_new else "Kept what was there.")


def _print_links(language: str) -> None:
    from second_opinion.cli.demo.links import candidate_links, sign_in_links

    click.echo("Sign in as:")
    for link in [*sign_in_links(language), *candidate_links(language)]:
        click.echo(f"  {link.role:<14} {link.person}, {link.organisation}")
        click.echo(f"  {'':<14} {link.url}")


def _free_port() -> int:
    for port in range(FIRST_PORT, LAST_PORT + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise CommandError(
        f"Every port from {FIRST_PORT} to {LAST_PORT} is taken. Choose one with --port."
    )
