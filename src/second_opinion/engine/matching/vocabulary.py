"""Which entries of a vocabulary a free text may mean: by characters, never by meaning."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError

SHORTEST, LONGEST = 3, 5  # characters of a piece
WEIGHT_OF_MEANING = 0.5  # of the definition, beside a label


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One entry. labels : in every language, the alternative ones too; means : definitions."""

    key: str
    labels: tuple[str, ...]
    means: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """An entry that a text may mean. score : 0 to 1, how alike it is written; no probability."""

    key: str
    score: float


class Vocabulary:
    """Compares a text with every label and definition, by the pieces of three to five characters.

    Pieces that few labels have weigh more (inverse document frequency); an entry scores as its
    most similar label, or half as much as its most similar definition.

    Raises
    ------
    ArgumentError : no entries

    References
    ----------
    Cavnar and Trenkle (1994), character n-grams; Salton and Buckley (1988), term weighting.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        if not words:
            raise ArgumentError("A vocabulary has at least one entry.")
        self._keys = [word.key for word in words]
        texts = [
            (place, text, weight)
            for place, word in enumerate(words)
            for some, weight in ((word.labels, 1.0), (word.means, WEIGHT_OF_MEANING))
            for text in some
        ]
        self._owner = np.array([place for place, _, _ in texts])
        self._weight = np.array([weight for _, _, weight in texts])
        counts = [Counter(_pieces(text)) for _, text, _ in texts]
        frequency = Counter(piece for each in counts for piece in each)
        self._column = {piece: column for column, piece in enumerate(sorted(frequency))}
        self._rarity = np.log(
            (1 + len(texts)) / (1 + np.array([frequency[piece] for piece in self._column]))
        )
        self._texts = sparse.vstack([self._row(each) for each in counts]).tocsr()

    def likely(self, text: str, *, most: int = 5) -> tuple[Likely, ...]:
        """The entries most like a text, the most alike first; none that shares no piece."""
        similar = self._weight * (self._texts @ self._row(Counter(_pieces(text))).T).toarray()[:, 0]
        best: Floats = np.zeros(len(self._keys))
        np.maximum.at(best, self._owner, similar)
        order = np.argsort(-best, kind="stable")[:most]
        return tuple(
            Likely(key=self._keys[place], score=min(float(best[place]), 1.0))
            for place in order.tolist()
            if best[place] > 0
        )

    def _row(self, counts: Counter[str]) -> sparse.csr_matrix:
        known = {self._column[piece]: n for piece, n in counts.items() if piece in self._column}
        columns = np.array(list(known), dtype=np.int64)
        values = self._rarity[columns] * (1 + np.log(np.array(list(known.values()), dtype=float)))
        length = np.sqrt((values**2).sum())
        return sparse.csr_matrix(
            (values / length if length else values, (np.zeros_like(columns), columns)),
            shape=(1, len(self._column)),
        )


def _pieces(text: str) -> Iterator[str]:
    for word in _words(text):
        padded = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(max(len(padded) - size + 1, 0)):
                yield padded[start : start + size]
        if len(padded) < SHORTEST + 1:
            yield padded


def _words(text: str) -> list[str]:
    """Lower case, accents kept: å and a make other words, and people type them."""
    plain = unicodedata.normalize("NFC", text.casefold())
    return "".join(each if each.isalnum() or each in "+#&" else " " for each in plain).split()
