"""A Parquet file as a sheet: only the wanted columns are read, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from second_opinion.ingest.errors import FileError, RatingsFileError, unreadable
from second_opinion.ingest.ratings_file.arrow_columns import arrow_sheets
from second_opinion.ingest.ratings_file.sheet import Header, Sheet, joined_sheet

SUFFIXES = (".parquet", ".pq")
FORM, KIND = "Parquet", "file"
_MAGIC = b"PAR1"
_AT_ONCE = 1 << 17  # rows


def is_parquet(path: Path) -> bool:
    """Whether a file calls itself Parquet, by its name or by how it starts."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False  # whoever reads it will say why it cannot be read


def read_parquet_sheet(path: Path, *, wanted: Sequence[str], others: bool = False) -> Sheet:
    """The wanted columns; rows are counted from 1.

    Parameters
    ----------
    wanted : addresses of columns
    others : keep the other columns too, and let wanted ones be absent

    Raises
    ------
    FileError : missing, no Parquet, cut short, or pyarrow is not installed
    ColumnError, RatingsFileError
    """
    header = parquet_header(path)
    places = list(range(len(header.names))) if others else header.places(wanted)
    return joined_sheet(header, parquet_sheets(path, header, places), form=FORM, kind=KIND)


def parquet_sheets(
    path: Path, header: Header, places: Sequence[int], *, n_rows: int = _AT_ONCE
) -> Iterator[Sheet]:
    """The columns at these places, a sheet for some rows at a time.

    Raises
    ------
    FileError, RatingsFileError
    """
    batches = _batches(path, places, n_rows=n_rows)
    return arrow_sheets(header, places, batches, form=FORM, kind=KIND)


def parquet_header(path: Path) -> Header:
    """The names of the columns.

    Raises
    ------
    FileError
    RatingsFileError : there is no column
    """
    with _opened(path) as file:
        names = tuple(name.strip() for name in file.schema_arrow.names)
    if not names:
        raise RatingsFileError(
            place=str(path), found="The file is empty.", mend="Name a file with ratings."
        )
    return Header(path=str(path), row=None, names=names)


def _batches(path: Path, places: Sequence[int], *, n_rows: int) -> Iterator[list[Any]]:
    """Some rows at a time, an Arrow array for each of the places."""
    with _opened(path) as file:
        names = file.schema_arrow.names
        wanted = [names[place] for place in places]
        # a name that is there twice cannot be asked for by name
        chosen = sorted(set(wanted)) if all(names.count(name) == 1 for name in wanted) else None
        for batch in file.iter_batches(batch_size=n_rows, columns=chosen):
            if chosen is None:
                yield [batch.column(place) for place in places]
            else:
                yield [batch.column(name) for name in wanted]


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        with path.open("rb") as stream:
            is_empty = not stream.read(1)
    except OSError as fault:
        raise unreadable(str(path), fault) from fault
    if is_empty:
        raise FileError(
            place=str(path), found="The file is empty.", mend="Name a file with ratings."
        )
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ImportError as absent:
        raise FileError(
            place=str(path),
            found="Parquet files are read with pyarrow, which is not installed.",
            mend="Install it with: pip install 'second-opinion[parquet]'; or save the ratings as "
            "text (CSV).",
        ) from absent
    try:
        with ParquetFile(path) as file:
            yield file
    except (pyarrow.ArrowException, OSError) as fault:
        reason = str(fault).partition("\n")[0][:200]
        raise FileError(
            place=str(path),
            found=f"This is no Parquet file, or it is damaged ({reason}).",
            mend="Check that it is the right file, or write it again.",
        ) from fault
