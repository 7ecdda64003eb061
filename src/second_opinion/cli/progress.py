"""Progress for work that takes more than a second: on stderr, and only where a person looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


@contextmanager
def progress_of(work: str) -> Iterator[Callable[[float], None]]:
    """A function that is told the share done, 0 to 1."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task(work, total=1.0)
        yield lambda share: progress.update(task, completed=share)


@contextmanager
def passes_of(work: str) -> Iterator[Callable[[int, float], None]]:
    """A function that is told the number of a pass over the ratings and its log-likelihood."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _number, _height: None
        return
    with console.status(work) as status:
        yield lambda number, height: status.update(
            f"{work}: pass {number}, log-likelihood {height:,.1f}"
        )


@contextmanager
def waiting(work: str) -> Iterator[None]:
    """A sign of life for work whose length is not known."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(work):
        yield
