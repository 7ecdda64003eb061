"""Different answers to questions that mean nearly the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import AnswersError
from second_opinion.engine.personality.answers import Answers
from second_opinion.engine.personality.moments import Moments

_SIMILAR = 0.6  # correlation


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistency:
    """Differences within pairs of items, (n_persons,).

    difference : mean, in categories; NaN where no pair was answered
    by_chance : what it would be if the person's own answers had been paired at random
    n_pairs : pairs answered
    is_question : the difference is no smaller than by chance
    """

    difference: Floats
    by_chance: Floats
    n_pairs: Integers
    is_question: NDArray[np.bool_]


def similar_pairs(moments: Moments, *, least: float = _SIMILAR) -> Integers:
    """(n_pairs, 2), items that correlate most, each in one pair only; the most alike first.

    Parameters
    ----------
    least : correlation of a pair

    References
    ----------
    Meade and Craig (2012): psychometric synonyms, which correlate above .60.
    """
    correlation = np.triu(np.nan_to_num(moments.correlation), k=1)
    pairs: list[tuple[int, int]] = []
    taken: set[int] = set()
    for place in np.argsort(-correlation, axis=None, kind="stable").tolist():
        one, other = divmod(place, len(correlation))
        if correlation[one, other] < least:
            break
        if not taken & {one, other}:
            pairs.append((one, other))
            taken |= {one, other}
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def inconsistency(answers: Answers, pairs: Integers) -> Inconsistency:
    """How differently somebody answered items that are alike, in the keyed direction.

    Parameters
    ----------
    pairs : (n_pairs, 2), items with equally many categories

    Raises
    ------
    AnswersError : pairs of other items, or of unequal numbers of categories

    References
    ----------
    Meade and Craig (2012), of whom the pairs are. Beside the difference stands that by chance
    because somebody who uses few categories differs little by that alone.
    """
    if pairs.ndim != 2 or pairs.shape[1] != 2 or not len(pairs):
        raise AnswersError("Pairs of items are needed, as a table of two columns.")
    if pairs.min() < 0 or pairs.max() >= answers.n_items:
        raise AnswersError(f"Pairs name the items 0 to {answers.n_items - 1}.")
    counts = answers.n_categories[pairs]
    if (counts[:, 0] != counts[:, 1]).any():
        raise AnswersError("The items of a pair need equally many categories.")
    one, other = (answers.category[:, pairs[:, side]].astype(np.float64) for side in (0, 1))
    both = (one >= 0) & (other >= 0)
    n_pairs = both.sum(axis=1)
    apart = np.where(both, np.abs(one - other), 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        difference = apart.sum(axis=1) / n_pairs
    by_chance = np.array(
        [
            _mean_difference(np.concatenate([one[person, is_in], other[person, is_in]]))
            for person, is_in in enumerate(both)
        ]
    )
    return Inconsistency(
        difference=difference,
        by_chance=by_chance,
        n_pairs=n_pairs.astype(np.int64),
        is_question=(n_pairs > 0) & (by_chance > 0) & (difference >= by_chance),
    )


def _mean_difference(values: Floats) -> float:
    """Between two of the values drawn without putting back; NaN of fewer than two."""
    n = len(values)
    if n < 2:
        return float("nan")
    weight = 2 * np.arange(n) - n + 1
    return float(2 * (weight @ np.sort(values)) / (n * (n - 1)))
