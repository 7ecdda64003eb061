"""How much memory a task takes above what its process held when its data were there."""

from __future__ import annotations

from pathlib import Path

KIB_PER_MIB = 1024
_STATUS, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Memory:
    """Begins where it is made; `above` is then the most that came on top, in MiB."""

    def __init__(self) -> None:
        if _FORGET.exists():  # Linux: the peak so far is forgotten
            _FORGET.write_text("5")
        self._base = _status("VmRSS")

    @property
    def above(self) -> float:
        return _status("VmHWM") - self._base


def _status(name: str) -> float:
    """MiB of one line of what the kernel knows of this process; not a number where it does not."""
    if not _STATUS.exists():
        return float("nan")
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / KIB_PER_MIB
