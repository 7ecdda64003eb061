import json
import os
import signal
from contextlib import nullcontext
from importlib import import_module
from xml.etree import ElementTree

import numpy as np
import pytest

from second_opinion.cli.calibration.answer import SCHEMA
from second_opinion.cli.main import run

calibrate_command = import_module("second_opinion.cli.calibrate")
LONG = ("--candidate", "who", "--assessor", "by", "--criterion", "on", "--score", "points")
SEVERITY = {"Anna-Karin Bergström": 1.2, "Björn": 0.2, "Cilla": -0.2, "David": -1.2}
DIFFICULTY = {"Leading": 0.5, "Figures": -0.5, "Verksamhetsutveckling": 0.0}


def panel(*, n_candidates=60, seed=5, highest=4, per_candidate=2):
    """Rows of a connected panel from a rating scale model with known severities."""
    rng = np.random.default_rng(seed)
    names, step = list(SEVERITY), np.linspace(-1.5, 1.5, highest - 1)
    rows = []
    for candidate in range(n_candidates):
        ability = rng.normal(0.3, 1.2)
        for place in range(per_candidate):
            assessor = names[(candidate + place) % len(names)]
            for criterion, difficulty in DIFFICULTY.items():
                location = ability - SEVERITY[assessor] - difficulty
                logit = np.concatenate([[0], np.cumsum(location - step)])
                chance = np.exp(logit - logit.max())
                score = 1 + rng.choice(highest, p=chance / chance.sum())
                rows.append((f"c{candidate:03d}", assessor, criterion, int(score)))
    return rows


def written(path, rows, header=("who", "by", "on", "points")):
    lines = [",".join(map(str, row)) for row in [header, *rows]]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ratings(tmp_path_factory):
    return written(tmp_path_factory.mktemp("panel") / "panel.csv", panel())


@pytest.fixture
def calibrate(call, ratings):
    def calls(*options, path=ratings):
        return call("calibrate", path, *LONG, "--scale", "1:4", *options)

    return calls


@pytest.fixture(scope="module")
def body(ratings):
    target = ratings.with_name("answer.json")
    run(["calibrate", str(ratings), *LONG, "--scale", "1:4", "--json", str(target)])
    return json.loads(target.read_bytes())


def measures(body, facet):
    return {one["label"]: one["measure"] for one in body["facets"][facet]["elements"]}


# --- JSON


def test_json_holds_every_key_of_the_schema(body):
    assert body["schema"] == SCHEMA == "second-opinion/calibration/1"
    assert body["estimator"] == "mml"
    assert body["converged"] is True
    assert body["iterations"] >= 1
    assert body["deviance"] == pytest.approx(-2 * body["log_likelihood"])
    assert body["population"].keys() == {"mean", "variance", "eap_reliability"}
    assert body["thresholds"][0].keys() >= {
        "criterion",
        "assessor",
        "step",
        "measure",
        "standard_error",
    }
    assert body["facets"].keys() == {"candidate", "assessor", "criterion"}
    for facet in body["facets"].values():
        assert facet.keys() >= {"separation", "reliability", "fixed_chi_square", "elements"}
        assert facet["elements"][0].keys() >= {
            "label",
            "count",
            "observed_mean",
            "fair_average",
            "measure",
            "standard_error",
            "infit",
            "outfit",
        }


def test_json_says_what_its_measures_mean(body):
    meaning = body["meaning"]

    assert meaning["unit"] == "logits"
    assert meaning["assessor"] == "positive is stricter"
    assert meaning["criterion"] == "positive is harder"
    assert "centred at zero" in meaning["origin"]


def test_known_severities_are_found_with_their_signs_and_centred_at_zero(body):
    severity, difficulty = measures(body, "assessor"), measures(body, "criterion")

    errors = {one["label"]: one["standard_error"] for one in body["facets"]["assessor"]["elements"]}
    for name, truth in SEVERITY.items():
        assert abs(severity[name] - truth) < 4 * errors[name]
    assert sum(severity.values()) == pytest.approx(0, abs=1e-9)
    assert sum(difficulty.values()) == pytest.approx(0, abs=1e-9)
    assert difficulty["Leading"] > difficulty["Figures"]


def test_thresholds_are_shared_and_sum_to_zero(body):
    assert [one["step"] for one in body["thresholds"]] == [1, 2, 3]
    assert [one["score"] for one in body["thresholds"]] == [2, 3, 4]
    assert {one["criterion"] for one in body["thresholds"]} == {None}
    assert sum(one["measure"] for one in body["thresholds"]) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("model", "whose"), [("partial-credit", "criterion"), ("assessor-thresholds", "assessor")]
)
def test_each_owner_has_thresholds_that_sum_to_zero(calibrate, model, whose):
    body = json.loads(calibrate("--model", model, "--json", "-").out)

    sums = {}
    for one in body["thresholds"]:
        sums.setdefault(one[whose], []).append(one["measure"])
    assert set(sums) == set(DIFFICULTY if whose == "criterion" else SEVERITY)
    assert all(sum(steps) == pytest.approx(0, abs=1e-6) for steps in sums.values())
    assert body["model"] == model


def test_lower_is_better_turns_measures_but_not_the_scores_shown(calibrate, call, tmp_path, body):
    turned = [(who, by, on, 5 - points) for who, by, on, points in panel()]
    path = written(tmp_path / "down.csv", turned)

    down = json.loads(calibrate("--lower-is-better", "--json", "-", path=path).out)

    assert measures(down, "assessor") == pytest.approx(measures(body, "assessor"))
    means = {one["label"]: one["observed_mean"] for one in body["facets"]["assessor"]["elements"]}
    for one in down["facets"]["assessor"]["elements"]:
        assert one["observed_mean"] == pytest.approx(5 - means[one["label"]])
    assert "file's own direction" in down["meaning"]["scores"]


def test_lower_is_better_shows_every_table_in_the_files_direction(calibrate, tmp_path):
    turned = [(who, by, on, 5 - points) for who, by, on, points in panel(n_candidates=20)]
    path = written(tmp_path / "down.csv", [row for row in turned if row[3] != 2])

    body = json.loads(
        calibrate("--lower-is-better", "--tables", tmp_path / "t", "--json", "-", path=path).out
    )

    given = [row[3] for row in turned if row[3] != 2]
    assert {one["points"]: one["count"] for one in body["categories"]} == {
        points: given.count(points) for points in (1, 2, 3, 4)
    }
    assert "Nobody gave category 2." in body["category_cautions"]
    (pair,) = [
        one
        for one in body["bias"][0]["rows"]
        if (one["first"], one["second"]) == ("David", "Leading")
    ]
    scores = [row[3] for row in turned if row[1:3] == ("David", "Leading") and row[3] != 2]
    assert pair["observed"] == pytest.approx(sum(scores) / len(scores))
    for name, column in (("residuals", "observed"), ("categories", "points")):
        lines = (tmp_path / "t" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        place = lines[0].split(",").index(column)
        values = {float(line.split(",")[place]) for line in lines[1:]}
        assert values == ({1, 3, 4} if name == "residuals" else {1, 2, 3, 4})
    rows = body["unexpected"]
    assert all(one["residual"] == pytest.approx(one["observed"] - one["expected"]) for one in rows)


def test_json_alone_is_on_standard_output(calibrate):
    answer = calibrate("--json", "-")

    assert answer.code == 0
    json.loads(answer.out)
    assert "60 candidates" in answer.err


# --- the summary


def test_summary_says_it_in_words_and_figures(calibrate, body):
    out = " ".join(calibrate().out.split())

    assert "Rating scale model, marginal maximum likelihood" in out
    assert "Converged in" in out
    assert "The same candidate gets" in out
    assert "from David, the mildest" in out
    assert "Anna-Karin Bergström, the strictest" in out
    assert f"Reliability {body['population']['eap_reliability']:.2f}" in out
    assert "60 candidates with a mean of" in out
    assert "separate evidence; --halo tells whether they are" in out
    assert "95 % interval" in out


def test_full_summary_shows_every_table(calibrate):
    out = calibrate("--full").out

    for title in ("Candidates", "Assessors", "Criteria", "Scores", "Separation", "Agreement of"):
        assert title in out
    assert "Bias, assessor x criterion" in out
    assert "c059" in out


def test_joint_likelihood_is_labelled_biased_and_shows_no_interval(calibrate):
    answer = calibrate("--estimator", "jml")

    assert answer.code == 0
    assert "biased" in answer.out
    assert "95 % interval" not in answer.out
    assert "Reliability" not in answer.out


def test_joint_likelihood_has_no_standard_errors_in_json_either(calibrate):
    body = json.loads(calibrate("--estimator", "jml", "--json", "-").out)

    assert body["estimator"] == "jml"
    errors = [
        one["standard_error"] for facet in body["facets"].values() for one in facet["elements"]
    ]
    assert set(errors) == {None}


def test_joint_likelihood_knows_no_halo(calibrate):
    answer = calibrate("--halo", "--estimator", "jml")

    assert answer.code == 2
    assert "--halo" in answer.err


def test_intervals_of_candidates_are_wider_than_their_posterior(body):
    for one in body["facets"]["candidate"]["elements"]:
        assert one["low_95"] < one["measure"] < one["high_95"]
        assert one["high_95"] - one["low_95"] >= 2 * 1.959 * one["standard_error"]


def test_halo_is_told_in_words_with_the_agreement_that_it_implies(calibrate):
    answer = calibrate("--halo")
    body = json.loads(calibrate("--halo", "--json", "-").out)

    assert "Halo:" in answer.out
    assert "separate evidence" not in answer.out
    assert body["halo"]["variance"] >= 0
    assert 0 <= body["halo"]["agreement"]["mean_rating"] <= 1


def test_an_interaction_gives_each_pair_a_measure(calibrate):
    body = json.loads(calibrate("--interaction", "assessor:criterion", "--json", "-").out)

    assert len(body["interactions"]) == len(SEVERITY) * len(DIFFICULTY)
    assert body["interactions"][0]["facets"] == "assessor x criterion"


def test_a_further_facet_has_measures_of_its_own(call, tmp_path):
    rows = [(*row, "2024" if place % 5 else "2025") for place, row in enumerate(panel())]
    path = written(tmp_path / "years.csv", rows, header=("who", "by", "on", "points", "year"))

    answer = call("calibrate", path, *LONG, "--scale", "1:4", "--facets", "year", "--json", "-")
    shown = call("calibrate", path, *LONG, "--scale", "1:4", "--facet", "year")

    body = json.loads(answer.out)
    assert set(measures(body, "year")) == {"2024", "2025"}
    assert sum(measures(body, "year").values()) == pytest.approx(0, abs=1e-9)
    assert "Levels of year" in shown.out


# --- anchors


def test_anchored_severities_stay_where_they_were_put(calibrate, tmp_path):
    anchors = tmp_path / "anchors.csv"
    anchors.write_text(
        "facet,label,measure\nassessor,Björn,0.7\nassessor,Eva,1\n", encoding="utf-8"
    )

    answer = calibrate("--anchor", anchors, "--json", "-")

    body = json.loads(answer.out)
    assert measures(body, "assessor")["Björn"] == 0.7
    assert [row["label"] for row in body["displacement"]] == ["Björn"]
    assert "except assessor" in body["meaning"]["origin"]
    assert "not in these ratings: assessor 'Eva'" in answer.err


def test_a_fault_among_anchors_names_its_row_and_column(calibrate, tmp_path):
    anchors = tmp_path / "anchors.csv"
    anchors.write_text("facet,label,measure\nassessor,Björn,high\n", encoding="utf-8")

    answer = calibrate("--anchor", anchors, "--json", tmp_path / "answer.json")

    assert (answer.code, answer.out) == (1, "")
    assert "row 2, column 'measure': 'high' is not a number" in answer.err
    assert not (tmp_path / "answer.json").exists()


# --- files


def test_drawings_are_svg_with_their_table_and_a_page(calibrate, tmp_path):
    folder = tmp_path / "drawings"

    answer = calibrate("--plots", folder)

    names = {path.name for path in folder.iterdir()}
    assert answer.code == 0
    assert f"Written: {folder}" in answer.err
    assert names >= {
        "index.html",
        "wright-map.svg",
        "wright-map.csv",
        "measures-assessor.svg",
        "measures-criterion.csv",
        "categories.svg",
    }
    for path in folder.glob("*.svg"):
        svg = ElementTree.fromstring(path.read_text(encoding="utf-8"))
        assert svg[0].text
        assert svg[1].text
        assert path.with_suffix(".csv").name in names
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.count("<svg") == len(list(folder.glob("*.svg")))
    assert "Anna-Karin Bergström" in page
    assert "prefers-color-scheme: dark" in page
    assert ".drawing" in page  # the drawings' colours on a dark paper
    assert "http" not in page.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_of_many_scores_those_that_are_somewhere_the_likeliest_are_drawn(call, tmp_path):
    rows = [(*row[:3], round(row[3] + 0.1 * (place % 5), 1)) for place, row in enumerate(panel())]
    path = written(tmp_path / "fine.csv", rows)

    call("calibrate", path, *LONG, "--scale", "0:5", "--plots", tmp_path / "drawings")

    svg = (tmp_path / "drawings" / "categories.svg").read_text(encoding="utf-8")
    header = (tmp_path / "drawings" / "categories.csv").read_text(encoding="utf-8").split("\n")[0]
    assert "scores are nowhere the likeliest" in svg
    assert "The other scores are in the table." in svg
    assert svg.count("<path") < header.count("score_")


def test_tables_are_csv_with_one_row_for_each_element(calibrate, tmp_path):
    folder = tmp_path / "tables"

    calibrate("--tables", folder)

    lines = (folder / "assessor.csv").read_text(encoding="utf-8").splitlines()
    residuals = (folder / "residuals.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("label,count,observed_mean,fair_average,measure,standard_error")
    assert len(lines) == 1 + len(SEVERITY)
    assert len(residuals) == 1 + len(panel())
    assert {"candidate.csv", "separation.csv", "thresholds.csv", "categories.csv"} <= {
        path.name for path in folder.iterdir()
    }


@pytest.mark.parametrize("option", ["--plots", "--tables"])
def test_a_folder_that_cannot_be_made_is_refused_before_any_work(calibrate, tmp_path, option):
    (tmp_path / "file").write_text("x", encoding="utf-8")

    taken = calibrate(option, tmp_path / "file")
    nowhere = calibrate(option, tmp_path / "no" / "where")

    assert (taken.code, nowhere.code) == (1, 1)
    assert "This is a file; name a folder" in taken.err
    assert "There is no folder" in nowhere.err
    assert "Nothing was written" in nowhere.err


def test_a_refused_json_place_leaves_no_folder_behind(calibrate, tmp_path):
    answer = calibrate("--plots", tmp_path / "drawings", "--json", tmp_path / "no" / "answer.json")

    assert answer.code == 1
    assert not (tmp_path / "drawings").exists()


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_interrupted_in_the_fit_it_leaves_nothing_behind(calibrate, tmp_path, monkeypatch):
    passes = []

    def stop_at_the_third(number, log_likelihood):
        passes.append(number)
        if number == 3:
            os.kill(os.getpid(), signal.SIGINT)  # as Ctrl-C does

    monkeypatch.setattr(calibrate_command, "passes_of", lambda _: nullcontext(stop_at_the_third))

    answer = calibrate("--plots", tmp_path / "drawings", "--json", tmp_path / "answer.json")

    assert answer.code == 130
    assert answer.out == ""
    assert answer.err.endswith("Stopped.\n")
    assert passes == [1, 2, 3]
    assert list(tmp_path.iterdir()) == []


def test_interrupted_while_writing_it_leaves_nothing_behind(calibrate, tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("second_opinion.cli.output._write_draft", interrupted)

    answer = calibrate("--plots", tmp_path / "drawings", "--tables", tmp_path / "tables")

    assert answer.code == 130
    assert list(tmp_path.iterdir()) == []


# --- bad input


def test_disconnected_ratings_are_refused_with_the_remedy(calibrate, tmp_path):
    rows = [row for row in panel() if row[1] in {"Björn", "Cilla"}]
    apart = [(f"x{who}", f"{by} too", on, points) for who, by, on, points in rows]

    answer = calibrate("--json", "-", path=written(tmp_path / "apart.csv", rows + apart))

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("cannot be compared") == 1
    assert "1 further rating would connect them" in answer.err


def test_extreme_candidates_are_told_and_placed_by_the_population(calibrate, tmp_path):
    rows = [(who, by, on, 4 if who == "c000" else points) for who, by, on, points in panel()]

    answer = calibrate("--json", "-", path=written(tmp_path / "extreme.csv", rows))

    body = json.loads(answer.out)
    assert answer.code == 0
    assert "only highest scores: 'c000'" in answer.err
    assert np.isfinite(measures(body, "candidate")["c000"])


def test_one_assessor_alone_is_said_to_have_no_severity_to_tell(calibrate, tmp_path):
    rows = [row for row in panel() if row[1] == "David"]

    out = " ".join(calibrate(path=written(tmp_path / "alone.csv", rows)).out.split())

    assert "David alone has rated, so severity stands at 0" in out


def test_an_assessor_who_gives_only_the_highest_score_is_held_and_named(calibrate, tmp_path):
    rows = [(*row[:3], 4 if row[1] == "David" else row[3]) for row in panel()]

    out = " ".join(calibrate(path=written(tmp_path / "mild.csv", rows)).out.split())

    assert "Every rating of assessor 'David' is in the highest category" in out
    assert "compare those with one another" in out


def test_all_scores_alike_are_refused_with_a_sentence(calibrate, tmp_path):
    rows = [(*row[:3], 3) for row in panel()]

    answer = calibrate(path=written(tmp_path / "alike.csv", rows))

    assert answer.code == 1
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    "options",
    [
        ["--interaction", "assessor"],
        ["--interaction", ":criterion"],
        ["--model", "graded"],
        ["--estimator", "bayes"],
    ],
)
def test_options_that_make_no_sense_end_with_two(calibrate, options):
    answer = calibrate(*options)

    assert (answer.code, answer.out) == (2, "")


@pytest.mark.parametrize("pair", ["assessor:occasion", "assessor:assessor", "candidate:assessor"])
def test_an_interaction_of_what_is_not_there_is_refused_with_a_sentence(calibrate, pair):
    answer = calibrate("--interaction", pair)

    assert answer.code == 1
    assert "Traceback" not in answer.err


def test_a_name_with_control_characters_does_not_reach_the_terminal(calibrate, tmp_path):
    rows = [
        (who, by.replace("David", "Da\x1b[31mvid"), on, points) for who, by, on, points in panel()
    ]

    answer = calibrate("--full", path=written(tmp_path / "nasty.csv", rows))

    assert answer.code == 0
    assert "\x1b" not in answer.out


def test_a_weight_of_two_halves_the_variance_of_what_all_share(call, tmp_path):
    """Ratings that count twice are as if every candidate had been rated alike twice over."""
    rows = panel(n_candidates=40)
    header = ("who", "by", "on", "points", "times")
    bodies = []
    for times in (1, 2):
        path = written(tmp_path / "weighted.csv", [(*row, times) for row in rows], header=header)
        options = (*LONG, "--scale", "1:4", "--weight", "times", "--json", "-")
        bodies.append(json.loads(call("calibrate", path, *options).out))

    once, twice = (
        [one["standard_error"] for one in body["facets"]["criterion"]["elements"]]
        for body in bodies
    )
    assert np.array(twice) / np.array(once) == pytest.approx(0.5**0.5, abs=0.06)
