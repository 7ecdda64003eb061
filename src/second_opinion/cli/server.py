"""The web server: gunicorn with threads, and on request the worker beside them."""

import threading
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication

THREADS = 8
SECONDS_FOR_A_REQUEST = 60
SECONDS_TO_FINISH = 20


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    def __init__(
        self,
        application: Callable[..., Any],
        *,
        host: str,
        port: int,
        processes: int = 1,
        with_worker: bool = False,
    ) -> None:
        self._application = application
        self._embedded = EmbeddedWorker() if with_worker else None
        bracketed = f"[{host}]" if ":" in host else host
        self._settings: dict[str, object] = {
            "bind": f"{bracketed}:{port}",
            "worker_class": "gthread",
            "workers": processes,
            "threads": THREADS,
            "timeout": SECONDS_FOR_A_REQUEST,
            "graceful_timeout": SECONDS_TO_FINISH,
            "loglevel": "warning",
            "control_socket_disable": True,  # nothing but the port is opened
            "proc_name": "second-opinion",
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)
        embedded = self._embedded
        if embedded:
            # Started after the fork, in the web process: a thread does not live through one.
            self.cfg.set("post_worker_init", lambda _process: embedded.start())
            self.cfg.set("worker_exit", lambda _server, _process: embedded.stop())

    def load(self) -> Callable[..., Any]:
        return self._application


class EmbeddedWorker:
    """The outbox's worker as a thread of the web process, for installations of one process."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        from second_opinion.audit.tasks import run_worker

        self._thread = threading.Thread(
            target=run_worker, kwargs={"stop": self._stop}, name="outbox", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join(SECONDS_TO_FINISH)
