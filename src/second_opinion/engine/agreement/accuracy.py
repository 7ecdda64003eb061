"""How one rater's scores compare with a key: severity, accuracy in parts, and halo."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.errors import ArgumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingAccuracy:
    """All in score points, but for the squared one.

    elevation : mean score minus mean key; below 0 the rater is strict, above 0 lenient
    differential_elevation : of persons' means about the mean, root mean square; how well the
        rater tells persons apart on the whole
    stereotype_accuracy : of criteria's means about the mean, likewise; how well the rater sees
        what this group of persons is better and worse at
    differential_accuracy : of what is left; how well the rater sees each person's own profile
    mean_squared_difference : squared points; the sum of the squares of the four above
    spread, key_spread : standard deviation over criteria within a person, root mean square over
        persons, of the scores and of the key; a spread well below the key's is halo
    """

    elevation: float
    differential_elevation: float
    stereotype_accuracy: float
    differential_accuracy: float
    mean_squared_difference: float
    spread: float
    key_spread: float


def rating_accuracy(scores: ArrayLike, key: ArrayLike) -> RatingAccuracy:
    """Cronbach's four components of a rater's accuracy, and the spread within persons.

    Parameters
    ----------
    scores, key : (n_persons, n_criteria), score points, none missing; at least 1 and 2

    Raises
    ------
    ArgumentError : tables of different shapes, too small, or with a gap

    References
    ----------
    Cronbach (1955), Psychological Bulletin 52, 177: elevation, differential elevation, stereotype
    accuracy and differential accuracy. Halo as a small spread over criteria within a person: Saal,
    Downey and Lahey (1980), Psychological Bulletin 88, 413.
    """
    given, true = np.asarray(scores, dtype=float), np.asarray(key, dtype=float)
    if given.shape != true.shape or given.ndim != 2 or given.shape[0] < 1 or given.shape[1] < 2:
        raise ArgumentError(
            "Scores and key must be tables of one shape, of persons by at least two criteria."
        )
    if not (np.isfinite(given).all() and np.isfinite(true).all()):
        raise ArgumentError("Accuracy needs every score and every key; one is missing.")
    difference = given - true
    elevation = difference.mean()
    of_persons = difference.mean(axis=1) - elevation
    of_criteria = difference.mean(axis=0) - elevation
    rest = difference - elevation - of_persons[:, None] - of_criteria[None, :]
    return RatingAccuracy(
        elevation=float(elevation),
        differential_elevation=_root_mean_square(of_persons),
        stereotype_accuracy=_root_mean_square(of_criteria),
        differential_accuracy=_root_mean_square(rest),
        mean_squared_difference=float(np.mean(difference**2)),
        spread=_root_mean_square(given.std(axis=1)),
        key_spread=_root_mean_square(true.std(axis=1)),
    )


def _root_mean_square(values: np.ndarray) -> float:
    return float(np.sqrt(np.mean(values**2)))
