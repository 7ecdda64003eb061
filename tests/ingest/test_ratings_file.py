import csv
import tracemalloc
from time import perf_counter

import numpy as np
import pytest

from second_opinion.engine.ratings import Scale
from second_opinion.ingest.errors import (
    ColumnError,
    FileError,
    IngestError,
    OptionsError,
    RatingsFileError,
    RefusedRow,
    RefusedRowsError,
)
from second_opinion.ingest.ratings_file import (
    AssessorsColumns,
    CriteriaColumns,
    LongColumns,
    ScaleOption,
    columns_from_options,
    read_ratings_file,
)

LONG = LongColumns(candidate="name", assessor="by", criterion="on", score="points")
WIDE = CriteriaColumns(candidate="name", assessor="by", scores=("Lead", "Count"))
ONE_TO_FIVE = (ScaleOption(None, Scale(1, 5)),)


@pytest.fixture
def file(tmp_path):
    def write(content, *, encoding="utf-8"):
        path = tmp_path / "ratings.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def triples(read):
    """Every rating as (candidate, assessor, criterion) -> score."""
    table = read.ratings
    return {
        (
            table.candidate.labels[table.candidate.codes[row]],
            table.assessor.labels[table.assessor.codes[row]],
            table.criterion.labels[table.criterion.codes[row]],
        ): float(table.score[row])
        for row in range(len(table))
    }


def refusal(path, columns, *, scales=ONE_TO_FIVE, kind=IngestError, **options):
    """The sentence with which a file is refused."""
    with pytest.raises(kind) as refused:
        read_ratings_file(path, columns=columns, scales=scales, **options)
    sentence = str(refused.value)
    assert str(path) in sentence or kind is OptionsError
    assert sentence.endswith("Nothing was done.")
    return sentence


# The three shapes


def test_long_file_gives_one_rating_for_each_row(file):
    path = file("name,by,on,points\nKim,Ada,Lead,4\nKim,Bo,Lead,2.5\nLi,Ada,Count,1\n")

    read = read_ratings_file(path, columns=LONG, scales=ONE_TO_FIVE)

    assert triples(read) == {
        ("Kim", "Ada", "Lead"): 4,
        ("Kim", "Bo", "Lead"): 2.5,
        ("Li", "Ada", "Count"): 1,
    }
    assert read.overall is None
    assert not read.nested_assessors


def test_wide_file_gives_one_rating_for_each_filled_cell_and_names_the_overall_column(file):
    path = file("name;by;Lead;Count;All\nKim;Ada;4;3,5;4\nKim;Bo;;NA;2\n")
    columns = CriteriaColumns(
        candidate="name", assessor="by", scores=("Lead", "Count"), overall="All"
    )

    read = read_ratings_file(path, columns=columns, scales=ONE_TO_FIVE)

    assert read.overall == "All"
    assert triples(read) == {
        ("Kim", "Ada", "Lead"): 4,
        ("Kim", "Ada", "Count"): 3.5,
        ("Kim", "Ada", "All"): 4,
        ("Kim", "Bo", "All"): 2,
    }


def test_assessors_columns_are_different_people_on_every_row(file):
    path = file("name\t0\t1\nKim\t7\t8\nLi\t\t3\n")
    columns = AssessorsColumns(candidate="name", assessors=("0", "1"))

    read = read_ratings_file(path, columns=columns, scales=[ScaleOption(None, Scale(1, 10))])

    assert read.nested_assessors
    assert len(read.ratings.assessor) == 3
    assert len(set(read.ratings.assessor.codes.tolist())) == 3
    assert read.ratings.score.tolist() == [7, 8, 3]


def test_candidates_without_ratings_are_counted_and_kept_out_of_the_table(file):
    path = file("name,by,Lead,Count\nKim,Ada,1,2\nLi,,,\nMo,Bo,NA,\n")

    read = read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE)

    assert read.without_ratings == ("Li", "Mo")
    assert read.ratings.candidate.labels == ("Kim",)
    assert "Without any score: 2 candidates, 'Li', 'Mo'." in read.understood


def test_column_without_any_score_is_told_and_left_out(file):
    path = file("name,by,Lead,Count\nKim,Ada,1,\n")

    read = read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE)

    assert read.ratings.criterion.labels == ("Lead",)
    assert "Without any score: 'Count'." in read.understood


def test_understood_tells_delimiter_mark_and_counts(file):
    path = file("name;by;Lead;Count\nKim;Ada;1,5;2\n")

    understood = read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE).understood

    assert understood.splitlines() == [
        "ratings.csv: 1 row read (semicolon between cells, decimal comma).",
        "2 scores by 1 assessor for 1 candidate on 2 criteria: 'Lead' (1 to 5), 'Count' (1 to 5).",
    ]


# Forms of text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_byte_order_mark_delimiter_and_line_break_make_no_difference(
    file, encoding, delimiter, line_break
):
    rows = [["name", "by", "Lead", "Count"], ["Åsa", "Bo", "3", "4"]]
    path = file(line_break.join(delimiter.join(row) for row in rows), encoding=encoding)

    read = read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE)

    assert triples(read) == {("Åsa", "Bo", "Lead"): 3, ("Åsa", "Bo", "Count"): 4}


def test_empty_header_is_addressed_by_number(file):
    path = file(',by,"",\nKim,Ada,4,2\n')
    columns = CriteriaColumns(candidate="#1", assessor="by", scores=("#3", "#4"))

    read = read_ratings_file(path, columns=columns, scales=ONE_TO_FIVE)

    assert triples(read) == {("Kim", "Ada", "#3"): 4, ("Kim", "Ada", "#4"): 2}


def test_quoted_cells_hold_delimiters_quotes_and_line_breaks(file):
    path = file('name,by,Lead,Count\n"Kim, ""K""\nHale",Ada,"3","4"\nLi,Bo,1,1\n')

    read = read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE)

    assert read.ratings.candidate.labels == ('Kim, "K"\nHale', "Li")


def test_delimiter_is_the_one_that_finds_the_named_columns(file):
    path = file("last, first, title;by, or for;Lead\nHale, Kim;Ada;3\n")
    columns = CriteriaColumns(
        candidate="last, first, title", assessor="by, or for", scores=("Lead",)
    )

    read = read_ratings_file(path, columns=columns, scales=ONE_TO_FIVE)

    assert triples(read) == {("Hale, Kim", "Ada", "Lead"): 3}


def test_blank_rows_and_separators_at_the_end_mean_nothing(file):
    path = file("\nname,by,Lead,Count\n\nKim,Ada,1,2,,\n,,,\n   \n")

    read = read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE)

    assert len(read.ratings) == 2
    assert read.refused == ()


def test_name_in_two_unicode_forms_is_one_person(file):
    path = file("name,by,Lead,Count\nA\u030asa,Ada,1,\n\u00c5sa,Bo,2,\n")

    read = read_ratings_file(path, columns=WIDE, scales=ONE_TO_FIVE)

    assert read.ratings.candidate.labels == ("\u00c5sa",)


@pytest.mark.parametrize(
    ("text", "score"),
    [("3", 3), ("+3", 3), ("3.25", 3.25), ("3.", 3), (".5e1", 5), ("−1", -1), (" 2 ", 2)],
)
def test_numbers_may_be_written_in_the_usual_ways(file, text, score):
    path = file(f"name,by,Lead,Count\nKim,Ada,{text},\n")

    read = read_ratings_file(path, columns=WIDE, scales=[ScaleOption(None, Scale(-2, 5))])

    assert read.ratings.score.tolist() == [score]


# Scales and direction


def test_each_column_has_its_own_scale_and_the_rest_the_common_one(file):
    path = file("name,by,Lead,Count\nKim,Ada,3,4\n")
    scales = [ScaleOption.parse("0:3"), ScaleOption.parse("Count=0:4")]

    read = read_ratings_file(path, columns=WIDE, scales=scales)

    assert read.ratings.scales == (Scale(0, 3), Scale(0, 4))
    assert read.overall_scale is None


def test_long_file_has_scales_by_the_names_of_criteria(file):
    path = file("name,by,on,points\nKim,Ada,a=b,9\nKim,Ada,Lead,2\n")
    scales = [ScaleOption.parse("1:5"), ScaleOption.parse("a=b=0:10")]

    read = read_ratings_file(path, columns=LONG, scales=scales)

    assert dict(zip(read.ratings.criterion.labels, read.ratings.scales, strict=True)) == {
        "a=b": Scale(0, 10),
        "Lead": Scale(1, 5),
    }


def test_lower_is_better_turns_scores_round_on_their_own_scale_without_rounding_noise(file):
    path = file("name,by,Lead,Count\nKim,Ada,2.3,0\n")
    scales = [ScaleOption.parse("1:5"), ScaleOption.parse("Count=0:4")]

    read = read_ratings_file(path, columns=WIDE, scales=scales, lower_is_better=True)

    assert read.lower_is_better
    assert read.ratings.score.tolist() == [3.7, 4.0]
    assert "Lower is better" in read.understood


@pytest.mark.parametrize("text", ["5:1", "1-5", "", ":", "1:1", "a:b", "1:nan", "1:2:3", "=:"])
def test_scale_that_is_none_is_refused(text):
    with pytest.raises(OptionsError, match="is no scale"):
        ScaleOption.parse(text)


@pytest.mark.parametrize(
    ("scales", "words"),
    [
        (["Lead=1:5"], "No scale is given for 'Count'"),
        (["1:5", "1:7"], "All columns got two scales"),
        (["1:5", "Lead=1:5", "#3=1:7"], "'Lead' got two scales"),
        (["1:5", "name=1:5"], "There is no criterion 'name'"),
    ],
)
def test_scales_that_miss_or_contradict_are_refused(file, scales, words):
    path = file("name,by,Lead,Count\nKim,Ada,1,2\n")

    sentence = refusal(
        path, WIDE, scales=[ScaleOption.parse(text) for text in scales], kind=OptionsError
    )

    assert words in sentence


def test_scale_for_a_column_that_is_not_there_is_refused_with_the_nearest(file):
    path = file("name,by,on,points\nKim,Ada,Leading,4\n")

    sentence = refusal(
        path,
        LONG,
        scales=[*ONE_TO_FIVE, ScaleOption.parse("Leadng=1:5")],
        kind=OptionsError,
    )

    assert "Did you mean 'Leading'?" in sentence


def test_assessors_columns_share_one_scale(file):
    path = file("name,0,1\nKim,1,2\n")
    columns = AssessorsColumns(candidate="name", assessors=("0", "1"))

    sentence = refusal(
        path, columns, scales=[*ONE_TO_FIVE, ScaleOption.parse("1=1:5")], kind=OptionsError
    )

    assert "all columns rate the same thing" in sentence


@pytest.mark.parametrize(
    "options",
    [
        {"candidate": None},
        {"candidate": "a"},
        {"candidate": "a", "assessor": "b"},
        {"candidate": "a", "assessor": "b", "criterion": "c"},
        {"candidate": "a", "assessor": "b", "scores": ("c",), "assessors": ("d",)},
        {"candidate": "a", "assessor": "b", "criterion": "c", "score": "d", "overall": "e"},
        {"candidate": "a", "assessors": ("b",), "overall": "e"},
        {"candidate": "", "assessors": ("b",)},
    ],
)
def test_options_that_are_none_of_the_three_shapes_are_refused(options):
    with pytest.raises(OptionsError, match="is not a shape of ratings"):
        columns_from_options(**options)


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
def test_gigabyte_without_a_line_break_is_refused_at_once_and_in_little_memory(tmp_path, opening):
    path = tmp_path / "endless.csv"
    with path.open("wb") as stream:
        stream.write(opening)
        stream.truncate(1 << 30)  # a sparse file: it takes no room on the disk
    tracemalloc.start()
    started = perf_counter()

    sentence = refusal(path, WIDE)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert perf_counter() - started < 5
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


# Size


def test_hundred_thousand_rows_are_read_in_about_a_second(tmp_path):
    path = tmp_path / "many.csv"
    scores = np.random.default_rng(1).integers(1, 6, size=(100_000, 5)).tolist()
    with path.open("w", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["name", "by", "a", "b", "c", "d", "e"])
        rows.writerows(
            [f"c{number // 3}", f"a{number % 991}", *five] for number, five in enumerate(scores)
        )
    columns = CriteriaColumns(candidate="name", assessor="by", scores=tuple("abcde"))
    started = perf_counter()

    read = read_ratings_file(path, columns=columns, scales=ONE_TO_FIVE)

    assert len(read.ratings) == 500_000
    assert perf_counter() - started < 5  # half a second here; room for a busy machine


# Real files


@pytest.mark.shared_data
def test_grant_panels_are_read_whole(shared_data):
    columns = CriteriaColumns(
        candidate="ID",
        assessor="RevID",
        scores=("Innovation", "Approach", "Investig", "Signif", "Impact"),
        overall="Score",
    )

    read = read_ratings_file(
        shared_data / "panel_reviews" / "aibs_grant_panels.csv",
        columns=columns,
        scales=ONE_TO_FIVE,
        lower_is_better=True,
    )

    assert (len(read.ratings.candidate), len(read.ratings.assessor)) == (72, 26)
    overall = read.ratings.criterion.labels.index("Score")
    assert int((read.ratings.criterion.codes == overall).sum()) == 216


@pytest.mark.shared_data
def test_conference_reviews_are_read_with_the_one_paper_that_has_none(shared_data):
    columns = AssessorsColumns(candidate="paper_id", assessors=tuple("012345"))

    read = read_ratings_file(
        shared_data / "panel_reviews" / "iclr2021_ratings.tsv",
        columns=columns,
        scales=[ScaleOption(None, Scale(1, 10))],
    )

    assert len(read.ratings.candidate) == 2965
    assert len(read.without_ratings) == 1
