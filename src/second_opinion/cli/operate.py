"""Running the service: serve, worker, migrate, doctor."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections

from second_opinion.cli.django_setup import start_django
from second_opinion.cli.errors import CommandError, ConfigurationError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@click.command(epilog="Example: second-opinion serve --host 127.0.0.1 --port 8000 --with-worker")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes."
)
@click.option("--with-worker", is_flag=True, help="Send mails from this process too.")
def serve(host: str, port: int, processes: int, with_worker: bool) -> None:
    """Serve the pages, behind a proxy that holds the certificate."""
    with _shared_figures(processes):
        start_django()
        serve_until_stopped(host=host, port=port, processes=processes, with_worker=with_worker)


@click.command(epilog="Example: second-opinion worker")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def worker(once: bool) -> None:
    """Send mails and do what is due, every two seconds, until stopped."""
    start_django()
    _require(_stopping_findings())
    from second_opinion.audit.tasks import deliver_due, do_chores, run_worker

    if once:
        do_chores()
        click.echo(f"Tried {deliver_due()} rows of the outbox.")
        return
    stop = threading.Event()
    _stop_on_signals(stop)
    click.echo("The worker runs; stop it with Ctrl-C.")
    run_worker(stop=stop)


@click.command(epilog="Example: second-opinion migrate")
def migrate() -> None:
    """Bring the database up to date. Back it up first."""
    start_django()
    from second_opinion.cli.doctor import configuration_findings

    _require([f.problem + " " + f.mend for f in configuration_findings() if f.stops_serving])
    bring_up_to_date()
    click.echo("The database is up to date.")


@click.command(epilog="Example: second-opinion doctor")
def doctor() -> int:
    """Check configuration, database and stored records; ends with 1 if something is wrong."""
    start_django()
    from second_opinion.cli.doctor import examine

    findings = examine()
    for finding in findings:
        click.echo(f"{finding.area}: {finding.problem}\n    {finding.mend}")
    if findings:
        click.echo(f"{len(findings)} found.")
        return 1
    click.echo("Nothing is wrong: configuration, database and records are in order.")
    return 0


def bring_up_to_date() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def serve_until_stopped(*, host: str, port: int, processes: int, with_worker: bool) -> None:
    """Serve with the settings already loaded; `demo` ends here too."""
    _require([*_stopping_findings(), *_open_to_others(host)])
    require_free(host, port)
    application = get_wsgi_application()
    connections.close_all()  # a connection must not be shared across the fork
    from second_opinion.cli.server import Server

    click.echo(f"Serving {settings.SECOND_OPINION_PUBLIC_URL} on {host}:{port}; Ctrl-C stops it.")
    Server(application, host=host, port=port, processes=processes, with_worker=with_worker).run()


def require_free(host: str, port: int) -> None:
    """Refuse a port that is taken, or an address that this machine does not have."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}:{port} ({error.strerror}). Stop what listens there, or "
                "choose another with --port."
            ) from None


@contextmanager
def _shared_figures(processes: int) -> Iterator[None]:
    """Where several processes count for one `/metrics`; it must be known before they count."""
    if processes == 1:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="second-opinion-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


def _stopping_findings() -> list[str]:
    from second_opinion.cli.doctor import (
        configuration_findings,
        database_findings,
        key_findings,
    )

    findings = [*configuration_findings(), *database_findings()]
    if not findings:
        findings = key_findings()
    return [f"{finding.problem} {finding.mend}" for finding in findings if finding.stops_serving]


def _open_to_others(host: str) -> list[str]:
    is_unprotected = settings.SECOND_OPINION_IS_LOCAL or settings.SECOND_OPINION_DEMO
    if not is_unprotected or host in LOOPBACK:
        return []
    return [
        f"--host {host} answers other machines, and without https that is refused. Set "
        "SECOND_OPINION_PUBLIC_URL to an https:// address, or listen on 127.0.0.1."
    ]


def _require(problems: list[str]) -> None:
    if problems:
        raise ConfigurationError("\n".join(problems))


def _stop_on_signals(stop: threading.Event) -> None:
    def finish(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # signal's own shape
        stop.set()

    signal.signal(signal.SIGTERM, finish)
    signal.signal(signal.SIGINT, finish)
