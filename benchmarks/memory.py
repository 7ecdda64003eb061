"""How much memory a task took above what its process held before."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

KIB_PER_MIB = 1024


def watched(do: Callable[[str, Path], dict[str, Any]], task: str, folder: Path) -> dict[str, Any]:
    """The task's answer with its memory in MiB; only true of the first task of a process."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = do(task, folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {**answer, "memory": (peak - before) / KIB_PER_MIB}
