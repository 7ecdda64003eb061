"""How the loops are compiled: once, kept on disk, and free to regroup sums."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])

# Sums may be regrouped and products fused, but infinities stay what they are.
_FREEDOM = {"contract", "reassoc", "nsz", "arcp"}


def compiled(loop: Loop) -> Loop:
    """The loop as machine code, made at its first call and found on disk after that."""
    try:
        made = njit(cache=True, fastmath=_FREEDOM, error_model="numpy")(loop)
    except RuntimeError:  # no folder that can be written to: compiled anew by each process
        made = njit(fastmath=_FREEDOM, error_model="numpy")(loop)
    return cast("Loop", made)
