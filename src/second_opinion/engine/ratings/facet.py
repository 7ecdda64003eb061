"""One way in which ratings are grouped: who is rated, who rates, on what, when, how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Integers
from second_opinion.engine.errors import ArgumentError, UnknownNameError

Rows = Integers | NDArray[np.bool_]  # places of rows, or a claim about each
Names = Sequence[str] | Sequence[int] | NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Facet:
    """One way in which ratings are grouped: its labels, and each row's place among them.

    labels : the names, each once, in the order they are shown
    codes : (n_ratings,), index into labels
    """

    labels: tuple[str, ...]
    codes: Integers

    @classmethod
    def of(cls, names: Names | Facet, *, labels: Iterable[str] = (), called: str) -> Facet:
        """Codes for names; labels may name some that no row has, and fix the order.

        Parameters
        ----------
        names : (n_ratings,), texts or whole numbers; or a facet, whose codes are checked
        labels : names in order; without them, the order in which names appear
        called : what the names are, for a message

        Raises
        ------
        UnknownNameError : labels were given and a name is not among them
        ArgumentError : a name is neither text nor a whole number, or a code is no label's
        """
        known = LabelIndex(called, labels)
        codes = known.codes_of(names)
        return cls(labels=known.labels, codes=codes)

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def counts(self) -> Integers:
        """(n_labels,), how many rows each label has."""
        return np.bincount(self.codes, minlength=len(self.labels))

    def rows(self, chosen: Rows) -> Facet:
        """The same labels with only the chosen rows."""
        return Facet(self.labels, self.codes[chosen])


@dataclass(slots=True)
class LabelIndex:
    """The labels of a facet and their codes, growing with every block of names.

    called : what the names are, for a message
    given : labels that were fixed beforehand; when there are any, no other is taken
    """

    called: str
    given: Iterable[str] = ()
    _code: dict[str | int, int] = field(default_factory=dict, init=False)
    _labels: dict[str, int] = field(default_factory=dict, init=False)
    _closed: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        for label in self.given:
            self._learn(label)
        self._closed = bool(self._labels)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self._labels)

    def codes_of(self, names: Names | Facet) -> Integers:
        """(n_ratings,), each name's code; new names become labels.

        Raises
        ------
        UnknownNameError, ArgumentError : as Facet.of
        """
        if isinstance(names, Facet):
            _require_labelled(names, called=self.called)
            return self._codes_of_list(list(names.labels))[names.codes]
        if isinstance(names, np.ndarray) and names.ndim == 1 and names.dtype.kind in "iu":
            numbers, place = _distinct(names)
            return self._codes_of_list(numbers)[place]
        return self._codes_of_list(_as_list(names, called=self.called))

    def _codes_of_list(self, names: list[str | int]) -> Integers:
        # dict.fromkeys and map run at the speed of C: no loop over rows in Python
        for name in dict.fromkeys(names):
            if name not in self._code:
                self._learn(name)
        return np.fromiter(map(self._code.__getitem__, names), dtype=np.int64, count=len(names))

    def _learn(self, name: object) -> None:
        if not isinstance(name, str | int):
            raise ArgumentError(
                f"{name!r} cannot name one of the {self.called}; a name is a text or a whole "
                "number."
            )
        label = str(name)
        if self._closed and label not in self._labels:
            raise UnknownNameError(
                f"{label!r} is not among the {self.called}; known are "
                f"{', '.join(map(repr, self._labels))}."
            )
        self._code[name] = self._labels.setdefault(label, len(self._labels))


def _as_list(names: Names, *, called: str) -> list[str | int]:
    if isinstance(names, np.ndarray):
        if names.ndim != 1:
            raise ArgumentError(
                f"The {called} must be one-dimensional, a name for each rating; got "
                f"{names.ndim} dimensions."
            )
        as_python: list[str | int] = names.tolist()
        return as_python
    return list(names)


def _distinct(numbers: NDArray[np.generic]) -> tuple[list[str | int], Integers]:
    """The different numbers in the order in which they appear, and each one's place there."""
    sorted_numbers, first, place = np.unique(numbers, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return sorted_numbers[order].tolist(), rank[place]


def _require_labelled(facet: Facet, *, called: str) -> None:
    if len(set(facet.labels)) < len(facet.labels):
        twice = next(_repeated(facet.labels))
        raise ArgumentError(f"The label {twice!r} stands twice among the {called}.")
    codes = facet.codes
    if len(codes) and not (codes.min() >= 0 and codes.max() < len(facet.labels)):
        raise ArgumentError(
            f"The codes of the {called} must be from 0 to {len(facet.labels) - 1}, one for each "
            f"label; got {codes.min()} to {codes.max()}."
        )


def _repeated(labels: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for label in labels:
        if label in seen:
            yield label
        seen.add(label)
