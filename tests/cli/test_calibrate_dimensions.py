"""`calibrate --dimension`: several correlated abilities, from the option to the drawings."""

import json

import pytest

from second_opinion.cli.main import run
from tests.cli.test_calibrate import LONG, written
from tests.engine.facets.test_abilities import two_abilities

TWO = ("--dimension", "people: k0, k1", "--dimension", 'figures: k2,"k3, in all"')


@pytest.fixture(scope="module")
def ratings(tmp_path_factory):
    made, _, _ = two_abilities(21, n=40, correlation=0.5, n_criteria=4)
    rows = [
        [facet.labels[code] for facet, code in ((made.candidate, a), (made.assessor, b))]
        + [
            f'"{made.criterion.labels[c]}, in all"' if c == 3 else made.criterion.labels[c],
            f"{s:g}",
        ]
        for a, b, c, s in zip(
            made.candidate.codes, made.assessor.codes, made.criterion.codes, made.score, strict=True
        )
    ]
    return written(tmp_path_factory.mktemp("abilities") / "panel.csv", rows)


@pytest.fixture
def calibrate(call, ratings):
    def calls(*options):
        return call("calibrate", ratings, *LONG, "--scale", "0:4", *options)

    return calls


@pytest.fixture(scope="module")
def folder(ratings):
    run(
        ["calibrate", str(ratings), *LONG, "--scale", "0:4", *TWO, "--full"]
        + [f"--{what}={ratings.with_name(what)}" for what in ("json", "plots", "tables")]
    )
    return ratings.parent


@pytest.fixture(scope="module")
def body(folder):
    return json.loads((folder / "json").read_bytes())


def test_json_has_each_ability_with_its_criteria_and_reliability(body):
    people, figures = body["dimensions"]

    assert (people["name"], people["criteria"]) == ("people", ["k0", "k1"])
    assert (figures["name"], figures["criteria"]) == ("figures", ["k2", "k3, in all"])
    for one in body["dimensions"]:
        assert one["variance"] > 0
        assert 0 < one["eap_reliability"] < 1
        assert one["candidates"]["separation"] > 0
        assert one["candidates"]["n_elements"] == 40
    assert body["population"]["mean"] == people["mean"]
    assert body["facets"]["candidate"]["separation"] is None


def test_json_has_the_correlation_with_its_interval(body):
    (found,) = body["correlations"]

    assert (found["first"], found["second"]) == ("people", "figures")
    assert found["low_95"] < found["correlation"] < found["high_95"]
    assert found["standard_error"] > 0
    assert not found["is_at_boundary"]


def test_each_candidate_has_a_measure_of_each_ability_with_an_interval(body):
    for elements in (body["facets"]["candidate"]["elements"], body["weighted_likelihood"]):
        assert [(one["label"], one["dimension"]) for one in elements[:3]] == [
            ("c0000", "people"),
            ("c0000", "figures"),
            ("c0001", "people"),
        ]
        assert len(elements) == 80
    for one in body["facets"]["candidate"]["elements"]:
        assert one["high_95"] - one["low_95"] > 2 * 1.96 * one["standard_error"]
    assert "not to be compared" in body["meaning"]["dimensions"]


def test_criteria_are_centred_within_their_ability(body):
    measure = [one["measure"] for one in body["facets"]["criterion"]["elements"]]

    assert measure[0] + measure[1] == pytest.approx(0, abs=1e-9)
    assert measure[2] + measure[3] == pytest.approx(0, abs=1e-9)


def test_without_dimensions_json_names_none(calibrate):
    body = json.loads(calibrate("--json", "-").out)

    assert (body["dimensions"], body["correlations"]) == ([], [])
    assert "dimension" not in body["facets"]["candidate"]["elements"][0]


def test_the_summary_says_how_abilities_go_together(calibrate):
    out = " ".join(calibrate(*TWO).out.split())

    assert "Rating scale model of 2 abilities" in out
    assert "people and figures correlate" in out
    assert "Reliability: people 0." in out
    assert "r with people" in out


def test_drawings_and_tables_have_every_ability(folder):
    csv = (folder / "plots" / "wright-map.csv").read_text(encoding="utf-8")
    correlation = (folder / "plots" / "correlations.csv").read_text(encoding="utf-8")

    assert csv.count("candidate: people,") == csv.count("candidate: figures,") == 40
    assert correlation.splitlines()[1].startswith("people,figures,")
    assert "people and figures correlate" in (folder / "plots" / "index.html").read_text("utf-8")
    assert "candidate: figures" in (folder / "tables" / "separation.csv").read_text("utf-8")
    assert "c0039: figures" in (folder / "tables" / "candidate.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (["people"], 2, "'people' is no dimension; write a name, a colon and criteria"),
        (["people: k0,,k1", "figures: k2"], 2, "is no dimension"),
        (["people: k0,k1", "people: k2"], 2, "'people' is named twice"),
        (["people: k0,k1", "figures: k1,k2"], 2, "Criterion 'k1' stands twice"),
        (["people: k0,k1"], 2, "name two or three"),
        (["people: k0,k1", "figures: k2,k9"], 1, "names 'k9', which the ratings do not have"),
        (["people: k0,k1", "figures: k2"], 1, "No --dimension names k3, in all; each criterion"),
        (["a: k0", "b: k1", "c: k2", 'd: "k3, in all"'], 1, "At most 3 abilities"),
    ],
)
def test_dimensions_that_cannot_be_are_refused_with_a_sentence(calibrate, options, code, sentence):
    answer = calibrate(*(part for one in options for part in ("--dimension", one)))

    assert (answer.code, answer.out) == (code, "")
    assert sentence in " ".join(answer.err.split())


@pytest.mark.parametrize("option", [["--halo"], ["--estimator", "jml"]])
def test_dimensions_go_with_neither_halo_nor_joint_likelihood(calibrate, option):
    answer = calibrate(*TWO, *option)

    assert (answer.code, answer.out) == (2, "")
    assert "--dimension" in answer.err


def test_anchors_hold_beside_dimensions(calibrate, tmp_path):
    anchors = tmp_path / "anchors.csv"
    anchors.write_text("facet,label,measure\nassessor,a1,0.4\n", encoding="utf-8")

    body = json.loads(calibrate(*TWO, "--anchor", anchors, "--json", "-").out)

    assert body["facets"]["assessor"]["elements"][1]["measure"] == 0.4
    assert body["converged"]
