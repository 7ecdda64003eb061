"""Which columns of a file hold answers, on which scale, and which way round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats
from second_opinion.engine.personality import MOST_CATEGORIES
from second_opinion.engine.ratings import Scale
from second_opinion.ingest.errors import ColumnError, OptionsError, listed, nearest, quoted
from second_opinion.ingest.ratings_file import Header, ScaleOption


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersColumns:
    """Columns as the options name them.

    items : addresses, each a column's name or its number as '#1'
    is_reversed : addresses among the items whose highest answer is least of what is measured
    person : address of the column that names people; None where rows are people without a name
    """

    items: tuple[str, ...]
    is_reversed: tuple[str, ...] = ()
    person: str | None = None

    @property
    def addresses(self) -> tuple[str, ...]:
        return (*self.items, *([] if self.person is None else [self.person]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The columns of a file that hold answers.

    names : of the columns
    is_reversed : (n_items,)
    low, high : (n_items,), ends of each item's scale
    """

    names: tuple[str, ...]
    is_reversed: NDArray[np.bool_]
    low: Floats
    high: Floats

    @property
    def n_categories(self) -> NDArray[np.int64]:
        return (self.high - self.low + 1).astype(np.int64)


def items_in(header: Header, columns: AnswersColumns, scales: Sequence[ScaleOption]) -> Items:
    """The items that the options mean in this file.

    Raises
    ------
    ColumnError : a column is not there, or named for two things
    OptionsError : an item is reversed that is none, or has no scale, two, or one that cannot be
    """
    places = [header.column(address) for address in columns.items]
    names = tuple(header.name(place) for place in places)
    _refuse_repeated(header, places, columns.person)
    turned = np.zeros(len(places), dtype=np.bool_)
    for address in columns.is_reversed:
        turned[_item(header, places, address, option="--reverse")] = True
    of_items = _scales(header, places, scales)
    return Items(
        names=names,
        is_reversed=turned,
        low=np.array([scale.low for scale in of_items]),
        high=np.array([scale.high for scale in of_items]),
    )


def _refuse_repeated(header: Header, places: list[int], person: str | None) -> None:
    every = places if person is None else [*places, header.column(person)]
    for position, place in enumerate(every):
        if place in every[:position]:
            raise ColumnError(
                place=header.path,
                found=f"Column {quoted(header.name(place))} is named for two things at once.",
                mend="Name each column once.",
            )


def _item(header: Header, places: list[int], address: str, *, option: str) -> int:
    names = [header.name(place) for place in places]
    place = header.column(address)
    if place not in places:
        raise OptionsError(
            place=f"Option {option}",
            found=f"{quoted(address)} is not among the items; they are {listed(names)}.",
            mend=f"{nearest(address, names)}Name one of these, or add it to --items.",
        )
    return places.index(place)


def _scales(header: Header, places: list[int], options: Sequence[ScaleOption]) -> list[Scale]:
    of_item: dict[int | None, Scale] = {}
    for option in options:
        _refuse_scale(option)
        item = None
        if option.criterion is not None:
            item = _item(header, places, option.criterion, option="--scale")
        if item in of_item:
            name = "All items" if item is None else quoted(header.name(places[item]))
            raise OptionsError(
                place="Option --scale",
                found=f"{name} got two scales.",
                mend="Give each item one scale.",
            )
        of_item[item] = option.scale
    found = []
    for item, place in enumerate(places):
        scale = of_item.get(item, of_item.get(None))
        if scale is None:
            name = header.name(place)
            raise OptionsError(
                place="Option --scale",
                found=f"No scale is given for {quoted(name)}.",
                mend=f"Add --scale MIN:MAX for all, or --scale {quoted(name + '=MIN:MAX')} for it.",
            )
        found.append(scale)
    return found


def _refuse_scale(option: ScaleOption) -> None:
    scale = option.scale
    is_whole = scale.low == round(scale.low) and scale.high == round(scale.high)
    if not is_whole or scale.span + 1 > MOST_CATEGORIES:
        raise OptionsError(
            place="Option --scale",
            found=f"{scale} is no scale of answers.",
            mend=f"Answers go in whole steps of 1, from lowest to highest at most "
            f"{MOST_CATEGORIES} of them, as 1:6.",
        )
