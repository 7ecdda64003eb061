"""A sheet out of Arrow arrays, batch by batch; whole numbers stay exact, as texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.ingest.errors import RatingsFileError, quoted
from second_opinion.ingest.ratings_file.sheet import Header, Sheet
from second_opinion.ingest.ratings_file.values import (
    Booleans,
    Column,
    NumberColumn,
    TextColumn,
    TextIndex,
)


def arrow_sheet(
    header: Header,
    places: Sequence[int],
    batches: Iterable[Sequence[Any]],
    *,
    form: str,
    kind: str,
    first_row: int = 1,
) -> Sheet:
    """The sheet of batches, each with an Arrow array for each of the places.

    Raises
    ------
    RatingsFileError : a column holds text that is not UTF-8
    """
    columns = {place: _ArrowColumn() for place in places}
    n_rows = 0
    for batch in batches:
        for (place, column), array in zip(columns.items(), batch, strict=True):
            try:
                column.take(array)
            except UnicodeDecodeError as fault:
                raise RatingsFileError(
                    place=f"{header.path}, column {quoted(header.name(place))}",
                    found="There is text that is not UTF-8.",
                    mend="Write it again as text in UTF-8.",
                ) from fault
        n_rows += len(batch[0])
    return Sheet(
        header=header,
        form=form,
        kind=kind,
        rows=np.arange(first_row, first_row + n_rows),
        columns={place: column.column() for place, column in columns.items()},
    )


@dataclass(slots=True)
class _ArrowColumn:
    """One column that grows with every batch: floating-point numbers, or all else as texts."""

    values: list[Floats] = field(default_factory=list)
    missing: list[Booleans] = field(default_factory=list)
    index: TextIndex = field(default_factory=lambda: TextIndex(nan_is_missing=False))
    codes: list[Integers] = field(default_factory=list)

    def take(self, array: Any) -> None:  # noqa: ANN401  pyarrow has no types
        import pyarrow

        if pyarrow.types.is_floating(array.type):
            self.values.append(array.to_numpy(zero_copy_only=False).astype(np.float64))
            self.missing.append(array.is_null().to_numpy(zero_copy_only=False))
        else:
            self.codes.append(_codes(array, self.index))

    def column(self) -> Column:
        if self.values:
            return NumberColumn.of(
                np.concatenate(self.values), missing=np.concatenate(self.missing)
            )
        codes = np.concatenate([*self.codes, np.zeros(0, dtype=np.int64)])
        return TextColumn(self.index.texts, codes)


def _codes(array: Any, index: TextIndex) -> Integers:  # noqa: ANN401  pyarrow has no types
    import pyarrow

    if pyarrow.types.is_temporal(array.type):
        array = array.cast(pyarrow.string())
    if not pyarrow.types.is_dictionary(array.type):
        try:
            array = array.dictionary_encode()
        except pyarrow.ArrowNotImplementedError:  # lists and the like, which nothing should hold
            return index.codes_of([str(cell) for cell in array.to_pylist()])
    codes = index.codes_of(array.dictionary.to_pylist())
    nothing = array.indices.is_null().to_numpy(zero_copy_only=False)
    if not nothing.any():
        every: Integers = codes[array.indices.to_numpy()]
        return every
    code_of_nothing = index.codes_of([None])[0]
    codes = np.append(codes, code_of_nothing)  # also where the dictionary is empty
    filled = array.indices.fill_null(0).to_numpy()
    some: Integers = np.where(nothing, code_of_nothing, codes[filled])
    return some
