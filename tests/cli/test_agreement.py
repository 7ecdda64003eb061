"""The command against the published tables, every way of naming raters, and every refusal."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from second_opinion.cli.agreement_answer import SCHEMA

REFERENCE = Path(__file__).parents[1] / "reference"
INTRACLASS = ("icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k")
TEXTS = ",".join(f"X{number}" for number in range(1, 13))


def written(path, rows):
    path.write_text("\n".join(",".join(map(str, row)) for row in rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def answer(call):
    def answers(*arguments):
        given = call("agreement", *arguments, "--json", "-")
        assert given.code == 0, given.err
        return json.loads(given.out)

    return answers


@pytest.fixture
def shrout_fleiss():
    """The published table with a column for each judge."""
    return REFERENCE / "variance_components" / "shrout_fleiss.csv"


def test_judges_in_columns_give_the_published_correlations(answer, shrout_fleiss):
    found = answer(shrout_fleiss, "--candidate", "target", "--assessors", "J1,J2,J3,J4")

    assert found["schema"] == SCHEMA == "second-opinion/agreement/1"
    assert [round(found[name]["estimate"], 4) for name in INTRACLASS] == [
        0.1657, 0.2898, 0.7148, 0.4428, 0.6201, 0.9093,
    ]  # fmt: skip
    assert (found["icc2"]["low"], found["icc2"]["high"]) == pytest.approx((0.0188, 0.7611), 2e-3)
    assert (found["icc3"]["low"], found["icc3"]["high"]) == pytest.approx((0.3425, 0.9459), 1e-3)
    assert "below 20" in found["icc1"]["cautions"][0]
    assert found["by_criterion"] == []
    assert [(one["first"], one["second"]) for one in found["by_pair"]][:2] == [
        ("J1", "J2"), ("J1", "J3"),
    ]  # fmt: skip


def test_the_long_shape_gives_the_same(answer, shrout_fleiss, tmp_path):
    wide = answer(shrout_fleiss, "--candidate", "target", "--assessors", "J1,J2,J3,J4")
    head, *rows = (line.split(",") for line in shrout_fleiss.read_text("utf-8").split())
    scores = [
        [row[0], judge, "it", score]
        for row in rows
        for judge, score in zip(head[1:], row[1:], strict=True)
    ]
    long = written(tmp_path / "long.csv", [["who", "by", "on", "score"], *scores])

    found = answer(
        long, "--candidate", "who", "--assessor", "by", "--criterion", "on", "--score", "score"
    )

    assert found["icc2"] == wide["icc2"]
    assert found["kendall_w"] == wide["kendall_w"]


def test_coders_in_rows_give_the_published_alphas(answer, tmp_path):
    rows = [line.split(",") for line in coders().split("\n")]
    by_coder = written(tmp_path / "coders.csv", zip(*rows, strict=True))
    units = ",".join(row[0] for row in rows[1:])

    found = answer(by_coder, "--transpose", "--candidate", rows[0][0], "--assessors", units)

    expected = {"nominal": 0.743421, "ordinal": 0.815388, "interval": 0.849107, "ratio": 0.797403}
    assert {
        metric: round(one["estimate"], 6) for metric, one in found["krippendorff"].items()
    } == expected
    assert found["krippendorff"]["nominal"]["low"] < 0.743421
    assert found["assessors"] == 4
    assert answer(by_coder, "--transpose", "--assessor", rows[0][0], "--assessors", units) == found


def coders():
    return (REFERENCE / "agreement" / "krippendorff_4x12.csv").read_text("utf-8").strip()


@pytest.fixture
def fleiss(tmp_path):
    """Fleiss' counts as six psychiatrists' columns; who said what does not matter."""
    path = REFERENCE / "agreement" / "fleiss_1971.csv"
    counts = np.genfromtxt(path, delimiter=",", skip_header=1).astype(int)[:, -5:]
    names = ["depression", "personality", "schizophrenia", "neurosis", "other"]
    rows = [[name for name, often in zip(names, row, strict=True) for _ in range(often)]
            for row in counts]  # fmt: skip
    return written(tmp_path / "fleiss.csv", [[f"r{number}" for number in range(1, 7)], *rows])


def test_diagnoses_by_name_give_the_published_kappa(answer, fleiss):
    found = answer(fleiss, "--nominal", "--assessors", "r1,r2,r3,r4,r5,r6")

    assert round(found["fleiss_kappa"]["estimate"], 5) == 0.43024
    assert round(found["gwet_ac1"]["estimate"], 5) == 0.44788
    assert found["categories"][0] == "depression"
    assert found["icc2"]["estimate"] is None
    assert "names without order" in found["icc2"]["cautions"][0]
    assert found["by_pair"][0]["mean_difference"] is None


def test_a_file_of_distances_gives_the_published_weighted_kappa(answer, tmp_path):
    share = [[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]]
    names = ["disorder", "neurosis", "psychosis"]
    rows = [
        [names[first], names[second]]
        for first in range(3)
        for second in range(3)
        for _ in range(round(200 * share[first][second]))
    ]
    path = written(tmp_path / "cohen.csv", [["one", "two"], *rows])
    apart = written(tmp_path / "apart.csv", [names, [0, 1, 3], [1, 0, 6], [3, 6, 0]])

    found = answer(path, "--nominal", "--assessors", "one,two", "--weights", apart)

    assert round(found["weighted_kappa"]["estimate"], 7) == 0.3478261
    assert round(found["cohen_kappa"]["estimate"], 7) == 0.4915254
    assert found["by_pair"][0]["weighted_kappa"] == found["weighted_kappa"]


def test_distances_of_numbers_are_read_in_their_order(answer, tmp_path):
    path = written(tmp_path / "t.csv", [["a", "b"], [1, 2], [2, 2], [3, 1], [3, 3], [1, 1]])
    apart = written(tmp_path / "apart.csv", [[3, 1, 2], [0, 4, 1], [4, 0, 1], [1, 1, 0]])

    found = answer(path, "--assessors", "a,b", "--weights", apart)

    assert found["weighted_kappa"] == answer(path, "--assessors", "a,b")["weighted_kappa"]


def test_the_overall_score_is_what_the_first_figures_are_about(answer, tmp_path):
    rng = np.random.default_rng(3)
    rows = [["who", "by", "lead", "count", "all"]]
    for who in range(25):
        truth = rng.normal(3, 1)
        rows += [
            [f"c{who}", f"a{by}", *np.clip(np.round(truth + rng.normal(0, 0.7, 3)), 1, 5)]
            for by in rng.permutation(5)[:3]
        ]
    path = written(tmp_path / "panel.csv", rows)
    columns = ("--candidate", "who", "--assessor", "by", "--scores", "lead,count")

    found = answer(path, *columns, "--overall", "all", "--scale", "1:5", "--lower-is-better")

    assert found["criterion"] == "all"
    assert found["units"] == 25
    by_name = {one["criterion"]: one for one in found["by_criterion"]}
    assert list(by_name) == ["lead", "count", "all"]
    assert by_name["all"]["icc1"] == found["icc1"]
    assert 0 <= found["within_group"]["estimate"] <= 1
    assert len(found["by_case"]) == 25
    assert answer(path, *columns, "--scale", "1:5")["units"] == 50


def test_rows_with_assessors_of_their_own_have_no_pairs(answer, shrout_fleiss):
    columns = (shrout_fleiss, "--candidate", "target", "--assessors", "J1,J2,J3,J4")

    found = answer(*columns, "--nested")

    assert found["icc1"]["estimate"] == pytest.approx(answer(*columns)["icc1"]["estimate"])
    assert found["icc2"]["estimate"] is None
    assert found["by_pair"] == []


def test_the_summary_says_the_figures_and_their_cautions(call, shrout_fleiss):
    told = call(
        "agreement", shrout_fleiss, "--candidate", "target", "--assessors", "J1,J2,J3,J4",
        "--scale", "1:10",
    )  # fmt: skip

    assert told.code == 0
    assert re.search(r"ICC2.* 0\.290 +0\.019 to 0\.761", told.out)
    assert "below 20 one unit can turn the estimate" in told.out
    assert "By two raters" in told.out
    assert "nan" not in told.out.lower()
    assert "6 candidates" in told.err


def test_the_summary_of_names_is_silent_on_distances(call, fleiss):
    told = call("agreement", fleiss, "--nominal", "--assessors", "r1,r2,r3,r4,r5,r6")

    assert "ICC" not in told.out
    assert "Gwet's AC1" in told.out
    assert "Categories: depression" in told.err


def test_a_long_list_is_cut_in_the_summary(call, tmp_path):
    rows = [[1 + (k * 7) % 5, 1 + (k * 3) % 5] for k in range(30)]
    path = written(tmp_path / "t.csv", [["a", "b"], *rows])

    told = call("agreement", path, "--assessors", "a,b", "--scale", "1:5")

    assert "The 20 of 30 candidates with least agreement" in told.out
    assert "Weighted kappa" in told.out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--candidate", "target", "--scores", "J1", "--transpose"], "go with --assessors"),
        (["--assessors", "J1,J2", "--nominal", "--scale", "1:5"], "no --scale"),
        (["--assessors", "J1,J2", "--assessor", "target"], "no shape|not a shape"),
        (["--assessors", "J1,J2", "--overall", "J3"], "not a shape"),
        (["--candidate", "target"], "not a shape"),
        (["--assessors", "J1,J2", "--resamples", "-1"], "resamples"),
    ],
)
def test_options_that_make_no_sense_end_with_two(call, shrout_fleiss, options, words):
    told = call("agreement", shrout_fleiss, *options)

    assert (told.code, told.out) == (2, "")
    assert any(word in told.err for word in words.split("|"))


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        ([["a", "b"], ["", "NA"]], ["--nominal", "--assessors", "a,b"], "not a single value"),
        ([["who", "u"], ["k", 1], ["k", 2]], ["--transpose", "--candidate", "who",
          "--assessors", "u"], "Two rows are 'k'"),
        ([["who", "u"]], ["--transpose", "--candidate", "who", "--assessors", "u"],
         "There is no rater"),
        ([["who", "u"], ["k", 1]], ["--transpose", "--candidate", "who", "--assessors", "u,u"],
         "named for two things"),
        ([["a", "b"], [1, "x"]], ["--assessors", "a,b"], "'x' is not a number"),
        ([["a", "b"], [1, 9]], ["--assessors", "a,b", "--scale", "1:5"], "outside the scale"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_ends_with_one(call, tmp_path, rows, options, words):
    told = call("agreement", written(tmp_path / "t.csv", rows), *options)

    assert (told.code, told.out) == (1, "")
    assert words in told.err


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([[1, 2], [0, 1]], "square table"),
        ([[1, 2], [0, 1], [2, 0]], "alike on both sides"),
        ([[1, 2], [1, 1], [1, 0]], "0 on the diagonal"),
        ([["x", 2], [0, 1], [1, 0]], "square table"),
    ],
)
def test_distances_that_are_none_are_refused(call, tmp_path, rows, words):
    path = written(tmp_path / "t.csv", [["a", "b"], [1, 2], [2, 2]])
    weights = written(tmp_path / "w.csv", rows)

    told = call("agreement", path, "--assessors", "a,b", "--weights", weights)

    assert (told.code, told.out) == (1, "")
    assert words in told.err


def test_distances_must_name_every_category(call, tmp_path):
    path = written(tmp_path / "t.csv", [["a", "b"], ["x", "y"], ["y", "y"]])
    weights = written(tmp_path / "w.csv", [["x", "z"], [0, 1], [1, 0]])

    told = call("agreement", path, "--nominal", "--assessors", "a,b", "--weights", weights)

    assert told.code == 1
    assert "no column 'y'" in told.err


@pytest.mark.shared_data
def test_the_public_files_give_their_figures(answer, shared_data):
    folder = shared_data / "agreement"
    judged = answer(
        folder / "shrout_fleiss_1979.csv", "--candidate", "target", "--assessors", "J1,J2,J3,J4"
    )
    coded = answer(
        folder / "krippendorff_4x12.csv", "--transpose", "--candidate", "coder",
        "--assessors", TEXTS,
    )  # fmt: skip
    diagnosed = answer(
        folder / "fleiss_1971_diagnoses.csv", "--nominal", "--assessors",
        ",".join(f"rater{number}" for number in range(1, 7)),
    )  # fmt: skip
    papers = answer(
        shared_data / "panel_reviews" / "iclr2021_ratings.tsv", "--candidate", "paper_id",
        "--assessors", "0,1,2,3,4,5", "--scale", "1:10", "--resamples", "0", "--nested",
    )  # fmt: skip

    assert round(judged["icc2"]["estimate"], 4) == 0.2898
    assert round(coded["krippendorff"]["ratio"]["estimate"], 6) == 0.797403
    assert round(diagnosed["fleiss_kappa"]["estimate"], 5) == 0.43024
    assert round(papers["icc1"]["estimate"], 5) == 0.36191
    assert round(papers["krippendorff"]["ordinal"]["estimate"], 5) == 0.37353
