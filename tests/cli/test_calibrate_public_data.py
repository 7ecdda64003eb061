"""The command on public data: the figures of two independent fine integrations and of TAM."""

import csv
import json
import math

import pytest

from second_opinion.cli.main import run

pytestmark = pytest.mark.shared_data

# Options, and the figures that the answer must hold; provenance in docs/methods/facets.md.
STUDIES = {
    "sirt_ratings3": (
        (
            "sirt_ratings3_writing.csv", "--candidate=idstud", "--assessor=rater",
            "--scores=crit2,crit3,crit4", "--scale=0:3", "--model=partial-credit",
        ),
        {"deviance": (17666.77, 0.1), "variance": (2.4184, 0.005), "reliability": (0.8418, 5e-4)},
        {"837": -1.2835, "803": 0.9946, "815": -0.9781, "845": 0.8678},
    ),
    "tam_ex10": (
        (
            "tam_ex10.csv", "--candidate=pid", "--assessor=rater",
            "--scores=I0001,I0002,I0003,I0004,I0005", "--scale=0:1",
        ),
        {"deviance": (3534.356, 0.01), "variance": (1.7836, 5e-4)},
        {"1": -0.0584, "2": -0.4568, "3": 0.5152},
    ),
    "mfrmr_ej2021_study1": (
        (
            "mfrmr_ej2021_study1_simulated.csv", "--candidate=Person", "--assessor=Rater",
            "--criterion=Criterion", "--score=Score", "--scale=1:4",
        ),
        {"deviance": (4118.405, 0.01), "variance": (0.8851, 5e-4), "reliability": (0.7329, 5e-4)},
        {"R13": 1.7075, "R14": -0.7867},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("answers")
    found = {}
    for study, ((name, *options), _, _) in STUDIES.items():
        target = folder / f"{study}.json"
        path = shared_data / "facets" / name
        assert run(["calibrate", str(path), *options, "--json", str(target)]) == 0
        found[study] = json.loads(target.read_bytes())
    return found


def elements(answer, facet):
    return {one["label"]: one for one in answer["facets"][facet]["elements"]}


@pytest.mark.parametrize("study", STUDIES)
def test_fit_and_population_are_the_published_ones(answers, study):
    answer, expected = answers[study], STUDIES[study][1]

    found = {
        "deviance": answer["deviance"],
        "variance": answer["population"]["variance"],
        "reliability": answer["population"]["eap_reliability"],
    }
    assert answer["converged"]
    for name, (value, tolerance) in expected.items():
        assert found[name] == pytest.approx(value, abs=tolerance)


@pytest.mark.parametrize("study", STUDIES)
def test_named_severities_are_the_published_ones(answers, study):
    found = elements(answers[study], "assessor")

    for label, value in STUDIES[study][2].items():
        assert found[label]["measure"] == pytest.approx(value, abs=0.005)


@pytest.mark.parametrize("study", STUDIES)
def test_every_severity_and_its_error_agree_with_the_reference(answers, study, shared_data):
    found = elements(answers[study], "assessor")
    path = shared_data / "facets" / f"{study}_reference.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["facet"] == "assessor"]

    assert len(rows) == len(found)
    for row in rows:
        one = found[row["label"]]
        assert one["measure"] == pytest.approx(float(row["measure"]), abs=0.005)
        assert one["standard_error"] == pytest.approx(float(row["standard_error"]), abs=0.005)


def test_criteria_are_the_reference_less_their_mean(answers):
    items = [-1.9572, -1.0268, -0.0684, 1.0614, 1.9849]  # TAM 4.3-25, population mean 0

    found = elements(answers["tam_ex10"], "criterion")

    centre = sum(items) / len(items)
    assert [one["measure"] for one in found.values()] == pytest.approx(
        [item - centre for item in items], abs=0.001
    )
    assert answers["tam_ex10"]["population"]["mean"] == pytest.approx(-centre, abs=0.001)


def test_first_candidates_are_tams(answers):
    found = list(elements(answers["tam_ex10"], "candidate").values())[:4]

    # TAM's population mean is 0 and its items carry the rest: abilities differ by our mean.
    mean = answers["tam_ex10"]["population"]["mean"]
    eap = [one["measure"] - mean for one in found]
    assert eap == pytest.approx([0.8335, 1.4496, -0.6520, 1.0883], abs=0.001)
    assert [one["standard_error"] for one in found] == pytest.approx(
        [0.5885, 0.7199, 0.6761, 0.6902], abs=0.001
    )


def test_thresholds_sum_to_zero_within_a_criterion(answers):
    sums = {}
    for one in answers["sirt_ratings3"]["thresholds"]:
        sums.setdefault(one["criterion"], []).append(one["measure"])

    assert set(sums) == {"crit2", "crit3", "crit4"}
    assert all(math.isclose(sum(steps), 0, abs_tol=1e-9) for steps in sums.values())
