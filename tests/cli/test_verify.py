import json

import pytest

from second_opinion.audit.analysis.canonical import canonical_json
from second_opinion.audit.analysis.verification import RECEIPT
from second_opinion.cli.main import run
from second_opinion.engine.sealing import MerkleTree, commitment, inclusion_proof, leaf_hash

OPINION = {"schema": "second-opinion/opinion/1", "ratings": [], "conclusion": "Fits. Åäö 🙂"}
NONCE = bytes(range(32))


def a_receipt():
    committed = commitment(canonical_json(OPINION), nonce=NONCE).hex()
    entries = [
        {
            "position": number,
            "verb": "opinion.sealed",
            "at": "2026-11-25T10:00:00.000000+00:00",
            "details": {"commitment": committed},
        }
        for number in range(7)
    ]
    tree = MerkleTree(leaf_hash(canonical_json(entry)) for entry in entries)
    return {
        "schema": RECEIPT,
        "entry": entries[4],
        "size": 7,
        "path": [one.hex() for one in inclusion_proof(tree, 4).path],
        "root": tree.root().hex(),
        "opened": {"opinion": OPINION, "nonce": NONCE.hex()},
    }


@pytest.fixture
def verify(tmp_path, capsys):
    def run_on(content):
        path = tmp_path / "receipt.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        code = run(["verify", str(path)])
        return code, *capsys.readouterr()

    return run_on


def test_a_true_receipt_is_proved_and_what_it_cannot_show_is_said(verify):
    code, said, _ = verify(a_receipt())

    assert code == 0
    assert said.count("Proved:") == 2
    assert "Not shown by this file: Whether that head" in said


def changed(*path, to):
    receipt = a_receipt()
    place = receipt
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return receipt


@pytest.mark.parametrize(
    "receipt",
    [
        changed("entry", "verb", to="opinion.withdrawn"),
        changed("entry", "position", to=3),
        changed("size", to=8),
        changed("root", to="00" * 32),
        changed("path", 0, to="00" * 32),
        changed("path", to=[]),
        changed("opened", "opinion", "conclusion", to="Does not fit."),
        changed("opened", "nonce", to="00" * 32),
        changed("opened", "nonce", to="no nonce"),
    ],
)
def test_whatever_is_changed_in_it_is_refuted(verify, receipt):
    code, said, _ = verify(receipt)

    assert code == 1
    assert "REFUTED:" in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "it is not JSON"),
        ("[1, 2]", "its schema is None"),
        ("[" * 100_000, "it is not JSON"),
        (changed("schema", to="another/1"), "its schema is 'another/1'"),
        (changed("entry", to="x"), "has no 'entry' that can be read"),
        (changed("size", to=True), "has no 'size' that can be read"),
        (changed("path", 0, to="zz"), "'path' holds 'zz', which is no hash"),
        (changed("root", to="ab"), "'root' holds 'ab', which is no hash"),
    ],
)
def test_what_is_no_receipt_gets_one_sentence(verify, content, sentence):
    code, said, wrong = verify(content)

    assert (code, said) == (1, "")
    assert sentence in wrong
    assert "Traceback" not in wrong


def test_files_that_cannot_be_read_get_their_sentence(tmp_path, capsys):
    (tmp_path / "junk").write_bytes(b"\xff\xfe\x00junk")

    assert run(["verify", str(tmp_path)]) == 1
    assert run(["verify", str(tmp_path / "nowhere")]) == 1
    assert run(["verify", str(tmp_path / "junk")]) == 1

    wrong = capsys.readouterr().err
    assert "is a folder" in wrong
    assert "There is no file" in wrong
    assert "it is not text" in wrong


def test_the_answer_as_json(tmp_path, capsys):
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(a_receipt()), "utf-8")

    assert run(["verify", str(path), "--json", "-"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer["schema"] == "second-opinion/verification/1"
    assert (len(answer["proved"]), answer["refuted"]) == (2, [])
