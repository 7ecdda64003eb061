"""The command about questionnaires: its answer, what it reads again, and what it refuses."""

import json

import numpy as np
import pytest

from second_opinion.cli import output
from second_opinion.ingest.answers_file import reader
from tests.engine.personality.samples import REFERENCE

ANSWERS = REFERENCE / "answers.csv"
ITEMS = ("--items", "i1,i2,i3,i4,i5,i6")
SCALES = ("--scale", "0:4", "--scale", "i3=0:3", "--scale", "i5=0:3", "--scale", "i6=0:2")


@pytest.fixture
def answer(call):
    def answers(*arguments):
        told = call("questionnaire", "analyse", *arguments, "--json", "-")
        assert told.code == 0, told.err
        return json.loads(told.out)

    return answers


@pytest.fixture
def file(tmp_path):
    def written(text, name="t.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_the_answer_has_reliability_items_and_people(answer):
    found = answer(ANSWERS, *ITEMS, *SCALES)

    assert list(found) == [
        "schema", "n", "alpha", "omega", "log_likelihood", "items", "persons",
    ]  # fmt: skip
    assert found["schema"] == "second-opinion/questionnaire/1"
    assert found["n"] == 500
    assert found["log_likelihood"] == pytest.approx(-3557.02549, abs=1e-4)
    first = found["items"][0]
    assert (first["item"], first["reversed"]) == ("i1", False)
    assert first["discrimination"] == pytest.approx(0.6961670, abs=1e-4)
    assert len(first["thresholds"]) == 4
    assert len(found["items"][5]["thresholds"]) == 2
    assert first["standard_errors"]["discrimination"] == pytest.approx(0.1077369, abs=1e-3)
    person = found["persons"][0]
    assert person["person"] == "2"
    assert person["eap"] == pytest.approx(-0.0056935, abs=1e-3)
    assert person["standard_error"] == pytest.approx(0.4880799, abs=1e-3)
    assert person["answered"] == 5


def test_complete_cases_leave_out_who_has_a_gap(answer):
    found = answer(ANSWERS, *ITEMS, *SCALES, "--complete-cases")

    assert found["n"] == 264
    assert found["alpha"] == pytest.approx(0.7382754)
    assert found["omega"] == pytest.approx(0.7474318, abs=1e-6)
    assert {person["answered"] for person in found["persons"]} == {6}


def test_it_scores_by_the_parameters_it_wrote(call, answer, tmp_path):
    path = tmp_path / "items.json"
    call("questionnaire", "analyse", ANSWERS, *ITEMS, *SCALES, "--json", path)
    estimated = json.loads(path.read_text(encoding="utf-8"))

    scored = answer(ANSWERS, *SCALES, "--parameters", path)

    assert scored["items"] == estimated["items"]
    assert scored["persons"] == estimated["persons"]
    assert scored["log_likelihood"] == pytest.approx(estimated["log_likelihood"])
    some = answer(ANSWERS, "--items", "i4,i2", *SCALES[:2], "--parameters", path)
    assert [item["item"] for item in some["items"]] == ["i4", "i2"]


def test_reversed_items_are_turned_round_and_the_file_remembers(call, answer, file, tmp_path):
    table = np.genfromtxt(ANSWERS, delimiter=",", skip_header=1)[:, [0, 1, 3]]
    table[:, 1] = 4 - table[:, 1]
    rows = [",".join("" if np.isnan(cell) else f"{cell:g}" for cell in row) for row in table]
    turned = file("\n".join(["i1,i2,i4", *rows]))
    items = tmp_path / "items.json"

    call("questionnaire", "analyse", turned, "--items", "i1,i2,i4", "--reverse", "i2",
         "--scale", "0:4", "--json", items)  # fmt: skip
    again = answer(turned, "--scale", "0:4", "--parameters", items)

    straight = answer(ANSWERS, "--items", "i1,i2,i4", "--scale", "0:4")
    assert again["persons"] == [
        {**person, "eap": pytest.approx(person["eap"]),
         "standard_error": pytest.approx(person["standard_error"])}
        if person["answered"] else person
        for person in straight["persons"]
    ]  # fmt: skip
    assert [item["reversed"] for item in again["items"]] == [False, True, False]
    against = call("questionnaire", "analyse", turned, "--scale", "0:4", "--parameters", items,
                   "--reverse", "i1")  # fmt: skip
    assert against.code == 2
    assert "leave --reverse out" in against.err


def test_people_are_called_by_name_and_silence_is_no_score(answer, file):
    rows = [f"p{k},{k % 3},{(k // 2) % 3},{(k // 3) % 3}" for k in range(30)]
    path = file("\n".join(["who,a,b,c", *rows, "mute,,NA,"]))

    found = answer(path, "--items", "a,b,c", "--scale", "0:2", "--person", "who")

    assert found["n"] == 30
    assert [person["person"] for person in found["persons"][:2]] == ["p0", "p1"]
    assert found["persons"][-1] == {
        "person": "mute", "eap": None, "standard_error": None, "answered": 0,
    }  # fmt: skip


def test_a_file_read_and_written_in_parts_gives_the_same(answer, monkeypatch):
    whole = answer(ANSWERS, *ITEMS, *SCALES)
    monkeypatch.setattr(reader, "AT_ONCE", 100)
    monkeypatch.setattr("second_opinion.ingest.ratings_file.text_sheet._AT_ONCE", 90)
    monkeypatch.setattr(output, "_ROWS_AT_ONCE", 7)

    parts = answer(ANSWERS, *ITEMS, *SCALES)

    assert parts["persons"] == whole["persons"]
    assert parts["alpha"] == pytest.approx(whole["alpha"])


def test_parquet_is_read_as_text_is(answer, tmp_path):
    import pandas as pd

    pd.read_csv(ANSWERS).to_parquet(tmp_path / "answers.parquet")

    found = answer(tmp_path / "answers.parquet", *ITEMS, *SCALES)

    assert found["log_likelihood"] == pytest.approx(-3557.02549, abs=1e-4)


def test_the_summary_says_reliability_items_and_people(call):
    told = call("questionnaire", "analyse", ANSWERS, *ITEMS, *SCALES)

    assert told.code == 0
    assert "Alpha 0." in told.out
    assert "omega 0." in told.out
    assert "0.70 (0.11)" in told.out
    assert "Log-likelihood -3,557.03" in told.out
    assert "The first 10 of 500 people" in told.out
    assert "never what somebody is" in told.out
    assert "nan" not in told.out.lower()
    assert "answers are missing" in told.err


def test_a_scale_with_many_steps_and_an_item_the_wrong_way_are_told(call, file):
    rng = np.random.default_rng(4)
    trait = rng.normal(5, 2, 200)
    table = np.clip(np.round(trait[:, None] + rng.normal(0, 1.5, (200, 3))), 0, 10)
    table[:, 2] = 10 - table[:, 2]
    path = file("\n".join(["a,b,c", *(",".join(f"{one:g}" for one in row) for row in table)]))

    told = call("questionnaire", "analyse", path, "--items", "a,b,c", "--scale", "0:10")

    assert "Thresholds" in told.out
    assert "c goes against the others" in told.out


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("a,b,c\n1,2,9\n", (), "row 2, column 'c': 9 is outside the scale 1 to 4"),
        ("a,b,c\n1,2,2.5\n", (), "row 2, column 'c': 2.5 lies between the points"),
        ("a,b,c\n1,x,2\n", (), "row 2, column 'b': 'x' is not a number"),
        ("a,b,c\n1,2\n", (), "row 2: It has 2 cells where the header has 3"),
        ("a,b\n1,2\n", (), "There is no column 'c'"),
        ("a,b,c\n", (), "nobody to score"),
        ("", (), "The file is empty"),
        ("a,b,c\n1,2,\n", ("--complete-cases",), "Leave out --complete-cases"),
        ("a,b,c\n1,2,3\n2,2,3\n", (), "a: everybody|b: everybody"),
        ("w,a,b,c\nKim,1,2,3\nKim,3,3,3\n", ("--person", "w"), "'Kim' has answered on row 2"),
        ("w,a,b,c\n,1,2,3\n", ("--person", "w"), "row 2, column 'w': There is no name"),
        ("w,a,b,c\nKim,1,2,3\n", ("--person", "a"), "named for two things"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_place(call, file, text, options, words):
    told = call("questionnaire", "analyse", file(text), "--items", "a,b,c", "--scale", "1:4",
                *options, "--json", "-")  # fmt: skip

    assert (told.code, told.out) == (1, "")
    assert any(word in told.err for word in words.split("|"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--scale", "1:4"), "--items COL"),
        (("--items", "a,b,c"), "--scale"),
        (("--items", "a,b,c", "--scale", "1:4", "--reverse", "w"), "not among the items"),
        (("--items", "a,b,c", "--scale", "1:4", "--scale", "2:4"), "got two scales"),
        (("--items", "a,b,c", "--scale", "a=1:4"), "No scale is given for 'b'"),
        (("--items", "a,b,c", "--scale", "1:4.5"), "no scale of answers"),
        (("--items", "a,b,c", "--scale", "1:400"), "no scale of answers"),
    ],
)
def test_options_that_make_no_sense_end_with_two(call, file, options, words):
    told = call("questionnaire", "analyse", file("w,a,b,c\nKim,1,2,3\n"), *options)

    assert (told.code, told.out) == (2, "")
    assert words in told.err


def test_rows_that_cannot_be_read_may_be_left_out(call, file):
    rows = [f"{1 + k % 3},{1 + (k // 2) % 3},{1 + (k // 3) % 3}" for k in range(40)]
    path = file("\n".join(["a,b,c", *rows, "7,1,1"]))

    told = call("questionnaire", "analyse", path, "--items", "a,b,c", "--scale", "1:3",
                "--skip-refused")  # fmt: skip

    assert told.code == 0
    assert "left out: row 42, column 'a'" in told.err
    assert "40 people read" in told.err


def item(**changes):
    return {"item": "a", "reversed": False, "discrimination": 1.2, "thresholds": [-1, 0, 1],
            **changes}  # fmt: skip


def body(*items, schema="second-opinion/questionnaire/1"):
    return json.dumps({"schema": schema, "items": items})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "line 1: This is no JSON"),
        ("[]", "field 'schema': It should be"),
        (body(schema="other/1"), "it is 'other/1'"),
        (body(), "field 'items': There is no list"),
        (body(1), "items[0]: This is no object"),
        (body(item(item="")), "items[0].item: It should be a name"),
        (body(item(reversed="no")), "items[0].reversed: It should be true or false"),
        (body(item(discrimination="1")), "items[0].discrimination: It should be a number"),
        (body(item(discrimination=True)), "items[0].discrimination: It should be a number"),
        (body(item(thresholds=[1, "x"])), "items[0].thresholds: It should be a list"),
        (body(item(standard_errors=3)), "items[0].standard_errors: This is no object"),
        (body(item(), item()), "items[1].item: 'a' is there twice"),
        (body(item(thresholds=[0, 1])), "has 2 thresholds where its scale of 4 answers needs 3"),
        (body(item(thresholds=[2, 1, 3])), "out of order"),
        (body(item(discrimination=0)), "other than 0"),
    ],
)
def test_parameters_that_cannot_be_are_refused_by_field(call, file, text, words):
    answers, parameters = file("a\n1\n2\n"), file(text, name="items.json")

    told = call("questionnaire", "analyse", answers, "--items", "a", "--scale", "1:4",
                "--parameters", parameters)  # fmt: skip

    assert (told.code, told.out) == (1, "")
    assert words in told.err


def test_one_person_is_scored_and_has_no_reliability(answer, call, file):
    parameters = file(body(item(standard_errors={"discrimination": None, "thresholds": []}),
                           item(item="b")), name="items.json")  # fmt: skip
    one = file("a,b\n4,2\n")

    found = answer(one, "--scale", "1:4", "--parameters", parameters)

    assert found["alpha"] is None
    assert found["persons"][0]["eap"] > 0
    assert found["items"][0]["standard_errors"]["discrimination"] is None
    told = call("questionnaire", "analyse", one, "--scale", "1:4", "--parameters", parameters)
    assert "No reliability can be told" in told.out
    unknown = call("questionnaire", "analyse", file("a,z\n4,2\n"), "--items", "a,z",
                   "--scale", "1:4", "--parameters", parameters)  # fmt: skip
    assert "no parameters for 'z'" in unknown.err
