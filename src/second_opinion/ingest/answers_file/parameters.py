"""Item parameters out of an answer of `questionnaire analyse`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import AnswersError
from second_opinion.engine.personality import GradedItems
from second_opinion.ingest.errors import ItemParametersError, listed, nearest, quoted
from second_opinion.ingest.text_file import text_of

SCHEMA = "second-opinion/questionnaire/1"
_LARGEST = 500_000_000  # bytes; an answer that lists a million people takes a hundred


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemParameters:
    """Items whose parameters are known.

    names, is_reversed : (n_items,)
    discrimination, discrimination_error : (n_items,); errors NaN where the file has none
    thresholds, threshold_errors : by item; NaN where the file has null
    """

    path: str
    names: tuple[str, ...]
    is_reversed: tuple[bool, ...]
    discrimination: Floats
    discrimination_error: Floats
    thresholds: tuple[tuple[float, ...], ...]
    threshold_errors: tuple[tuple[float, ...], ...]

    def chosen(self, names: tuple[str, ...]) -> ItemParameters:
        """These items, in this order.

        Raises
        ------
        ItemParametersError : an item is not among them
        """
        for name in names:
            if name not in self.names:
                raise ItemParametersError(
                    place=self.path,
                    found=f"There are no parameters for {quoted(name)}; there are for "
                    f"{listed(self.names)}.",
                    mend=f"{nearest(name, self.names)}Name only items of the file in --items.",
                )
        places = [self.names.index(name) for name in names]
        return ItemParameters(
            path=self.path,
            names=names,
            is_reversed=tuple(self.is_reversed[place] for place in places),
            discrimination=self.discrimination[places],
            discrimination_error=self.discrimination_error[places],
            thresholds=tuple(self.thresholds[place] for place in places),
            threshold_errors=tuple(self.threshold_errors[place] for place in places),
        )

    def items(self, n_categories: Integers) -> GradedItems:
        """The items for the engine.

        Raises
        ------
        ItemParametersError : another number of thresholds than the scale has steps, or parameters
            that cannot be
        """
        most = max(map(len, self.thresholds))
        threshold = np.full((len(self.names), most), np.nan)
        for item, (name, row) in enumerate(zip(self.names, self.thresholds, strict=True)):
            if len(row) != n_categories[item] - 1:
                raise ItemParametersError(
                    place=f"{self.path}, item {quoted(name)}",
                    found=f"It has {len(row)} thresholds where its scale of {n_categories[item]} "
                    f"answers needs {n_categories[item] - 1}.",
                    mend="Give --scale as it was when the parameters were estimated.",
                )
            threshold[item, : len(row)] = row
        try:
            return GradedItems.of(self.discrimination, threshold, n_categories=n_categories)
        except AnswersError as fault:
            raise ItemParametersError(
                place=self.path, found=str(fault), mend="Correct the file, or estimate anew."
            ) from fault


def read_item_parameters(path: Path) -> ItemParameters:
    """The items of a JSON file of the schema second-opinion/questionnaire/1.

    Raises
    ------
    FileError, ItemParametersError
    """
    place = str(path)
    try:
        body = json.loads(text_of(path, largest=_LARGEST))
    except json.JSONDecodeError as fault:
        raise ItemParametersError(
            place=f"{place}, line {fault.lineno}",
            found=f"This is no JSON ({fault.msg}).",
            mend="Name a file that --json has written.",
        ) from fault
    schema = body.get("schema") if isinstance(body, dict) else None
    if schema != SCHEMA:
        raise ItemParametersError(
            place=f"{place}, field 'schema'",
            found=f"It should be {quoted(SCHEMA)}; it is "
            f"{'missing' if schema is None else quoted(str(schema))}.",
            mend="Name a file that questionnaire analyse --json has written.",
        )
    entries = body.get("items")
    if not isinstance(entries, list) or not entries:
        raise _wrong(f"{place}, field 'items'", "There is no list of items.")
    items = [_Entry(f"{place}, items[{number}]", entry) for number, entry in enumerate(entries)]
    names = tuple(item.text("item") for item in items)
    for number, name in enumerate(names):
        if name in names[:number]:
            raise _wrong(f"{place}, items[{number}].item", f"{quoted(name)} is there twice.")
    errors = [item.errors() for item in items]
    return ItemParameters(
        path=place,
        names=names,
        is_reversed=tuple(item.truth("reversed") for item in items),
        discrimination=np.array([item.number("discrimination") for item in items]),
        discrimination_error=np.array([slope for slope, _ in errors]),
        thresholds=tuple(item.numbers("thresholds") for item in items),
        threshold_errors=tuple(steps for _, steps in errors),
    )


class _Entry:
    """One object of the file, whose fields are read with their place."""

    def __init__(self, place: str, entry: object) -> None:
        if not isinstance(entry, Mapping):
            raise _wrong(place, "This is no object.")
        self._place, self._entry = place, entry

    def text(self, key: str) -> str:
        value = self._entry.get(key)
        if not isinstance(value, str) or not value:
            raise self._fault(key, "a name")
        return value

    def truth(self, key: str) -> bool:
        value = self._entry.get(key)
        if not isinstance(value, bool):
            raise self._fault(key, "true or false")
        return value

    def number(self, key: str) -> float:
        value = self._entry.get(key)
        if not _is_number(value):
            raise self._fault(key, "a number")
        return float(value)  # type: ignore[arg-type]  # just looked at

    def numbers(self, key: str) -> tuple[float, ...]:
        value = self._entry.get(key)
        if not isinstance(value, list) or not all(one is None or _is_number(one) for one in value):
            raise self._fault(key, "a list of numbers, or null where a step was not estimated")
        return tuple(math.nan if one is None else float(one) for one in value)

    def errors(self) -> tuple[float, tuple[float, ...]]:
        value = self._entry.get("standard_errors")
        if value is None:
            return math.nan, ()
        inside = _Entry(f"{self._place}.standard_errors", value)
        known = inside._entry.get("discrimination") is not None
        return (
            inside.number("discrimination") if known else math.nan,
            inside.numbers("thresholds"),
        )

    def _fault(self, key: str, needed: str) -> ItemParametersError:
        value = self._entry.get(key)
        found = "nothing" if value is None else quoted(json.dumps(value, ensure_ascii=False))
        return _wrong(f"{self._place}.{key}", f"It should be {needed}; it is {found}.")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _wrong(place: str, found: str) -> ItemParametersError:
    return ItemParametersError(
        place=place, found=found, mend="Correct the file, or let --json write it anew."
    )
