"""Arguments as arrays, or the refusal that names the one at fault."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError

_ROUNDING = 1e-9


def finite(value: ArrayLike, *, name: str) -> Floats:
    """Numbers that are finite; never the caller's own array."""
    try:
        numbers = np.array(value, dtype=np.float64)
    except (TypeError, ValueError) as fault:
        raise ArgumentError(f"{name} must be a number or an array of numbers.") from fault
    if not np.isfinite(numbers).all():
        raise ArgumentError(f"{name} must be finite; got {_first(numbers, ~np.isfinite(numbers))}.")
    return numbers


def within(value: ArrayLike, *, name: str, low: float, high: float = np.inf) -> Floats:
    """Finite numbers from low to high, both allowed."""
    numbers = finite(value, name=name)
    outside = (numbers < low) | (numbers > high)
    if outside.any():
        needed = f"lie between {low:g} and {high:g}" if high < np.inf else f"be {low:g} or more"
        raise ArgumentError(f"{name} must {needed}; got {_first(numbers, outside)}.")
    return numbers


def share_selected(value: ArrayLike) -> Floats:
    """A selection ratio: above 0, up to 1."""
    ratio = within(value, name="selection_ratio", low=0, high=1)
    if (ratio == 0).any():
        raise ArgumentError("selection_ratio must be above 0: somebody must be selected.")
    return ratio


def strictly_within(value: ArrayLike, *, name: str, low: float, high: float = np.inf) -> Floats:
    """Finite numbers between low and high, neither allowed."""
    numbers = finite(value, name=name)
    outside = (numbers <= low) | (numbers >= high)
    if outside.any():
        needed = f"lie between {low:g} and {high:g}, neither of them included"
        needed = needed if high < np.inf else f"be above {low:g}"
        raise ArgumentError(f"{name} must {needed}; got {_first(numbers, outside)}.")
    return numbers


def whole(value: ArrayLike, *, name: str, low: int) -> Floats:
    """Whole numbers from low."""
    numbers = within(value, name=name, low=low)
    broken = numbers != np.floor(numbers)
    if broken.any():
        raise ArgumentError(f"{name} must be whole; got {_first(numbers, broken)}.")
    return numbers


def broadcast(**named: Floats) -> tuple[Floats, ...]:
    """Arrays of one shape."""
    try:
        return tuple(np.broadcast_arrays(*named.values()))
    except ValueError as fault:
        shapes = ", ".join(f"{name} {numbers.shape}" for name, numbers in named.items())
        raise ArgumentError(f"These do not fit each other's shape: {shapes}.") from fault


def plain(numbers: Floats) -> Floats:
    """A number where the arguments were numbers, else the array."""
    unwrapped: Floats = numbers[()]  # NumPy's own way out of an array without dimensions
    return unwrapped


def correlations(value: ArrayLike, *, name: str, n: int) -> Floats:
    """(n, n) correlations that can exist together.

    Raises
    ------
    ArgumentError : not n by n, not symmetric, diagonal not 1, or not positive semidefinite
    """
    # a matrix that was computed may have 1.0000000000000002 on its diagonal
    matrix = within(value, name=name, low=-1.0 - _ROUNDING, high=1.0 + _ROUNDING)
    if matrix.shape != (n, n):
        raise ArgumentError(f"{name} must have shape ({n}, {n}); got {matrix.shape}.")
    if not np.allclose(matrix, matrix.T, rtol=0, atol=_ROUNDING):
        raise ArgumentError(f"{name} must be symmetric.")
    if not np.allclose(np.diagonal(matrix), 1.0, rtol=0, atol=_ROUNDING):
        raise ArgumentError(f"{name} must have 1 on its diagonal.")
    smallest = float(np.linalg.eigvalsh(matrix)[0])
    if smallest < -_ROUNDING:
        raise ArgumentError(
            f"{name} cannot be: it is not positive semidefinite (smallest eigenvalue "
            f"{smallest:.3g}), so these correlations do not exist together."
        )
    return np.clip(matrix, -1.0, 1.0)


def _first(numbers: Floats, at_fault: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> str:
    return f"{numbers[at_fault].flat[0]:g}"
