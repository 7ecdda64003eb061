"""The service that `load.py` works on: its database, its processes, and a bare page beside ours."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from load_people import People

ROOT = Path(__file__).parent.parent


class Machine:
    def __init__(self, folder: Path, postgresql: str | None) -> None:
        self.folder, self.server = folder, postgresql
        self.name = f"load_{secrets.token_hex(4)}"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://localhost:{self.port}"
        url = f"sqlite:///{folder}/load.sqlite3"
        if postgresql:
            url = urlsplit(postgresql)._replace(path=f"/{self.name}").geturl()
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "SECOND_OPINION_PUBLIC_URL": self.address,
            "SECOND_OPINION_KEY_FOLDER": str(folder / "keys"),
            "SECOND_OPINION_MASTER_KEY": secrets.token_urlsafe(32),
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "benchmarks")]),
        }

    def fill(self) -> People:
        if self.server:
            self._on_server(f'create database "{self.name}"')
        filled = subprocess.run(
            [sys.executable, "-m", "load_cases"],
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
        )
        people: People = json.loads(filled.stdout.splitlines()[-1])
        return people

    @contextlib.contextmanager
    def served(self) -> Iterator[list[int]]:
        """The web processes, and the worker: inside on SQLite, of its own on PostgreSQL."""
        n_processes = "2" if self.server else "1"
        commands = [[sys.executable, "-m", "load_serve", str(self.port), n_processes]]
        if self.server:
            commands.append([str(ROOT / ".venv/bin/second-opinion"), "worker"])
        log = (self.folder / "log").open("w")
        running = [
            subprocess.Popen(each, env=self.environment, stdout=log, stderr=log)
            for each in commands
        ]
        try:
            self._await()
            yield [process.pid for process in running]
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=60)
            log.close()
            if self.server:
                self._on_server(f'drop database "{self.name}" with (force)')

    def _await(self) -> None:
        for _ in range(120):
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{self.address}/health/ready")
                return
            time.sleep(0.5)
        raise SystemExit((self.folder / "log").read_text())

    def _on_server(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(str(self.server), autocommit=True) as server:
            server.execute(statement)  # type: ignore[call-overload]  # our own words


def memory_of(processes: list[int]) -> int:
    """Bytes that the processes and their children have for themselves."""
    found = 0
    for pid in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            parent = psutil.Process(pid)
            found += sum(
                one.memory_info().rss for one in [parent, *parent.children(recursive=True)]
            )
    return found
