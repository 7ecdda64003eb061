"""What holds for any table, in any shape, and for any bytes."""

import csv
import io
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_opinion.engine.ratings import Scale
from second_opinion.ingest.errors import IngestError
from second_opinion.ingest.ratings_file import (
    AssessorsColumns,
    CriteriaColumns,
    LongColumns,
    ScaleOption,
    read_ratings_file,
)

SHARE = float(os.environ.get("SOAK_SHARE", "1"))  # CI runs a fresh sample of the soak
SCALE = (ScaleOption(None, Scale(0, 10)),)
CRITERIA = ("Lead", "Count", "Weigh")
SHAPES = (
    LongColumns(candidate="name", assessor="by", criterion="on", score="points"),
    CriteriaColumns(candidate="name", assessor="by", scores=CRITERIA),
    CriteriaColumns(candidate="#1", assessor="#2", scores=("#3",), overall="#4"),
    AssessorsColumns(candidate="name", assessors=("0", "1")),
)

# Names as they come back: trimmed and composed, and not what stands for "no name".
names = st.text(
    st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("åÄöé漢אя😀"),
    min_size=1,
    max_size=8,
).filter(lambda name: name == name.strip() != "NA")
scores = st.integers(0, 1000).map(lambda hundredths: hundredths / 100)
tables = st.dictionaries(
    st.tuples(names, names, st.sampled_from(CRITERIA)), scores, min_size=1, max_size=12
)
delimiters = st.sampled_from(",;\t")
marks = st.sampled_from(".,")


def written(rows, *, delimiter, bom=False):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def read(content, columns, *, scales=SCALE, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.csv"
        path.write_bytes(content)
        return read_ratings_file(path, columns=columns, scales=scales, **options)


def as_table(read_file):
    table = read_file.ratings
    return {
        (
            table.candidate.labels[candidate],
            table.assessor.labels[assessor],
            table.criterion.labels[criterion],
        ): score
        for candidate, assessor, criterion, score in zip(
            table.candidate.codes,
            table.assessor.codes,
            table.criterion.codes,
            table.score.tolist(),
            strict=True,
        )
    }


def cell(score, mark):
    return "" if score is None else f"{score}".replace(".", mark)


@given(table=tables, delimiter=delimiters, mark=marks, bom=st.booleans())
def test_long_table_comes_back(table, delimiter, mark, bom):
    rows = [[*key, cell(score, mark)] for key, score in table.items()]
    content = written([["name", "by", "on", "points"], *rows], delimiter=delimiter, bom=bom)

    assert as_table(read(content, SHAPES[0])) == table


@given(table=tables, delimiter=delimiters, mark=marks, bom=st.booleans())
def test_wide_table_comes_back_and_says_the_same_as_the_long_one(table, delimiter, mark, bom):
    pairs = dict.fromkeys((candidate, assessor) for candidate, assessor, _ in table)
    rows = [
        [*pair, *(cell(table.get((*pair, criterion)), mark) for criterion in CRITERIA)]
        for pair in pairs
    ]
    content = written([["name", "by", *CRITERIA], *rows], delimiter=delimiter, bom=bom)

    assert as_table(read(content, SHAPES[1])) == table


@given(
    table=st.dictionaries(
        names, st.tuples(*[st.none() | scores] * 2), min_size=1, max_size=8
    ).filter(lambda table: any(score is not None for row in table.values() for score in row)),
    delimiter=delimiters,
    mark=marks,
)
def test_assessors_table_comes_back_with_every_score_by_a_person_of_its_own(table, delimiter, mark):
    rows = [[name, *(cell(score, mark) for score in row)] for name, row in table.items()]
    content = written([["name", "0", "1"], *rows], delimiter=delimiter)

    answer = read(content, SHAPES[3])

    back = {name: [] for name in table}
    for (candidate, _, _), score in as_table(answer).items():
        back[candidate].append(score)
    assert back == {
        name: [score for score in row if score is not None] for name, row in table.items()
    }
    assert len(answer.ratings.assessor) == len(answer.ratings)
    assert set(answer.without_ratings) == {name for name in table if not back[name]}


@given(table=tables)
def test_lower_is_better_turned_twice_is_as_before(table):
    rows = [[*key, score] for key, score in table.items()]
    content = written([["name", "by", "on", "points"], *rows], delimiter=",")

    turned = as_table(read(content, SHAPES[0], lower_is_better=True))

    assert {key: round(10 - score, 9) for key, score in turned.items()} == table


def refuses_or_reads(content, columns):
    try:
        answer = read(content, columns, skip_refused=True)
    except IngestError as refused:
        assert str(refused).endswith("Nothing was done.")  # noqa: PT017  reading it is fine too
    else:
        assert len(answer.ratings) > 0


# Bytes that come near a real file find more than bytes at random.
pieces = st.sampled_from(
    [b"name", b"by", b"on", b"points", *(name.encode() for name in CRITERIA), b"0", b"1", b",",
     b";", b"\t", b"\n", b"\r", b'"', b'""', b"Kim", b"NA", b"4", b"3,5", b"2.5", b"nan", b"-inf",
     b"1e400", b"\xef\xbb\xbf", b"\x00", b"\xff", b"\xed\xa0\x80", b" ", b"#1", "٣".encode()]
)  # fmt: skip
near_files = st.lists(pieces, max_size=60).map(b"".join)
headed = st.builds(
    lambda header, body: b",".join(header) + b"\n" + body,
    st.permutations([b"name", b"by", b"on", b"points", b"Lead", b"Count", b"Weigh", b"0", b"1"]),
    near_files,
)


@given(content=st.binary(max_size=300) | near_files | headed, columns=st.sampled_from(SHAPES))
def test_any_bytes_are_read_or_refused_with_a_sentence(content, columns):
    refuses_or_reads(content, columns)


@pytest.mark.soak
@settings(max_examples=max(100, int(20_000 * SHARE)))
@given(content=st.binary(max_size=3000) | near_files | headed, columns=st.sampled_from(SHAPES))
def test_very_many_bytes_are_read_or_refused_with_a_sentence(content, columns):
    refuses_or_reads(content, columns)
