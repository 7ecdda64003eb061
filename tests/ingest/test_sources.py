"""Whatever holds the ratings, the same table comes out of it, and the same sentence for a fault."""

import contextlib
import csv
import dataclasses
import datetime
import decimal
import math
import sqlite3
import sys

import numpy as np
import pandas
import polars
import pyarrow
import pytest
from pyarrow import parquet
from ratings_samples import LONG, WIDE, triples

from second_opinion.engine.ratings import Scale
from second_opinion.ingest.cursor import read_ratings_cursor
from second_opinion.ingest.dataframe import read_ratings_dataframe
from second_opinion.ingest.errors import (
    ColumnError,
    FileError,
    IngestError,
    OptionsError,
    RatingsFileError,
    RefusedRowsError,
)
from second_opinion.ingest.ratings_file import (
    AssessorsColumns,
    read_ratings_file,
    scale_options,
)

NAMES = ("name", "by", "on", "points", "when", "n")
ONE_TO_FIVE = Scale(1, 5)
GOOD = [
    ("Kim", "Ada", "Lead", 4.0, "May", 1.0),
    ("Kim", "Bo", "Lead", 2.5, "May", 2.0),
    ("Åsa", "Ada", "Count", 1.0, "June", 0.5),
]


class Source:
    """One way to hold rows; whether it can hold a text where others have numbers."""

    def __init__(self, name, hold, read, *, mixes=True, counts_from=1):
        self.name, self.hold, self.read = name, hold, read
        self.mixes, self.counts_from = mixes, counts_from


def columns_of(rows, names=NAMES):
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)) if rows else {
        name: [] for name in names
    }  # fmt: skip


def hold_csv(rows, folder, names=NAMES):
    path = folder / "ratings.csv"
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([names, *rows])
    return path


def hold_parquet(rows, folder, names=NAMES):
    path = folder / "ratings.parquet"
    parquet.write_table(pyarrow.table(columns_of(rows, names)), path, row_group_size=2)
    return path


def hold_sqlite(rows, folder, names=NAMES):
    connection = sqlite3.connect(":memory:")
    listed = ", ".join(f'"{name}"' for name in names)
    connection.execute(f"create table ratings ({listed})")
    places = ", ".join("?" for _ in names)
    connection.executemany(f"insert into ratings values ({places})", rows)
    return connection.execute("select * from ratings")


def file(path, **options):
    return read_ratings_file(path, **options, scales=scale_options(ONE_TO_FIVE))


def frame(held, **options):
    return read_ratings_dataframe(held, **options, scales=ONE_TO_FIVE)


def cursor(held, **options):
    with contextlib.closing(held.connection):
        return read_ratings_cursor(held, **options, scales=ONE_TO_FIVE)


SOURCES = [
    Source("csv", hold_csv, file, counts_from=2),
    Source("parquet", hold_parquet, file, mixes=False),
    Source("pandas", lambda rows, _: pandas.DataFrame(columns_of(rows)), frame),
    Source("polars", lambda rows, _: polars.DataFrame(columns_of(rows)), frame, mixes=False),
    Source("arrow", lambda rows, _: pyarrow.table(columns_of(rows)), frame, mixes=False),
    Source("lists", lambda rows, _: columns_of(rows), frame),
    Source(
        "arrays",
        lambda rows, _: {name: np.array(cells) for name, cells in columns_of(rows).items()},
        frame,
        mixes=False,
    ),
    Source("cursor", hold_sqlite, cursor),
]


@pytest.fixture(params=SOURCES, ids=lambda source: source.name)
def source(request):
    return request.param


def with_row(*changes):
    """The good rows and a last one, changed in some columns."""
    last = dict(zip(NAMES, ("Li", "Bo", "Lead", 3.0, "May", 1.0), strict=True)) | dict(changes)
    return [*GOOD, tuple(last.values())]


def test_the_same_table_comes_out(source, tmp_path):
    columns = dataclasses.replace(LONG, facets=("when",), weight="n")

    read = source.read(source.hold(GOOD, tmp_path), columns=columns)

    assert triples(read) == {(*row[:3],): row[3] for row in GOOD}
    assert read.ratings.further["when"].labels == ("May", "June")
    assert read.ratings.weight.tolist() == [1, 2, 0.5]
    assert "3 rows read" in read.understood


def test_whole_numbers_are_names_to_the_last_digit(source, tmp_path):
    number = 2**60 + 1
    rows = [(number, 837, "Lead", 4.0, "May", 1.0), (number + 1, 837, "Lead", 3.0, "May", 1.0)]

    read = source.read(source.hold(rows, tmp_path), columns=LONG)

    assert read.ratings.candidate.labels == (str(number), str(number + 1))
    assert read.ratings.assessor.labels == ("837",)


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("points", 5.5, "5.5 is outside the scale 1 to 5."),
        ("points", 0.0, "0 is outside the scale 1 to 5."),
        ("points", math.inf, "'inf' is not a number; leave the cell empty if there is none."),
        ("points", -math.inf, "'-inf' is not a number; leave the cell empty if there is none."),
        ("n", 0.0, "0 cannot be a weight; a weight is above 0."),
        ("n", math.inf, "'inf' is not a number; leave the cell empty if there is none."),
        ("name", "", "The cell is empty; each score needs its candidate."),
        ("by", "", "The cell is empty; each score needs its assessor."),
        ("by", "NA", "The cell holds NA, which stands for a missing name; each score needs its "
         "assessor."),
        ("on", " ", "The cell is empty; each score needs its criterion."),
        ("when", "", "The cell is empty; each score needs its when."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_is_refused_in_the_same_words(
    source, tmp_path, column, cell, reason
):
    columns = dataclasses.replace(LONG, facets=("when",), weight="n")
    held = source.hold(with_row((column, cell)), tmp_path)

    with pytest.raises(RefusedRowsError) as refused:
        source.read(held, columns=columns)

    (only,) = refused.value.refused
    assert (only.row, only.column, only.reason) == (source.counts_from + 3, f"'{column}'", reason)
    assert str(refused.value).endswith("Nothing was done.")


def test_a_second_rating_of_the_same_is_refused_in_the_same_words(source, tmp_path):
    held = source.hold(with_row(("name", "Kim"), ("by", "Ada")), tmp_path)

    with pytest.raises(RefusedRowsError) as refused:
        source.read(held, columns=LONG)

    (only,) = refused.value.refused
    assert only.reason == (
        f"Assessor 'Ada' has rated candidate 'Kim' on 'Lead' already, on row {source.counts_from}."
    )


@pytest.mark.parametrize("text", ["high", "4 points", "1_0", "٣"])
@pytest.mark.parametrize(
    "source",
    [source for source in SOURCES if source.mixes],  # elsewhere a column is of one kind
    ids=lambda source: source.name,
)
def test_text_among_scores_is_refused_where_it_can_stand(source, tmp_path, text):
    held = source.hold(with_row(("points", text)), tmp_path)

    with pytest.raises(RefusedRowsError) as refused:
        source.read(held, columns=LONG)

    assert [row.reason for row in refused.value.refused] == [
        f"'{text}' is not a number; leave the cell empty if there is none."
    ]


def test_scores_as_texts_are_read_as_from_a_file(source, tmp_path):
    rows = [(*row[:3], text, *row[4:]) for row, text in zip(GOOD, ("4", "2,5", "1"), strict=True)]

    assert source.read(source.hold(rows, tmp_path), columns=LONG).ratings.score.tolist() == [
        4, 2.5, 1
    ]  # fmt: skip


def test_mixed_decimal_marks_are_refused_naming_one_of_each(source, tmp_path):
    rows = [(*row[:3], text, *row[4:]) for row, text in zip(GOOD, ("4", "2,5", "1.5"), strict=True)]

    with pytest.raises(RatingsFileError, match=r"has '1\.5', but row \d, column 'points' has"):
        source.read(source.hold(rows, tmp_path), columns=LONG)


def test_refused_rows_are_left_out_where_that_is_asked_for(source, tmp_path):
    held = source.hold(with_row(("points", 9.0)), tmp_path)

    read = source.read(held, columns=LONG, skip_refused=True)

    assert len(read.ratings) == 3
    assert [row.row for row in read.refused] == [source.counts_from + 3]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (dataclasses.replace(LONG, score="point"), "There is no column 'point'. The columns are"),
        (dataclasses.replace(LONG, score="point"), "Did you mean 'points'?"),
        (dataclasses.replace(LONG, criterion="by"), "Column 'by' is named for two things at once."),
        (AssessorsColumns(candidate="#9", assessors=("points",)), "There is no column '#9'."),
    ],
)
def test_columns_that_are_none_are_refused_in_the_same_words(source, tmp_path, columns, words):
    with pytest.raises(ColumnError) as refused:
        source.read(source.hold(GOOD, tmp_path), columns=columns)

    assert words in str(refused.value)


def test_columns_may_be_addressed_by_their_number(source, tmp_path):
    columns = dataclasses.replace(LONG, candidate="#1", score="#4")

    assert len(source.read(source.hold(GOOD, tmp_path), columns=columns).ratings) == 3


def test_no_rows_are_refused(source, tmp_path):
    with pytest.raises(RatingsFileError, match="There is not a single score in 'points'"):
        source.read(source.hold([], tmp_path), columns=LONG)


# What is missing


@pytest.mark.parametrize("nothing", [None, math.nan, pandas.NA, pandas.NaT])
def test_pandas_writes_what_is_missing_in_many_ways(nothing):
    held = pandas.DataFrame({"name": ["Kim", "Li"], "by": ["Ada", nothing], "Lead": [4, nothing]})
    columns = dataclasses.replace(WIDE, scores=("Lead",))

    read = frame(held, columns=columns)

    assert read.without_ratings == ("Li",)


@pytest.mark.parametrize("kind", ["Int64", "Float64", "float32", "category", "object"])
def test_kinds_of_pandas_columns_make_no_difference(kind):
    held = pandas.DataFrame(columns_of(GOOD[:1] * 2)).assign(name=["Kim", "Li"])
    held["points"] = pandas.Series([4, 5]).astype(kind)
    held["by"] = held["by"].astype("category")

    assert frame(held, columns=LONG).ratings.score.tolist() == [4, 5]


@pytest.mark.parametrize("hold", [polars.DataFrame, pyarrow.table])
def test_null_is_missing_and_not_a_number_is_refused(hold):
    held = hold({"name": ["Kim", "Li", "Mo"], "by": ["Ada"] * 3, "Lead": [4.0, None, math.nan]})
    columns = dataclasses.replace(WIDE, scores=("Lead",))

    with pytest.raises(RefusedRowsError) as refused:
        frame(held, columns=columns)

    (only,) = refused.value.refused
    assert (only.row, only.reason[:21]) == (3, "'nan' is not a number")


def test_null_of_a_query_is_missing():
    held = hold_sqlite([("Kim", "Ada", 4), ("Li", None, None)], None, names=("name", "by", "Lead"))

    read = cursor(held, columns=dataclasses.replace(WIDE, scores=("Lead",)))

    assert read.without_ratings == ("Li",)


# Dataframes


@pytest.mark.parametrize("dictionary", [False, True])
def test_arrow_texts_may_be_kept_as_codes_with_gaps(dictionary):
    names = pyarrow.array(["Kim", None, "Li", "Kim"])
    names = names.dictionary_encode() if dictionary else names
    held = pyarrow.table(
        {"name": names, "by": ["Ada", "Ada", "Ada", "Bo"], "Lead": [1, None, 2, 3]}
    )

    with pytest.raises(RefusedRowsError, match="row 2, column 'name': The cell is empty"):
        frame(held, columns=dataclasses.replace(WIDE, scores=("Lead",)))


def test_names_may_be_of_any_kind():
    held = pyarrow.table(
        {
            "name": [datetime.date(2026, 5, 1), datetime.date(2026, 5, 2)],
            "by": [decimal.Decimal("837.00"), decimal.Decimal("1.50")],
            "on": [True, False],
            "points": [decimal.Decimal("4.00"), decimal.Decimal("2.50")],
            "when": [["a"], ["b"]],
        }
    )

    table = frame(held, columns=dataclasses.replace(LONG, facets=("when",))).ratings

    assert table.candidate.labels[0].startswith("2026-05-01")
    assert table.assessor.labels == ("837", "1.50")
    assert table.score.tolist() == [4, 2.5]
    assert len(table.further["when"]) == 2


def test_columns_of_any_kind_without_arrow(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    held = pandas.DataFrame(
        {
            "name": pandas.to_datetime(["2026-05-01", "2026-05-02"]),
            "by": [837.0, 5.0],
            "on": [True, False],
            "points": [4, 5],
            "when": [["a"], ["b"]],
        }
    )

    table = frame(held, columns=dataclasses.replace(LONG, facets=("when",))).ratings

    assert table.candidate.labels[0].startswith("2026-05-01")
    assert table.assessor.labels == ("837", "5")
    assert table.criterion.labels == ("True", "False")


def test_polars_is_read_without_arrow_too(monkeypatch):
    held = polars.DataFrame(columns_of(GOOD))
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    assert len(frame(held, columns=LONG).ratings) == 3


def test_truth_is_no_score():
    held = {"name": ["Kim"], "by": ["Ada"], "Lead": [True]}

    with pytest.raises(RefusedRowsError, match="'True' is not a number"):
        frame(held, columns=dataclasses.replace(WIDE, scores=("Lead",)))


def test_pandas_columns_of_one_name_are_told_apart_by_number():
    held = pandas.DataFrame([["Kim", "Ada", 4, 2]], columns=["name", "by", "Lead", "Lead"])

    with pytest.raises(ColumnError, match="by its number, #3 and #4"):
        frame(held, columns=dataclasses.replace(WIDE, scores=("Lead",)))
    assert len(frame(held, columns=dataclasses.replace(WIDE, scores=("#3", "#4"))).ratings) == 2


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ([1, 2], "A list has no columns by name."),
        (None, "A NoneType has no columns by name."),
        ({}, "The dataframe is empty."),
        ({"name": ["Kim"], "by": ["Ada", "Bo"], "Lead": [1]}, "It has 2 cells where 'name' has 1."),
        ({"name": ["Kim"], "by": ["Ada"], "Lead": [[1]]}, "The column has 2 dimensions."),
    ],
)
def test_what_is_no_dataframe_is_refused(held, words):
    with pytest.raises(RatingsFileError) as refused:
        frame(held, columns=dataclasses.replace(WIDE, scores=("Lead",)))

    assert words in str(refused.value)


def test_scales_may_be_given_by_criterion():
    held = {"name": ["Kim"], "by": ["Ada"], "Lead": [4], "Count": [9]}

    read = read_ratings_dataframe(
        held, columns=WIDE, scales={"Lead": Scale(1, 5), "Count": Scale(0, 10)}
    )

    assert read.ratings.scales == (Scale(1, 5), Scale(0, 10))
    with pytest.raises(OptionsError, match="No scale is given for 'Count'"):
        read_ratings_dataframe(held, columns=WIDE, scales={"Lead": Scale(1, 5)})


# Parquet


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"name,by\nKim,Ada\n", "This is no Parquet file, or it is damaged"),
        (b"PAR1" + b"\x00" * 100, "This is no Parquet file, or it is damaged"),
        (bytes(range(256)) * 10, "This is no Parquet file, or it is damaged"),
    ],
)
def test_what_is_no_parquet_is_refused(tmp_path, content, words):
    path = tmp_path / "ratings.parquet"
    path.write_bytes(content)

    with pytest.raises(FileError) as refused:
        file(path, columns=LONG)

    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_parquet_that_is_damaged_in_the_middle_or_cut_short_is_refused_or_read(tmp_path):
    path = hold_parquet(GOOD * 200, tmp_path)
    content = path.read_bytes()
    damaged = [content[:cut] for cut in range(0, len(content), 997)]
    damaged += [content[:at] + b"\xff" * 20 + content[at + 20 :] for at in range(4, 3000, 211)]
    for one in damaged:
        path.write_bytes(one)
        try:
            file(path, columns=LONG, skip_refused=True)
        except IngestError as refused:
            assert str(refused).endswith("Nothing was done.")  # noqa: PT017  reading is fine too


def test_parquet_under_another_name_is_known_by_its_first_bytes(tmp_path):
    path = hold_parquet(GOOD, tmp_path).rename(tmp_path / "ratings.dat")

    assert len(file(path, columns=LONG).ratings) == 3


@pytest.mark.parametrize("suffix", ["parquet", "PQ"])
def test_missing_parquet_file_and_folder_are_refused(tmp_path, suffix):
    with pytest.raises(FileError, match="There is no such file"):
        file(tmp_path / f"no.{suffix}", columns=LONG)
    (tmp_path / f"folder.{suffix}").mkdir()
    with pytest.raises(FileError, match="This is a folder, not a file"):
        file(tmp_path / f"folder.{suffix}", columns=LONG)


def test_parquet_without_pyarrow_says_how_to_get_it(tmp_path, monkeypatch):
    path = hold_parquet(GOOD, tmp_path)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    with pytest.raises(FileError, match=r"pip install 'second-opinion\[parquet\]'"):
        file(path, columns=LONG)


def test_parquet_columns_of_one_name_are_told_apart_by_number(tmp_path):
    path = tmp_path / "ratings.parquet"
    columns = [["Kim"], ["Ada"], [4.0], [2.0]]
    parquet.write_table(pyarrow.table(columns, names=["name", "by", "Lead", "Lead"]), path)

    with pytest.raises(ColumnError, match="by its number, #3 and #4"):
        file(path, columns=dataclasses.replace(WIDE, scores=("Lead",)))
    assert len(file(path, columns=dataclasses.replace(WIDE, scores=("#3", "#4"))).ratings) == 2


def test_parquet_text_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "ratings.parquet"
    offsets = pyarrow.array([0, 2], pyarrow.int32()).buffers()[1]
    bad = pyarrow.StringArray.from_buffers(1, offsets, pyarrow.py_buffer(b"\xff\xfe"))
    parquet.write_table(pyarrow.table({"name": bad, "by": ["Ada"], "Lead": [4]}), path)

    with pytest.raises(IngestError, match="text that is not UTF-8"):
        file(path, columns=dataclasses.replace(WIDE, scores=("Lead",)))


# Cursors


def test_a_cursor_without_a_query_is_refused():
    connection = sqlite3.connect(":memory:")

    with pytest.raises(RatingsFileError, match="The cursor has no rows to fetch"):
        cursor(connection.cursor(), columns=LONG)


def test_rows_may_be_fetched_as_mappings():
    class Mappings:
        description = [(name, None) for name in NAMES]

        def __init__(self):
            self.rows = [dict(zip(NAMES, row, strict=True)) for row in GOOD]

        def fetchmany(self, size):
            fetched, self.rows = self.rows[:2], self.rows[2:]
            return fetched

    read = read_ratings_cursor(Mappings(), columns=LONG, scales=ONE_TO_FIVE)

    assert triples(read) == {(*row[:3],): row[3] for row in GOOD}


def test_not_a_number_of_a_database_is_refused():
    class Cursor:
        description = [("name",), ("by",), ("Lead",)]
        rows = [("Kim", "Ada", decimal.Decimal("NaN")), ("Li", "Ada", math.nan)]

        def fetchmany(self, size):
            fetched, self.rows = self.rows, []
            return fetched

    with pytest.raises(RefusedRowsError) as refused:
        read_ratings_cursor(
            Cursor(), columns=dataclasses.replace(WIDE, scores=("Lead",)), scales=ONE_TO_FIVE
        )

    assert [row.reason[:21].casefold() for row in refused.value.refused] == [
        "'nan' is not a number"
    ] * 2
