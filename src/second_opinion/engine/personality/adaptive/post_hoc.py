"""An adaptive questionnaire tried on people who answered everything."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import AnswersError
from second_opinion.engine.personality.adaptive.session import AdaptiveState, AdaptiveTest
from second_opinion.engine.personality.answers import Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class PostHoc:
    """What would have been known after so many items.

    n_asked : (n_persons, n_lengths), items; fewer where it stopped before
    ability, standard_error : (n_persons, n_lengths, n_scales)
    exposure : (n_items,), share of the people who were asked the item
    """

    n_asked: Integers
    ability: Floats
    standard_error: Floats
    exposure: Floats


def tried_post_hoc(test: AdaptiveTest, answers: Answers, *, lengths: list[int]) -> PostHoc:
    """Ask everybody again, item by item, and look at some lengths.

    Parameters
    ----------
    answers : complete
    lengths : in order, numbers of items at which to look

    Raises
    ------
    AnswersError : an answer is missing, or lengths are not in order

    References
    ----------
    Wainer (2000), ch. 5: simulation with real answers.
    """
    if (answers.category < 0).any():
        raise AnswersError("To try it on answers, every item must have been answered.")
    if not lengths or sorted(set(lengths)) != lengths or lengths[0] < 1:
        raise AnswersError("Lengths are different numbers of items from 1 up, in order.")
    shape = (len(answers), len(lengths))
    found = PostHoc(
        n_asked=np.zeros(shape, dtype=np.int64),
        ability=np.empty((*shape, test.form.n_scales)),
        standard_error=np.empty((*shape, test.form.n_scales)),
        exposure=np.zeros(answers.n_items),
    )
    for person in range(len(answers)):
        _try(test, answers.category[person].astype(np.int64), lengths, person, found)
    return replace(found, exposure=found.exposure / max(len(answers), 1))


def _try(
    test: AdaptiveTest, category: Integers, lengths: list[int], person: int, found: PostHoc
) -> None:
    state = AdaptiveState(seed=person)
    step = test.step(state)
    for place, length in enumerate(lengths):
        while len(state.asked) < length and step.item is not None:
            state = state.answered(step.item, int(category[step.item]))
            step = test.step(state)
        found.n_asked[person, place] = len(state.asked)
        found.ability[person, place] = step.ability
        found.standard_error[person, place] = step.standard_error
    found.exposure[state.asked] += 1
