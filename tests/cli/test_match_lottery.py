import json
import stat
from collections import Counter

import pytest

from tests.cli.matching_files import matrix_files

SCORES = [[0.9, 0.5, 0.4, 0.3], [0.8, 0.7, 0.1, 0.6], [0.2, 0.9, 0.5, 0.4]]


@pytest.fixture
def committed(call, tmp_path):
    """A seed's file and the commitment that was printed."""
    path = tmp_path / "seed.json"
    answer = call("match", "--commit", path)
    assert answer.code == 0, answer.err
    return path, answer.out.strip()


@pytest.fixture
def drawn(call, written, committed, tmp_path):
    """A lottery's answer in a file, and what it says."""
    path = tmp_path / "drawn.json"
    files = written(**matrix_files(SCORES, cap=2))[:2]
    answer = call("match", *files, "--most-likely=0.5", "--seed", committed[0], "--json", path)
    assert answer.code == 0, answer.err
    return path, json.loads(path.read_text(encoding="utf-8")), files


def test_a_commitment_is_printed_and_its_seed_is_for_its_owner_alone(call, committed):
    path, commitment = committed

    body = json.loads(path.read_text(encoding="utf-8"))

    assert body["commitment"] == commitment
    assert len(body["seed"]) == len(body["nonce"]) == len(commitment) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_seed_that_may_be_committed_to_is_never_written_over(call, committed):
    before = committed[0].read_bytes()

    answer = call("match", "--commit", committed[0])

    assert (answer.code, answer.out) == (1, "")
    assert "is there already" in answer.err
    assert committed[0].read_bytes() == before


def test_two_seeds_are_never_the_same(call, tmp_path):
    found = {call("match", "--commit", tmp_path / name).out for name in ("one", "two")}

    assert len(found) == 2


def test_the_two_by_two_of_the_issue_has_a_half_everywhere(call, written, committed):
    files = written(**matrix_files([[1, 0.2], [0.6, 0.9]]))[:2]

    answer = call("match", *files, "--most-likely=0.5", "--seed", committed[0], "--json", "-")

    found = json.loads(answer.out)
    assert [each["share"] for each in found["pairs"]] == [pytest.approx(0.5)] * 4
    assert found["expected_total"] == pytest.approx(1.35)
    assert len(found["assignments"]) == 2


def test_the_answer_holds_commitment_nonce_seed_shares_and_pairs(drawn, committed):
    _, answer, _ = drawn

    seed = json.loads(committed[0].read_text(encoding="utf-8"))
    assert answer["lottery"] == {name: seed[name] for name in ("commitment", "nonce", "seed")}
    assert len(answer["pairs"]) == 12
    assert all(each["share"] <= 0.5 + 1e-9 for each in answer["pairs"])
    assert Counter(each["case"] for each in answer["assignments"]) == {
        "case 0": 1,
        "case 1": 1,
        "case 2": 1,
    }
    assert answer["assignments"][0]["needs"][0]["competence"] == "skill 0"


def test_the_same_seed_draws_the_same_again_and_others_draw_otherwise(
    call, drawn, committed, tmp_path
):
    _, answer, files = drawn
    again = ("match", *files, "--most-likely=0.5", "--json", "-", "--seed")

    assert json.loads(call(*again, committed[0]).out) == answer
    others = set()
    for number in range(6):
        call("match", "--commit", tmp_path / f"other {number}")
        other = json.loads(call(*again, tmp_path / f"other {number}").out)
        others.add(tuple(each["assessor"] for each in other["assignments"]))
    assert len(others) > 1


def test_an_honest_answer_is_drawn_again_and_held_to_the_files(call, drawn):
    path, answer, files = drawn

    alone = call("match", "--redraw", path)
    beside = call("match", *files, "--redraw", path)

    assert (alone.code, beside.code) == (0, 0)
    assert f"opens the commitment {answer['lottery']['commitment']}" in alone.out
    assert "brings the same 3 pairs" in alone.out
    assert "DIFFERS" not in alone.out + beside.out
    assert "are those of the files" in beside.out


def exchanged(answer):
    """The first case is given to somebody else."""
    one = answer["assignments"][0]
    one["assessor"] = "assessor 1" if one["assessor"] == "assessor 0" else "assessor 0"


def likelier(answer):
    """One case's shares laid on a single pair."""
    of_case = [each for each in answer["pairs"] if each["case"] == "case 1"]
    for each in of_case:
        each["share"] = 0.0
    of_case[-1]["share"] = 1.0


def another_seed(answer):
    answer["lottery"]["seed"] = "00" * 32


def another_total(answer):
    answer["total"] += 0.25


def no_such_share(answer):
    answer["pairs"][0]["share"] = 0.123


TAMPERED = {
    exchanged: "it draws, and the answer has not, case 0 – ",
    likelier: "Likelier than 0.5: case 1 – assessor 3",
    another_seed: "Seed and nonce do not open the commitment",
    another_total: "total is",
    no_such_share: "cannot be drawn from",
}


@pytest.mark.parametrize(("tampering", "words"), TAMPERED.items())
def test_what_was_changed_is_named_and_ends_with_1(call, drawn, tampering, words):
    path, answer, _ = drawn
    tampering(answer)
    path.write_text(json.dumps(answer), encoding="utf-8")

    found = call("match", "--redraw", path)

    assert found.code == 1
    differs = [line for line in found.out.splitlines() if line.startswith("DIFFERS")]
    assert words in "\n".join(differs)


def test_a_coverage_that_is_not_the_files_is_named(call, drawn, written):
    path, _, _ = drawn
    other = [list(row) for row in SCORES]
    other[2][1] = 0.95
    files = written(**matrix_files(other, cap=2))[:2]

    answer = call("match", *files, "--redraw", path, "--json", "-")

    assert answer.code == 1
    assert json.loads(answer.out)["differs"] == ["Other than in the files: case 2 – assessor 1."]


def test_a_seed_that_was_exchanged_after_the_commitment_draws_nothing(call, written, committed):
    path, _ = committed
    body = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(body | {"seed": "11" * 32}), encoding="utf-8")

    answer = call("match", *written()[:2], "--most-likely=0.5", "--seed", path)

    assert answer.code == 1
    assert "do not open the commitment" in answer.err


def test_a_cap_too_low_for_the_places_is_said(call, written, committed):
    files = written(**matrix_files([[1, 0.2], [0.6, 0.9]]))[:2]

    answer = call("match", *files, "--most-likely=0.4", "--seed", committed[0])

    assert answer.code == 1
    assert "the places cannot all be filled" in answer.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--most-likely=0.5",), "--most-likely and --seed go together"),
        (("--seed=seed.json",), "--most-likely and --seed go together"),
        (("--commit=a", "--redraw=b"), "ask for one"),
        (("--most-likely=1.5", "--seed=a"), "not in the range"),
    ],
)
def test_options_that_contradict_each_other_are_a_wrong_command(call, written, options, words):
    answer = call("match", *written()[:2], *options)

    assert answer.code == 2
    assert words in answer.err


@pytest.mark.parametrize("text", ["", "[]", '{"schema": "second-opinion/match/1"}', "\xff"])
def test_what_is_no_lottery_s_answer_is_refused_with_a_sentence(call, tmp_path, text):
    path = tmp_path / "no.json"
    path.write_text(text, encoding="latin-1")

    answer = call("match", "--redraw", path)

    assert answer.code == 1
    assert "is no file of the kind second-opinion/match-lottery/1" in answer.err


def test_a_lottery_s_answer_without_its_pairs_is_refused_with_a_sentence(call, drawn):
    path, answer, _ = drawn
    del answer["pairs"]
    path.write_text(json.dumps(answer), encoding="utf-8")

    found = call("match", "--redraw", path)

    assert found.code == 1
    assert "is no whole answer of a lottery" in found.err


def test_a_lottery_in_the_terminal_tells_shares_and_commitment(call, written, committed):
    files = written(**matrix_files(SCORES, cap=2))[:2]

    answer = call("match", *files, "--most-likely=0.5", "--seed", committed[0])

    assert answer.code == 0
    assert "no pair was likelier than 0.5" in answer.out
    assert committed[1] in answer.out
