"""Which entries of a vocabulary a free text may mean: by characters, never by meaning."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError

SHORTEST, LONGEST = 3, 5  # characters of a piece
AT_ONCE = 4096  # texts whose pieces are in memory together
Arrays = Mapping[str, np.ndarray[Any, np.dtype[Any]]]
_PARTED = re.compile(r"(?:[^\W_]|[+#&])+")


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

    Pieces that few texts have weigh more (inverse document frequency). How like its most similar
    label an entry is, and how like its most similar definition, are two signs of the same: its
    score is one less what both leave open, 1 - (1 - label) (1 - definition).

    Kept are the words of each text and the pieces of each word, never the pieces of each text:
    thousands of entries share their words.

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
        self._column: dict[str, int] = {}
        self._read(words)
        self._rarity = self._rarities()
        self._length = self._lengths()

    def beside(self, words: Sequence[Word]) -> Vocabulary:
        """With a few more entries after those that are there, whose pieces weigh as before."""
        if not words:
            return self
        more = copy(self)
        more._column = dict(self._column)
        more._read(words)
        unseen = np.full(len(more._column) - len(self._column), math.log(1 + len(self._owner)))
        more._rarity = np.concatenate([self._rarity, unseen])
        more._length = np.concatenate([self._length, more._lengths()])
        more._owner = np.concatenate([self._owner, more._owner + len(self._keys)])
        more._keys = [*self._keys, *more._keys]
        more._is_label = np.concatenate([self._is_label, more._is_label])
        more._words = sparse.csr_array(sparse.block_diag((self._words, more._words), format="csr"))
        wider = self._pieces.copy()
        wider.resize((wider.shape[0], len(more._column)))
        more._pieces = sparse.csr_array(sparse.vstack((wider, more._pieces), format="csr"))
        return more

    def arrays(self) -> dict[str, np.ndarray[Any, np.dtype[Any]]]:
        """All that was worked out, to be kept and made a vocabulary of again by `of_arrays`."""
        return {
            "keys": _letters(self._keys),
            "columns": _letters(self._column),
            "owner": self._owner.astype(np.int32),
            "is_label": self._is_label,
            "rarity": self._rarity,
            "length": self._length,
            **_parts("words", self._words),
            **_parts("pieces", self._pieces),
        }

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Vocabulary:
        """What `arrays` gave."""
        kept = cls.__new__(cls)
        kept._keys = _lines(arrays["keys"])
        kept._column = {piece: place for place, piece in enumerate(_lines(arrays["columns"]))}
        kept._owner = arrays["owner"].astype(np.int64)
        kept._is_label = arrays["is_label"]
        kept._rarity, kept._length = arrays["rarity"], arrays["length"]
        kept._words, kept._pieces = _whole("words", arrays), _whole("pieces", arrays)
        return kept

    def likely(self, text: str, *, most: int = 5) -> tuple[Likely, ...]:
        """The entries most like a text, the most alike first; none that shares no piece."""
        similar = self._similar(text)
        open_still: Floats = np.ones(len(self._keys))
        for some in (self._is_label, ~self._is_label):
            best: Floats = np.zeros(len(self._keys))
            np.maximum.at(best, self._owner[some], similar[some])
            open_still *= 1 - best
        order = np.argsort(open_still, kind="stable")[:most]
        return tuple(
            Likely(key=self._keys[place], score=1 - float(open_still[place]))
            for place in order.tolist()
            if open_still[place] < 1
        )

    def _similar(self, text: str) -> Floats:
        """Cosine of a text's weighted pieces with those of each label and definition, 0 to 1."""
        counts = Counter(piece for word in _words(text) for piece in _pieces(word))
        known = {self._column[piece]: n for piece, n in counts.items() if piece in self._column}
        asked: Floats = np.zeros(len(self._column))
        columns = np.array(list(known), dtype=np.int64)
        asked[columns] = self._rarity[columns] * np.array(list(known.values()), dtype=float)
        length = math.sqrt(float((asked**2).sum()))
        if not length:
            return np.zeros(len(self._owner))
        products = self._words @ (self._pieces @ (self._rarity * asked / length))
        similar: Floats = np.minimum(products / self._length, 1.0)
        return similar

    def _read(self, words: Sequence[Word]) -> None:
        """Take the texts apart; pieces that are new get the next columns."""
        self._keys = [word.key for word in words]
        texts = [
            (place, text, is_label)
            for place, word in enumerate(words)
            for some, is_label in ((word.labels, True), (word.means, False))
            for text in some
        ]
        self._owner: Integers = np.array([place for place, _, _ in texts])
        self._is_label = np.array([is_label for _, _, is_label in texts])
        place_of: dict[str, int] = {}
        self._words = _counted([_words(text) for _, text, _ in texts], place_of)
        self._pieces = _counted([list(_pieces(word)) for word in place_of], self._column)

    def _blocks(self) -> Iterator[tuple[slice, sparse.csr_array]]:
        """The pieces of some texts at a time."""
        for start in range(0, len(self._owner), AT_ONCE):
            rows = slice(start, start + AT_ONCE)
            yield rows, self._words[rows] @ self._pieces

    def _rarities(self) -> Floats:
        having = np.zeros(len(self._column))
        for _rows, pieces in self._blocks():
            having += np.bincount(pieces.indices, minlength=len(having))
        return np.log((1 + len(self._owner)) / (1 + having))

    def _lengths(self) -> Floats:
        lengths: Floats = np.ones(len(self._owner))
        for rows, pieces in self._blocks():
            squared = pieces.multiply(pieces) @ self._rarity**2
            lengths[rows] = np.sqrt(np.where(squared > 0, squared, 1.0))
        return lengths


def _counted(rows: Sequence[Sequence[str]], column_of: dict[str, int]) -> sparse.csr_array:
    """How often each row has each of its parts; parts get their columns as they first come."""
    columns = [column_of.setdefault(part, len(column_of)) for row in rows for part in row]
    ends = np.cumsum([0, *map(len, rows)])
    counted = sparse.csr_array(
        (np.ones(len(columns)), np.array(columns, dtype=np.int64), ends),
        shape=(len(rows), len(column_of)),
    )
    counted.sum_duplicates()
    return counted


def _pieces(word: str) -> Iterator[str]:
    padded = f" {word} "
    for size in range(SHORTEST, LONGEST + 1):
        for start in range(max(len(padded) - size + 1, 0)):
            yield padded[start : start + size]
    if len(padded) < SHORTEST + 1:
        yield padded


def _words(text: str) -> list[str]:
    """Lower case, accents kept: å and a make other words, and people type them."""
    return _PARTED.findall(unicodedata.normalize("NFC", text.casefold()))


def _letters(lines: Iterable[str]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """No key and no piece holds a line's end."""
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(letters: np.ndarray[Any, np.dtype[Any]]) -> list[str]:
    return letters.tobytes().decode().split("\n")


def _parts(name: str, counted: sparse.csr_array) -> dict[str, np.ndarray[Any, np.dtype[Any]]]:
    return {
        f"{name}.n": counted.data.astype(np.uint16),
        f"{name}.at": counted.indices.astype(np.int32),
        f"{name}.ends": counted.indptr.astype(np.int32),
        f"{name}.shape": np.array(counted.shape),
    }


def _whole(name: str, arrays: Arrays) -> sparse.csr_array:
    n, at, ends = (arrays[f"{name}.{part}"] for part in ("n", "at", "ends"))
    rows, columns = arrays[f"{name}.shape"].tolist()
    return sparse.csr_array((n.astype(float), at, ends), shape=(rows, columns))
