import dataclasses
import tracemalloc

import pytest
from ratings_samples import LONG, ONE_TO_FIVE, WIDE, refusal, triples

from second_opinion.ingest.errors import (
    ColumnError,
    FileError,
    RatingsFileError,
    RefusedRow,
    RefusedRowsError,
)
from second_opinion.ingest.ratings_file import (
    AssessorsColumns,
    CriteriaColumns,
    read_ratings_file,
)

# Files that are none


def test_missing_file_is_refused(tmp_path):
    sentence = refusal(tmp_path / "no.csv", WIDE, kind=FileError)

    assert "There is no such file." in sentence


def test_directory_is_refused(tmp_path):
    sentence = refusal(tmp_path, WIDE, kind=FileError)

    assert "This is a folder, not a file." in sentence


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", "  \n  ", "\t\t\n"])
def test_empty_file_is_refused(file, content):
    sentence = refusal(file(content), WIDE, kind=RatingsFileError)

    assert "The file is empty." in sentence


def test_file_with_a_header_only_is_refused(file):
    sentence = refusal(file("name,by,Lead,Count\n"), WIDE, kind=RatingsFileError)

    assert "There is not a single score in 'Lead', 'Count'." in sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00\x01\x02\x03", "binary"),
        (b"PK\x03\x04rest", "a workbook or an archive"),
        (b"name,by\n\xff\xfe\xfa", "line 2: This is not text in UTF-8"),
        ("name,by\nKim,Ada\n".encode("utf-16"), "text in UTF-16"),
        ("name,by\nÅsa,Ada\n".encode("latin-1"), "line 2: This is not text in UTF-8"),
        (b"name,by\n" + b"\x00" * 50, "line 2: This is binary"),
    ],
)
def test_what_is_no_text_is_refused(file, content, words):
    sentence = refusal(file(content), WIDE, kind=FileError)

    assert words in sentence


@pytest.mark.parametrize("opening", [b"", b"name,by,Lead,Count\nKim,Ada,1,", b'name,by\n"Kim'])
def test_gigabyte_without_a_line_break_is_refused_in_little_memory(tmp_path, opening):
    path = tmp_path / "endless.csv"
    with path.open("wb") as stream:
        stream.write(opening)
        stream.truncate(1 << 30)  # a sparse file: it takes no room on the disk
    tracemalloc.start()

    sentence = refusal(path, WIDE)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50_000_000
    assert "without a break" in sentence


def test_quote_that_is_never_closed_is_refused(file):
    sentence = refusal(
        file('name,by,Lead,Count\nKim,Ada,1,2\n"Li,Bo,1,2\n'), WIDE, kind=RatingsFileError
    )

    assert "row 3" in sentence
    assert "quotation marks cannot be made out" in sentence


# Columns that are none


def test_wrong_column_is_refused_with_those_that_exist_and_the_nearest(file):
    path = file("name,by,Leadership,\nKim,Ada,1,2\n")

    columns = CriteriaColumns(candidate="name", assessor="by", scores=("Leadershp",))

    sentence = refusal(path, columns, kind=ColumnError)

    assert "row 1" in sentence
    assert "There is no column 'Leadershp'." in sentence
    assert "'name', 'by', 'Leadership', '#4'" in sentence
    assert "Did you mean 'Leadership'?" in sentence


def test_column_that_is_there_twice_is_refused_with_its_numbers(file):
    path = file("name,by,Lead,Lead\nKim,Ada,1,2\n")
    columns = CriteriaColumns(candidate="name", assessor="by", scores=("Lead",))

    assert "by its number, #3 and #4" in refusal(path, columns, kind=ColumnError)


@pytest.mark.parametrize("address", ["#0", "#9", "#", "#-1", "#x", "#99999999999", ""])
def test_number_of_no_column_is_refused(file, address):
    path = file("name,by,Lead\nKim,Ada,1\n")
    columns = CriteriaColumns(candidate="name", assessor="by", scores=(address,))

    assert "There is no column" in refusal(path, columns, kind=ColumnError)


def test_column_named_for_two_things_is_refused(file):
    path = file("name,by,Lead\nKim,Ada,1\n")
    columns = CriteriaColumns(candidate="name", assessor="#1", scores=("Lead",))

    assert "Column 'name' is named for two things" in refusal(path, columns, kind=ColumnError)


def test_overall_column_without_any_score_is_refused(file):
    path = file("name,by,Lead,All\nKim,Ada,1,\n")
    columns = CriteriaColumns(candidate="name", assessor="by", scores=("Lead",), overall="All")

    assert "There is not a single overall score." in refusal(path, columns)


# Rows that are refused


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("Li,Bo,7,2", "'Lead'", "7 is outside the scale 1 to 5."),
        ("Li,Bo,1,0.99", "'Count'", "0.99 is outside the scale 1 to 5."),
        ("Li,Bo,high,2", "'Lead'", "'high' is not a number"),
        ("Li,Bo,NaN,2", "'Lead'", "'NaN' is not a number"),
        ("Li,Bo,inf,2", "'Lead'", "'inf' is not a number"),
        ("Li,Bo,-Infinity,2", "'Lead'", "'-Infinity' is not a number"),
        ("Li,Bo,1e999,2", "'Lead'", "'1e999' is not a number"),
        ("Li,Bo,4 points,2", "'Lead'", "'4 points' is not a number"),
        ("Li,Bo,1_0,2", "'Lead'", "'1_0' is not a number"),
        ("Li,Bo,٣,2", "'Lead'", "'٣' is not a number"),
        ('Li,Bo,"1.000,5",2', "'Lead'", "'1.000,5' is not a number"),
        (",Bo,1,2", "'name'", "The cell is empty; each score needs its candidate."),
        ("Li,,1,2", "'by'", "The cell is empty; each score needs its assessor."),
        ("Li,NA,1,2", "'by'", "holds NA"),
        ("Li,Bo,1", "", "It has 3 cells where the header has 4"),
        ("Li,Bo,1,2,3", "", "It has 5 cells where the header has 4"),
        ("Kim,Ada,,3", "'Count'", "rated candidate 'Kim' on 'Count' already, on row 2."),
    ],
)
def test_refused_row_is_named_with_its_column_and_reason(file, row, column, words):
    path = file(f"name,by,Lead,Count\nKim,Ada,1,2\n{row}\nMo,Bo,3,4\n")

    with pytest.raises(RefusedRowsError) as refused:
        read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE)

    (only,) = refused.value.refused
    assert (only.row, only.column) == (3, column)
    assert words in only.reason
    assert str(only) in str(refused.value)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("Li,Bo,,3", "'on'", "each score needs its criterion"),
        (
            "Kim,Ada,Lead,4",
            "'points'",
            "Assessor 'Ada' has rated candidate 'Kim' on 'Lead' already",
        ),
        ("Li,Bo,Lead,0", "'points'", "0 is outside the scale 1 to 5."),
    ],
)
def test_long_row_is_refused_in_the_same_way(file, row, column, words):
    path = file(f"name,by,on,points\nKim,Ada,Lead,4\n{row}\n")

    with pytest.raises(RefusedRowsError) as refused:
        read_ratings_file(path, columns=LONG, scales=ONE_TO_FIVE)

    (only,) = refused.value.refused
    assert (only.row, only.column) == (3, column)
    assert words in only.reason


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("Li,Bo,Lead,3,,1", "'when'", "The cell is empty; each score needs its when."),
        ("Li,Bo,Lead,3,NA,1", "'when'", "holds NA"),
        ("Li,Bo,Lead,3,May,", "'n'", "The cell is empty; each score needs its weight."),
        ("Li,Bo,Lead,3,May,0", "'n'", "0 cannot be a weight; a weight is above 0."),
        ("Li,Bo,Lead,3,May,-1.5", "'n'", "-1.5 cannot be a weight"),
        ("Li,Bo,Lead,3,May,inf", "'n'", "'inf' is not a number"),
        ("Li,Bo,Lead,3,May,many", "'n'", "'many' is not a number"),
        (
            "Kim,Ada,Lead,3,May,1",
            "'points'",
            "Assessor 'Ada' has rated candidate 'Kim' on 'Lead', when 'May' already, on row 2.",
        ),
    ],
)
def test_row_with_a_facet_or_weight_that_cannot_be_is_refused(file, row, column, words):
    path = file(f"name,by,on,points,when,n\nKim,Ada,Lead,4,May,1\nKim,Ada,Lead,4,June,1\n{row}\n")
    columns = dataclasses.replace(LONG, facets=("when",), weight="n")

    with pytest.raises(RefusedRowsError) as refused:
        read_ratings_file(path, columns=columns, scales=ONE_TO_FIVE)

    (only,) = refused.value.refused
    assert (only.row, only.column) == (4, column)
    assert words in only.reason


def test_row_without_a_score_needs_neither_facet_nor_weight(file):
    path = file("name,by,on,points,when,n\nKim,Ada,Lead,4,May,1\nLi,,,,,\n")
    columns = dataclasses.replace(LONG, facets=("when",), weight="n")

    assert read_ratings_file(path, columns=columns, scales=ONE_TO_FIVE).without_ratings == ("Li",)


def test_decimal_marks_of_weights_and_scores_are_one(file):
    path = file("name;by;on;points;n\nKim;Ada;Lead;2,5;1.5\n")
    columns = dataclasses.replace(LONG, weight="n")

    assert "column 'n' has '1.5', but row 2, column 'points'" in refusal(path, columns)


def test_facet_that_is_called_like_another_thing_is_refused(file):
    path = file("name,by,on,points,assessor\nKim,Ada,Lead,4,May\n")
    columns = dataclasses.replace(LONG, facets=("assessor",))

    assert "cannot be called 'assessor'" in refusal(path, columns, kind=ColumnError)


def test_candidate_on_two_rows_is_refused_where_assessors_are_columns(file):
    path = file("name,0,1\nKim,1,2\nLi,3,\nKim,,4\n")
    columns = AssessorsColumns(candidate="name", assessors=("0", "1"))

    sentence = refusal(path, columns, kind=RefusedRowsError)

    assert "row 4: Candidate 'Kim' stands on row 2 already; one row for each." in sentence


def test_same_pair_on_two_rows_is_fine_where_the_criteria_differ(file):
    path = file("name,by,Lead,Count\nKim,Ada,1,\nKim,Ada,,2\n")

    read = read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE)

    assert triples(read) == {("Kim", "Ada", "Lead"): 1, ("Kim", "Ada", "Count"): 2}


def test_third_repeat_still_names_the_first_row(file):
    path = file("name,by,Lead,Count\nKim,Ada,1,\nKim,Ada,2,\nKim,Ada,3,\n")

    with pytest.raises(RefusedRowsError) as refused:
        read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE)

    assert [row.row for row in refused.value.refused] == [3, 4]
    assert all("on row 2." in row.reason for row in refused.value.refused)


def test_many_refused_rows_are_shown_in_part_and_kept_in_full(file):
    rows = "".join(f"c{number},Ada,9,1\n" for number in range(30))

    with pytest.raises(RefusedRowsError) as refused:
        read_ratings_file(file(f"name,by,Lead,Count\n{rows}"), columns=WIDE, scales=ONE_TO_FIVE)

    assert len(refused.value.refused) == 30
    assert "and 20 more" in str(refused.value)


def test_skipped_rows_are_listed_and_everything_else_is_read(file):
    path = file(
        "name,by,Lead,Count\nKim,Ada,1,2\nLi,Bo,9,2\nKim,Ada,3,\nMo,Bo,x\nNi,Bo,5,5\n,Bo,1,1\n"
    )

    read = read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE, skip_refused=True)

    assert [refused.row for refused in read.refused] == [3, 4, 5, 7]
    assert all(isinstance(refused, RefusedRow) for refused in read.refused)
    assert read.ratings.candidate.labels == ("Kim", "Ni")
    assert "Refused and left out: 4 rows." in read.understood


def test_a_refused_row_takes_nobodys_place(file):
    path = file("name,by,Lead,Count\nKim,Ada,1,9\nKim,Ada,2,3\n")

    read = read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE, skip_refused=True)

    assert [refused.row for refused in read.refused] == [2]
    assert triples(read)["Kim", "Ada", "Lead"] == 2


def test_nothing_left_after_skipping_is_refused(file):
    path = file("name,by,Lead,Count\nKim,Ada,9,9\n")

    sentence = refusal(path, WIDE, skip_refused=True, kind=RatingsFileError)

    assert "(1 row refused)" in sentence


@pytest.mark.parametrize("skip_refused", [False, True])
def test_mixed_decimal_marks_are_refused_naming_one_of_each(file, skip_refused):
    path = file("name;by;Lead;Count\nKim;Ada;1,5;2\nLi;Bo;2;3.5\n")

    sentence = refusal(path, WIDE, skip_refused=skip_refused, kind=RatingsFileError)

    assert "row 3, column 'Count' has '3.5', but row 2, column 'Lead' has '1,5'" in sentence


def test_rows_are_counted_as_a_spreadsheet_counts_them(file):
    path = file('\nname,by,Lead,Count\n"Kim\nHale",Ada,1,2\n\nLi,Bo,9,2\n')

    with pytest.raises(RefusedRowsError) as refused:
        read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE)

    assert refused.value.refused[0].row == 5


def test_header_after_blank_rows_is_named_by_its_own_row(file):
    columns = CriteriaColumns(candidate="name", assessor="by", scores=("Lead",))

    assert "row 3: There is no column" in refusal(file("\n\nname,by,x\n"), columns)


def test_message_stays_on_its_line_whatever_a_cell_holds(file):
    path = file('name,by,Lead,Count\nKim,Ada,"\x1b[31m\nred' + "x" * 500 + '",2\n')

    sentence = refusal(path, WIDE)

    assert "\x1b" not in sentence
    assert "\n" not in sentence
    assert len(sentence) < 400
