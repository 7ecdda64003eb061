import json

import numpy as np
import pytest

from second_opinion.cli.evidence import SCHEMA

WIDE = ("--candidate", "name", "--assessor", "by", "--scores", "Lead,Count", "--overall", "All")


def panel(*, turned=False, n_candidates=40):
    """Rows of a panel of three assessors, on 1 to 5 by halves, in the given direction."""
    rng = np.random.default_rng(7)
    rows = []
    for candidate in range(n_candidates):
        truth = rng.normal(3, 0.7)
        for assessor in rng.permutation(6)[:3].tolist():
            scores = np.clip(np.round(2 * (truth + rng.normal(0, 0.6, 3))) / 2, 1, 5)
            rows.append([f"c{candidate}", f"a{assessor}", *(6 - scores if turned else scores)])
    return rows


def written(path, rows):
    lines = [",".join(map(str, row)) for row in [["name", "by", "Lead", "Count", "All"], *rows]]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def ratings(tmp_path):
    return written(tmp_path / "panel.csv", panel())


def test_json_holds_what_is_documented_and_nothing_else_is_on_standard_output(call, ratings):
    answer = call("evidence", ratings, *WIDE, "--scale", "1:5", "--json", "-")

    assert answer.code == 0
    body = json.loads(answer.out)
    assert body["schema"] == SCHEMA == "second-opinion/evidence/2"
    assert (body["candidates"], body["without_ratings"], body["assessors"]) == (40, 0, 6)
    assert body["step"] == 0.5
    assert [(row["opinions"], row["method"]) for row in body["rows"]] == [
        (number, method)
        for number in (1, 2)
        for method in ("combination", "combination_on_scale", "overall_only", "plain_mean")
    ]
    assert body["rows"][0].keys() == {
        "opinions",
        "least_opinions",
        "method",
        "n",
        "candidates",
        "rmse",
        "mean_log_score",
        "coverage",
        "more_than_combination",
        "order_agreement",
        "verdict_changed",
        "verdict_change_right",
        "verdict_change_right_expected",
    }
    assert body["rows"][0]["coverage"].keys() == {"50", "80", "90"}
    assert "40 candidates" in answer.err


def test_table_and_sentences_tell_the_same_figures(call, ratings):
    body = json.loads(call("evidence", ratings, *WIDE, "--scale", "1:5", "--json", "-").out)

    answer = call("evidence", ratings, *WIDE, "--scale", "1:5")

    two = body["rows"][4]
    assert answer.code == 0
    assert f"{two['rmse']['value']:.3f}" in answer.out
    assert f"{two['mean_log_score']['value']:.3f}" in answer.out
    assert "A second opinion changes the typical error" in answer.out


def test_json_file_is_written_and_named(call, ratings, tmp_path):
    target = tmp_path / "answer.json"

    answer = call("evidence", ratings, *WIDE, "--scale", "1:5", "--json", target)

    assert (answer.code, answer.out) == (0, "")
    assert f"Written: {target}" in answer.err
    assert json.loads(target.read_bytes())["schema"] == SCHEMA


def test_same_seed_gives_the_same_answer(call, ratings):
    options = ("evidence", ratings, *WIDE, "--scale", "1:5", "--seed", "3", "--json", "-")

    assert call(*options).out == call(*options).out


@pytest.mark.parametrize("bar", [[], ["--bar", "2.5"]])
def test_direction_of_the_scale_changes_nothing_but_the_bar(call, tmp_path, bar):
    up = written(tmp_path / "up.csv", panel())
    down = written(tmp_path / "down.csv", panel(turned=True))
    bar_up = ["--bar", "3.5"] if bar else []

    upwards = json.loads(call("evidence", up, *WIDE, "--scale", "1:5", *bar_up, "--json", "-").out)
    downwards = json.loads(
        call(
            "evidence", down, *WIDE, "--scale", "1:5", "--lower-is-better", *bar, "--json", "-"
        ).out
    )

    assert downwards["rows"] == upwards["rows"]
    assert downwards["bar"] == 6 - upwards["bar"]
    assert not bar or downwards["bar"] == 2.5


def test_bar_outside_the_scale_is_wrong_usage(call, ratings):
    answer = call("evidence", ratings, *WIDE, "--scale", "1:5", "--bar", "9")

    assert answer.code == 2
    assert "9 is outside the scale 1 to 5" in answer.err


def test_direction_of_a_mean_over_unequal_scales_is_not_guessed(call, ratings):
    answer = call(
        "evidence", ratings, "--candidate", "name", "--assessor", "by", "--scores", "Lead,Count",
        "--scale", "1:5", "--scale", "Count=0:6", "--lower-is-better", "--bar", "2",
    )  # fmt: skip

    assert answer.code == 2
    assert "--overall" in answer.err


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("c0,a9,7,3,3", "row 122, column 'Lead': 7 is outside the scale 1 to 5."),
        ("c0,a9,x,3,3", "row 122, column 'Lead': 'x' is not a number"),
        ("c0,a9,inf,3,3", "row 122, column 'Lead': 'inf' is not a number"),
        ('c0,a9,"3,5",3.5,3', "Decimal points and decimal commas are mixed"),
    ],
)
def test_wrong_row_ends_with_one_its_place_and_nothing_written(call, tmp_path, row, words):
    path = written(tmp_path / "panel.csv", panel())
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{row}", encoding="utf-8")

    answer = call("evidence", path, *WIDE, "--scale", "1:5", "--json", tmp_path / "answer.json")

    assert (answer.code, answer.out) == (1, "")
    assert words in answer.err
    assert "Nothing was done." in answer.err
    assert not (tmp_path / "answer.json").exists()


def test_duplicate_rating_names_both_rows(call, tmp_path):
    rows = panel()
    path = written(tmp_path / "panel.csv", [*rows, rows[0]])

    answer = call("evidence", path, *WIDE, "--scale", "1:5")

    assert answer.code == 1
    assert "row 122" in answer.err
    assert "on row 2." in answer.err


def test_skipped_rows_are_listed_on_stderr_and_counted(call, tmp_path):
    path = written(tmp_path / "panel.csv", [*panel(), ["c0", "a9", 7, 3, 3]])

    answer = call("evidence", path, *WIDE, "--scale", "1:5", "--skip-refused", "--json", "-")

    assert answer.code == 0
    assert "left out: row 122, column 'Lead': 7 is outside the scale 1 to 5." in answer.err
    assert json.loads(answer.out)["refused"] == 1


def test_line_longer_than_allowed_is_refused(call, tmp_path):
    path = tmp_path / "endless.csv"
    path.write_bytes(b"name,by,Lead\nKim,Ada," + b"1" * 2_000_000)

    answer = call("evidence", path, "--candidate", "name", "--assessors", "by", "--scale", "1:5")

    assert answer.code == 1
    assert "line 2: The line goes on for more than 1,000,000 characters" in answer.err


def test_wrong_column_names_the_columns_there_are(call, ratings):
    answer = call("evidence", ratings, "--candidate", "nme", "--assessors", "All", "--scale", "1:5")

    assert answer.code == 1
    assert "'name', 'by', 'Lead', 'Count', 'All'" in answer.err
    assert "Did you mean 'name'?" in answer.err


@pytest.mark.parametrize(
    "options",
    [
        ["--candidate", "name", "--scale", "1:5"],
        ["--candidate", "name", "--assessors", "Lead"],
        ["--candidate", "name", "--assessors", "Lead", "--scale", "5"],
        ["--candidate", "name", "--assessors", "Lead,,All", "--scale", "1:5"],
        ["--candidate", "name", "--assessors", '"Lead', "--scale", "1:5"],
        [*WIDE, "--assessors", "Lead", "--scale", "1:5"],
        [*WIDE, "--scale", "1:5", "--seed", "-1"],
    ],
)
def test_options_that_make_no_sense_end_with_two(call, ratings, options):
    answer = call("evidence", ratings, *options)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err


@pytest.mark.parametrize("step", ["0", "-1", "nan", "inf"])
def test_step_that_is_none_is_refused_with_a_sentence(call, ratings, step):
    answer = call("evidence", ratings, *WIDE, "--scale", "1:5", "--step", step, "--json", "-")

    assert (answer.code, answer.out) == (2, "")
    assert "step" in answer.err


def test_bar_that_is_no_number_is_refused_with_a_sentence(call, ratings):
    answer = call("evidence", ratings, *WIDE, "--scale", "1:5", "--bar", "nan")

    assert answer.code == 2
    assert "nan is outside the scale" in answer.err


def test_too_few_opinions_end_with_one(call, tmp_path):
    path = written(tmp_path / "panel.csv", panel()[:4])

    answer = call("evidence", path, *WIDE, "--scale", "1:5")

    assert (answer.code, answer.out) == (1, "")
    assert "Traceback" not in answer.err


def test_help_shows_each_of_the_three_shapes(call):
    answer = call("evidence", "--help")

    for shape in ("long: one row", "wide in criteria: one row", "wide in assessors: one row"):
        assert shape in answer.out


@pytest.mark.shared_data
def test_grant_panels_give_their_figures(call, shared_data):
    answer = call(
        "evidence", shared_data / "panel_reviews" / "aibs_grant_panels.csv", "--candidate", "ID",
        "--assessor", "RevID", "--scores", "Innovation,Approach,Investig,Signif,Impact",
        "--overall", "Score", "--lower-is-better", "--scale", "1:5", "--json", "-",
    )  # fmt: skip

    body = json.loads(answer.out)
    assert (body["candidates"], body["assessors"], body["step"]) == (72, 26, 0.1)
    assert {row["n"] for row in body["rows"]} == {216}
    one, two = body["rows"][0], body["rows"][4]
    assert two["rmse"]["value"] < one["rmse"]["value"]
    assert two["mean_log_score"]["value"] > one["mean_log_score"]["value"]
