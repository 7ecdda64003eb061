"""Where the search for item parameters begins: correlations as loadings, shares as intercepts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import NotEnoughAnswersError
from second_opinion.engine.personality.answers import Answers
from second_opinion.engine.personality.graded.layout import Layout, layout_of_use
from second_opinion.engine.personality.moments import moments_of

_LARGEST_LOADING = 0.9
_LOGISTIC = 1.7  # brings a normal ogive's slope to a logistic's


def layout_for(answers: Answers, names: tuple[str, ...]) -> Layout:
    """The categories that are in use.

    Raises
    ------
    NotEnoughAnswersError : an item that nobody answered, or everybody alike
    """
    used = np.zeros((answers.n_items, int(answers.n_categories.max())), dtype=np.bool_)
    for item in range(answers.n_items):
        given = answers.category[:, item]
        used[item] = np.bincount(given[given >= 0], minlength=used.shape[1]) > 0
        if used[item].sum() < 2:
            found = "everybody who answered gave the same answer" if used[item].any() else (
                "there is no answer"
            )  # fmt: skip
            raise NotEnoughAnswersError(
                f"{names[item]}: {found}, so nothing can be estimated for it; leave the item out."
            )
    return layout_of_use(used, answers.n_categories)


def start_of(answers: Answers, layout: Layout) -> Floats:
    """(n_parameters,), slopes from the first principal axis, intercepts from shares."""
    slope = _slopes(answers)
    values = np.empty(layout.n_parameters)
    for item in range(layout.n_items):
        given = answers.category[:, item]
        count = _counts(layout, item, given[given >= 0])
        above = np.cumsum((count + 0.5)[::-1])[::-1][1:] / (count + 0.5).sum()
        own = values[layout.places(item)]
        own[0] = slope[item]
        own[1:] = logit(above) * np.sqrt(1 + (slope[item] / _LOGISTIC) ** 2)
    return values


def _counts(layout: Layout, item: int, given: NDArray[np.int8]) -> Floats:
    rows = layout.rows(item)
    own = layout.row[item, given] - rows.start
    return np.bincount(own, minlength=rows.stop - rows.start).astype(np.float64)


def _slopes(answers: Answers) -> Floats:
    """Slopes that the largest principal axis suggests, most of them positive."""
    correlation = moments_of(answers).correlation
    height, axes = np.linalg.eigh(np.nan_to_num(correlation))
    loading = axes[:, -1] * np.sqrt(max(float(height[-1]), 1e-6))
    if loading.sum() < 0:
        loading = -loading
    # two items alone share more with the axis than with each other
    loading = np.clip(0.85 * loading, -_LARGEST_LOADING, _LARGEST_LOADING)
    loading = np.where(np.abs(loading) < 0.1, 0.1, loading)
    return np.asarray(_LOGISTIC * loading / np.sqrt(1 - loading**2))
