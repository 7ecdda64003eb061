"""How the loops are compiled: once, kept on disk, and free to regroup sums."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])

# Sums may be regrouped and products fused, but infinities stay what they are.
_FREEDOM = {"contract", "reassoc", "nsz", "arcp"}


def compiled(loop: Loop) -> Loop:
    """The loop as machine code, made at its first call and found on disk after that.

    Write plain loops over elements: an assigned slice or an expression of whole arrays takes the
    compiler some ten times as long.
    """
    try:
        made = njit(cache=True, fastmath=_FREEDOM, error_model="numpy")(loop)
    except RuntimeError:  # no folder that can be written to: compiled anew by each process
        made = njit(fastmath=_FREEDOM, error_model="numpy")(loop)
    return cast("Loop", made)


def kept_in(loop: Callable[..., object]) -> str | None:
    """The folder that keeps a compiled loop; None where no folder can be written to."""
    return cast("str | None", loop.stats.cache_path)  # type: ignore[attr-defined]
