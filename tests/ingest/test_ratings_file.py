import csv
import dataclasses

import numpy as np
import pytest
from ratings_samples import LONG, ONE_TO_FIVE, WIDE, refusal, triples

from second_opinion.engine.ratings import Scale
from second_opinion.ingest.errors import (
    OptionsError,
)
from second_opinion.ingest.ratings_file import (
    AssessorsColumns,
    CriteriaColumns,
    ScaleOption,
    columns_from_options,
    read_ratings_file,
)

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


# Further facets and weights


def test_further_facets_and_weights_are_columns_of_any_shape(file):
    path = file("name,by,when,n,Lead,Count\nKim,Ada,May,2,1,\nKim,Ada,June,0.5,3,4\n")
    columns = dataclasses.replace(WIDE, facets=("when",), weight="n")

    table = read_ratings_file(path, columns=columns, scales=ONE_TO_FIVE).ratings

    assert table.further["when"].labels == ("May", "June")
    assert table.further["when"].codes.tolist() == [0, 1, 1]
    assert table.weight.tolist() == [2, 0.5, 0.5]


def test_further_facets_and_weights_are_told_of(file):
    path = file("name,by,on,points,when,n\nKim,Ada,Lead,4,May,2\nKim,Ada,Lead,5,June,1\n")
    columns = dataclasses.replace(LONG, facets=("when",), weight="n")

    understood = read_ratings_file(path, columns=columns, scales=ONE_TO_FIVE).understood

    assert "Further facets: when (2)." in understood
    assert "Each score counts as often as its weight says, from 1 to 2." in understood


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


# Size


def test_hundred_thousand_rows_are_read(tmp_path):
    path = tmp_path / "many.csv"
    scores = np.random.default_rng(1).integers(1, 6, size=(100_000, 5)).tolist()
    with path.open("w", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["name", "by", "a", "b", "c", "d", "e"])
        rows.writerows(
            [f"c{number // 3}", f"a{number % 991}", *five] for number, five in enumerate(scores)
        )
    columns = CriteriaColumns(candidate="name", assessor="by", scores=tuple("abcde"))

    read = read_ratings_file(path, columns=columns, scales=ONE_TO_FIVE)

    assert len(read.ratings) == 500_000


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
