"""A sheet out of Arrow arrays; whole numbers stay exact, as texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from second_opinion.engine.arrays import Integers
from second_opinion.ingest.errors import RatingsFileError, quoted
from second_opinion.ingest.ratings_file.sheet import Header, Sheet
from second_opinion.ingest.ratings_file.values import Column, NumberColumn, TextColumn, TextIndex


def arrow_sheets(
    header: Header,
    places: Sequence[int],
    batches: Iterable[Sequence[Any]],
    *,
    form: str,
    kind: str,
) -> Iterator[Sheet]:
    """A sheet of each batch, which has an Arrow array for each of the places.

    Raises
    ------
    RatingsFileError : a column holds text that is not UTF-8
    """
    first = 1
    for batch in batches:
        n_rows = len(batch[0])
        yield Sheet(
            header=header,
            form=form,
            kind=kind,
            rows=np.arange(first, first + n_rows),
            columns={
                place: _column(array, header=header, place=place)
                for place, array in zip(places, batch, strict=True)
            },
        )
        first += n_rows


def _column(array: Any, *, header: Header, place: int) -> Column:  # noqa: ANN401  no types
    import pyarrow

    if pyarrow.types.is_floating(array.type):
        return NumberColumn.of(
            array.to_numpy(zero_copy_only=False).astype(np.float64),
            missing=array.is_null().to_numpy(zero_copy_only=False),
        )
    index = TextIndex(nan_is_missing=False)
    try:
        codes = _codes(array, index)
    except UnicodeDecodeError as fault:
        raise RatingsFileError(
            place=f"{header.path}, column {quoted(header.name(place))}",
            found="There is text that is not UTF-8.",
            mend="Write it again as text in UTF-8.",
        ) from fault
    return TextColumn(index.texts, codes)


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
