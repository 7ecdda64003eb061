"""Agreeing with a statement and with its opposite."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import AnswersError


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquiescence:
    """Agreement whatever is asked, (n_persons,).

    index : mean of straight and of reversed items' answers, halfway, less the middle of the scale;
        in score points, above 0 agrees with both; NaN where one of the kinds was not answered
    n_answered : items
    """

    index: Floats
    n_answered: Integers


def acquiescence(
    scores: Floats, *, is_reversed: ArrayLike, low: float, high: float
) -> Acquiescence:
    """How much somebody agrees with statements of either direction.

    Parameters
    ----------
    scores : (n_persons, n_items) as given, higher is more agreement; NaN where missing
    is_reversed : (n_items,); best about as many reversed as not, on each scale

    Raises
    ------
    AnswersError : all items have the same direction, or shapes do not fit

    References
    ----------
    McCrae, Herbst and Costa (2001); Soto, John, Gosling and Potter (2008): the mean of answers to
    items balanced in direction. Whoever differs by a point from others like it may have answered
    in a hurry, or seen both sides: ask.
    """
    turned = np.asarray(is_reversed, dtype=np.bool_)
    if scores.ndim != 2 or turned.shape != (scores.shape[1],):
        raise AnswersError("Answers are a table of people by items, each with its direction.")
    if turned.all() or not turned.any():
        raise AnswersError(
            "All items have the same direction, so agreeing cannot be told from what is measured."
        )
    is_given = ~np.isnan(scores)
    means = []
    for kind in (~turned, turned):
        total = np.where(is_given, scores, 0.0)[:, kind].sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            means.append(total / is_given[:, kind].sum(axis=1))
    return Acquiescence(
        index=(means[0] + means[1]) / 2 - (low + high) / 2,
        n_answered=is_given.sum(axis=1).astype(np.int64),
    )
