"""Likely entries put in another order by what texts mean, where a model of that is at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.matching.vocabulary import Likely

LOOKED_AT = 20  # entries, the most alike in writing
WEIGHT = 0.5  # of a cosine beside the score by writing; chosen on our first probes


class Meaning(Protocol):
    """A model that texts of like meaning lie close to each other in, whatever their language."""

    name: str

    def vectors(self, texts: Sequence[str]) -> Floats:
        """(n_texts, n_dimensions), each of length one."""
        ...


def by_meaning(
    text: str,
    likely: Sequence[Likely],
    texts: Mapping[str, Sequence[str]],
    *,
    meaning: Meaning,
    most: int,
) -> tuple[Likely, ...]:
    """The most likely entries again, in the order of writing and meaning together.

    To the score by writing is added half the cosine with the entry's nearest label or definition.
    What is not alike in writing at all is not found by this either.

    likely : in the order of writing; the first 20 are looked at
    texts : labels and definitions by key
    """
    looked_at = likely[:LOOKED_AT]
    if not looked_at:
        return ()
    asked = meaning.vectors([text])[0]
    scores = []
    for one in looked_at:
        cosine = float(np.max(meaning.vectors(texts[one.key]) @ asked))
        scores.append((one.score + WEIGHT * max(cosine, 0.0)) / (1 + WEIGHT))
    order = np.argsort([-score for score in scores], kind="stable").tolist()
    return tuple(Likely(key=looked_at[at].key, score=scores[at]) for at in order[:most])
