"""The command against the published table, every way of naming facets, and every refusal."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from second_opinion.cli.generalizability_answer import SCHEMA

REFERENCE = Path(__file__).parents[1] / "reference" / "generalizability" / "brennan_2001.csv"
BRENNAN = {"p": 0.473023, "t": 0.325322, "r:t": 0.647489, "pt": 0.559550, "residual": 2.380286}
COLUMNS = ("--candidate", "person", "--assessor", "rater", "--criterion", "task",
           "--score", "score", "--scale", "0:10")  # fmt: skip
NESTED = (REFERENCE, *COLUMNS, "--design", "p x (r:t)")


@pytest.fixture
def answer(call):
    def answers(*arguments):
        given = call("generalizability", *arguments, "--json", "-")
        assert given.code == 0, given.err
        return json.loads(given.out)

    return answers


@pytest.fixture
def panel(tmp_path):
    """Candidates on two occasions, by three of six assessors each, on two criteria and overall."""
    rng = np.random.default_rng(4)
    rows = ["who,by,day,Lead,Count,All"]
    for who in range(24):
        truth = rng.normal(3, 1)
        for day in ("one", "two"):
            shift = rng.normal(0, 0.3)
            for by in rng.permutation(6)[:3]:
                scores = np.clip(np.round(truth + shift + rng.normal(0, 0.7, 3)), 1, 5)
                rows.append(f"c{who},a{by},{day},{','.join(map(str, scores))}")
    path = tmp_path / "panel.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


WIDE = ("--candidate", "who", "--assessor", "by", "--scores", "Lead,Count", "--overall", "All",
        "--scale", "1:5", "--facet", "day")  # fmt: skip


def test_the_published_components_and_their_coefficients(answer):
    found = answer(*NESTED)

    assert found["schema"] == SCHEMA == "second-opinion/generalizability/1"
    variances = {name: one["variance"] for name, one in found["components"].items()}
    assert variances == pytest.approx(BRENNAN, abs=5e-4)
    assert all(one["standard_error"] > 0 for one in found["components"].values())
    relative = BRENNAN["pt"] / 3 + BRENNAN["residual"] / 12
    assert found["g_coefficient"] == pytest.approx(0.473023 / (0.473023 + relative), abs=5e-4)
    assert found["phi"] < found["g_coefficient"]
    assert found["sizes"] == {"r": 4, "t": 3}
    assert found["converged"]


def test_the_table_and_what_is_enough_agree(answer):
    found = answer(*NESTED, "--numbers", "t=10,9", "--numbers", "r=4", "--target", "0.8")

    assert [row["sizes"] for row in found["decision_study"]] == [
        {"r": 4, "t": 9}, {"r": 4, "t": 10},
    ]  # fmt: skip
    nine, ten = (row["g_coefficient"] for row in found["decision_study"])
    assert nine < 0.8 <= ten
    assert found["enough"]["t"]["g_coefficient"] == 10
    assert found["enough"]["r"] == {"g_coefficient": None, "phi": None}


def test_a_fixed_facet_is_part_of_what_is_measured(answer):
    found = answer(*NESTED, "--fixed", "t")

    assert found["fixed"] == ["t"]
    assert found["g_coefficient"] > answer(*NESTED)["g_coefficient"]
    assert list(found["enough"]) == ["r"]
    assert {row["sizes"]["t"] for row in found["decision_study"]} == {3}


def test_effects_may_be_left_to_the_residual(answer):
    found = answer(*NESTED, "--only", "p, t")

    assert list(found["components"]) == ["p", "t", "residual"]


def test_without_criteria_the_overall_score_is_meant(answer, panel):
    found = answer(panel, *WIDE, "--design", "p x r")
    crossed = answer(panel, *WIDE, "--design", "p x r x t")

    assert found["components"]["residual"]["levels"] == 24 * 6
    assert crossed["components"]["t"]["levels"] == 2


def test_a_further_facet_is_its_first_letter_or_one_that_is_given(answer, panel):
    found = answer(panel, *WIDE, "--design", "p x r x d")
    renamed = answer(panel, *WIDE, "--design", "p x r x o", "--letter", "o=day")

    assert found["components"]["pd"]["variance"] > 0
    assert renamed["components"]["po"] == found["components"]["pd"]
    assert found["sizes"]["d"] == 2


def test_no_variance_is_said_in_words_and_in_json(answer, call, tmp_path):
    rows = ["who,by,on,score"]
    rows += [f"c{c},a{a},x,{1 + (3 * c + (a + c) % 3) % 5}" for c in range(12) for a in range(3)]
    path = tmp_path / "r.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    columns = ("--candidate", "who", "--assessor", "by", "--criterion", "on", "--score", "score")

    found = answer(path, *columns, "--scale", "1:5", "--design", "p x r")
    told = call("generalizability", path, *columns, "--scale", "1:5", "--design", "p x r")

    zero = [name for name, one in found["components"].items() if one["boundary"]]
    assert zero
    assert found["components"][zero[0]] == {
        "variance": 0, "standard_error": None, "boundary": True,
        "levels": found["components"][zero[0]]["levels"],
    }  # fmt: skip
    assert "boundary: zero" in told.out
    assert "G and phi are rough below 20" in told.out


def test_the_summary_says_what_is_enough(call):
    told = call("generalizability", *NESTED)

    assert told.code == 0
    assert "0.473148" in told.out
    assert "10 criteria for the order, 14 criteria for the level" in told.out
    assert "no number of assessors" in told.out
    assert "10 candidates" in told.err


def test_drawings_have_their_numbers_beside_them(call, tmp_path):
    told = call("generalizability", *NESTED, "--plots", tmp_path / "drawn", "--json", "-")

    assert sorted(path.name for path in (tmp_path / "drawn").iterdir()) == [
        "g-coefficient.csv", "g-coefficient.svg", "phi.csv", "phi.svg",
    ]  # fmt: skip
    svg = ET.parse(tmp_path / "drawn" / "g-coefficient.svg").getroot()
    assert svg.tag.endswith("svg")
    assert "No number of assessors reaches G 0.8" in svg[0].text
    lines = (tmp_path / "drawn" / "phi.csv").read_text("utf-8").splitlines()
    assert lines[0] == "r,t,phi"
    assert len(lines) == 1 + len(json.loads(told.out)["decision_study"])


def test_a_drawing_with_one_facet_names_what_is_enough(call, panel, tmp_path):
    told = call("generalizability", panel, *WIDE, "--design", "p x r", "--plots", tmp_path / "d")

    assert told.code == 0
    assert "assessors reach G 0.8" in (tmp_path / "d" / "g-coefficient.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--design", "p x r", "--scores", "Lead,Count"], "leaves out the criterion"),
        (["--design", "p x r x q"], "'q' is no facet"),
        (["--design", "p x r x t", "--letter", "t=day"], "take another letter"),
        (["--design", "p x r x t", "--letter", "day"], "write o=occasion"),
        (["--design", "p x r x t", "--numbers", "r=0"], "write r=1,2,3"),
        (["--design", "p x r x t", "--target", "1"], "target"),
    ],
)
def test_options_that_make_no_sense_end_with_two(call, panel, options, words):
    wide = WIDE if "--scores" not in options else (
        "--candidate", "who", "--assessor", "by", "--scale", "1:5", "--facet", "day"
    )  # fmt: skip

    told = call("generalizability", panel, *wide, *options)

    assert (told.code, told.out) == (2, "")
    assert words in told.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--design", "p x"], "cannot be read"),
        (["--design", "p x r x t", "--only", "p,xy"], "'xy' is not an effect"),
        (["--design", "p x r x t", "--fixed", "z"], "'z' is no facet"),
        (["--design", "p x r x t", "--numbers", "z=2"], "'z' is no facet"),
    ],
)
def test_a_design_that_does_not_fit_ends_with_one(call, panel, options, words):
    told = call("generalizability", panel, *WIDE, *options)

    assert (told.code, told.out) == (1, "")
    assert words in told.err


@pytest.mark.shared_data
def test_the_public_panels_give_their_figures(answer, shared_data):
    aibs = (
        shared_data / "panel_reviews" / "aibs_grant_panels.csv", "--candidate", "ID",
        "--assessor", "RevID", "--scores", "Innovation,Approach,Investig,Signif,Impact",
        "--overall", "Score", "--lower-is-better", "--scale", "1:5",
    )  # fmt: skip
    brennan = answer(
        shared_data / "gtheory" / "brennan_2001_table3_2.csv", "--candidate", "Person",
        "--assessor", "Rater", "--criterion", "Task", "--score", "Score", "--scale", "0:10",
        "--design", "p x (r:t)",
    )  # fmt: skip

    overall = answer(*aibs, "--design", "p x r")["components"]
    criteria = answer(*aibs, "--design", "p x r x t")["components"]

    assert {name: one["variance"] for name, one in brennan["components"].items()} == pytest.approx(
        BRENNAN, abs=5e-4
    )
    assert overall["p"]["variance"] == pytest.approx(0.236245, abs=1e-6)
    assert overall["residual"]["variance"] == pytest.approx(0.400278, abs=1e-6)
    assert overall["r"] == {
        "variance": 0, "standard_error": None, "levels": 26, "boundary": True,
    }  # fmt: skip
    assert criteria["pr"]["variance"] == pytest.approx(0.174, abs=5e-4)
    assert criteria["p"]["variance"] == pytest.approx(0.138, abs=5e-4)


def test_a_json_file_comes_beside_the_summary_and_leaves_no_folder_when_it_fails(
    call, tmp_path, monkeypatch
):
    told = call("generalizability", *NESTED, "--json", tmp_path / "answer.json")
    nowhere = call("generalizability", *NESTED, "--plots", tmp_path / "no" / "where")

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("second_opinion.cli.output._write_draft", interrupted)
    stopped = call("generalizability", *NESTED, "--plots", tmp_path / "drawn")

    assert "How many are enough" in told.out
    assert "There is no folder" in nowhere.err
    assert (nowhere.code, stopped.code) == (1, 130)
    assert [path.name for path in tmp_path.iterdir()] == ["answer.json"]
