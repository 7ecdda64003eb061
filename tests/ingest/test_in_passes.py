"""Ratings gone through in passes: the same rows as at once, and no candidate cut in two."""

import contextlib
import dataclasses
import sqlite3
import tempfile
from pathlib import Path

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from ratings_samples import LONG, WIDE

from second_opinion.engine.ratings import Scale
from second_opinion.ingest.errors import ColumnError, FileError, OptionsError, RefusedRowsError
from second_opinion.ingest.in_passes import parquet_in_passes, query_in_passes
from second_opinion.ingest.ratings_file import AssessorsColumns

SCALE = Scale(1, 5)
NAMES = ("name", "by", "on", "points", "n")
COLUMNS = dataclasses.replace(LONG, weight="n")


@contextlib.contextmanager
def parquet_of(rows, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.parquet"
        parquet.write_table(
            pyarrow.table(dict(zip(NAMES, map(list, zip(*rows, strict=True)), strict=True))),
            path,
            row_group_size=7,
        )
        yield parquet_in_passes(path, **{"columns": COLUMNS, "scales": SCALE, **options})


@contextlib.contextmanager
def query_of(rows, **options):
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table ratings (name, by, 'on', points, n)")
        connection.executemany("insert into ratings values (?, ?, ?, ?, ?)", rows)
        yield query_in_passes(
            lambda: connection.execute("select * from ratings"),
            **{"columns": COLUMNS, "scales": SCALE, **options},
        )


SOURCES = pytest.mark.parametrize("source", [parquet_of, query_of])

tables = st.lists(
    st.tuples(
        st.sampled_from("ABCDEFGH"),
        st.sampled_from("XYZ"),
        st.sampled_from("pq"),
        st.sampled_from((1.0, 2.5, 5.0)),
        st.sampled_from((0.5, 1.0)),
    ),
    min_size=1,
    unique_by=lambda row: row[:3],
).map(sorted)


def rows_of(table):
    labels = (table.candidate, table.assessor, table.criterion)
    return [
        (
            *(facet.labels[facet.codes[row]] for facet in labels),
            float(table.score[row]),
            float(table.weight[row]),
        )
        for row in range(len(table))
    ]


@SOURCES
@settings(max_examples=15)
@given(rows=tables, at_once=st.integers(1, 12))
def test_all_rows_come_in_every_pass_and_no_candidate_is_cut(source, rows, at_once):
    with source(rows, at_once=at_once) as passes:
        first, second = list(passes), list(passes)

    assert [row for table in first for row in rows_of(table)] == rows
    assert [rows_of(table) for table in first] == [rows_of(table) for table in second]
    named = [label for table in first for label in table.candidate.labels]
    assert len(named) == len(set(named))


GOOD = [(f"c{number // 2}", "XY"[number % 2], "p", 3.0, 1.0) for number in range(20)]


@SOURCES
@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("c9", "Z", "p", 7.0, 1.0), "row 21, column 'points': 7 is outside the scale 1 to 5."),
        (("c9", "Z", "p", float("inf"), 1.0), "row 21, column 'points': 'inf' is not a number"),
        (("c9", "Z", "p", 3.0, 0.0), "row 21, column 'n': 0 cannot be a weight"),
        (("c9", "", "p", 3.0, 1.0), "row 21, column 'by': The cell is empty"),
        (("c9", "X", "p", 2.0, 1.0), "row 21, column 'points': Assessor 'X' has rated candidate "
         "'c9' on 'p' already, on row 19."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_ends_the_pass_with_its_sentence(source, row, words):
    with source([*GOOD, row], at_once=6) as passes, pytest.raises(RefusedRowsError) as refused:
        list(passes)

    assert words in str(refused.value)


@SOURCES
def test_rows_without_a_score_are_passed_over(source):
    rows = [(f"a{number}", None, None, None, None) for number in range(9)] + GOOD

    with source(rows, at_once=2) as passes:
        assert sum(len(table) for table in passes) == len(GOOD)


@SOURCES
def test_scale_of_a_criterion_that_never_comes_is_refused_at_the_end(source):
    rows = [*GOOD, ("d", "X", "q", 9.0, 1.0)]
    with source(rows, scales={"p": SCALE, "q": Scale(0, 10)}, at_once=5) as passes:
        assert [table.scales for table in passes][-1] == (Scale(0, 10),)

    scales = {"p": SCALE, "q": Scale(0, 10), "r": SCALE}
    refused = pytest.raises(OptionsError, match="There is no criterion 'r'; there are 'p', 'q'")
    with source(rows, scales=scales, at_once=5) as passes, refused:
        list(passes)


@SOURCES
def test_lower_is_better_turns_every_part_round(source):
    with source(GOOD[:4], lower_is_better=True, at_once=2) as passes:
        assert {float(score) for table in passes for score in table.score} == {3.0}


@SOURCES
def test_unnamed_assessors_are_refused(source):
    columns = AssessorsColumns(candidate="name", assessors=("points",))

    refused = pytest.raises(OptionsError, match="cannot be compared in passes")
    with refused, source(GOOD, columns=columns):
        pass


def test_a_column_that_is_not_there_is_refused_before_any_pass():
    with pytest.raises(ColumnError), parquet_of(GOOD, columns=WIDE):
        pass


def test_a_missing_file_is_refused_before_any_pass(tmp_path):
    with pytest.raises(FileError, match="There is no such file"):
        parquet_in_passes(tmp_path / "no.parquet", columns=COLUMNS, scales=SCALE)
