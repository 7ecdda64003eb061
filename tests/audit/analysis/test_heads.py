"""Signed heads and the proof between two of them, down to the program that needs none of us."""

import copy
import json
import subprocess
import sys

import pytest

from second_opinion.audit.analysis.canonical import canonical_json
from second_opinion.audit.analysis.exports import verify
from second_opinion.audit.analysis.heads import consistency_of, head_at
from second_opinion.audit.analysis.receipts import receipt_of
from second_opinion.audit.analysis.signatures import is_signed, signed
from second_opinion.audit.analysis.standalone import canonical
from second_opinion.audit.models import Event
from second_opinion.audit.services import record_event
from second_opinion.cli.verify import standalone_program
from second_opinion.engine.errors import ArgumentError
from tests import factories

ROOT, SECRET = bytes(range(32)), bytes(32)

# RFC 8032, section 7.1, test 1: the key of this secret
RFC_SECRET = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
RFC_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


def test_the_key_is_the_one_that_the_standard_gives_for_its_secret():
    assert signed(ROOT, size=3, secret=RFC_SECRET)["key"] == RFC_KEY


def test_a_signature_holds_for_its_head_and_for_no_other():
    by = signed(ROOT, size=3, secret=SECRET)

    assert is_signed(ROOT, size=3, by=by)
    assert not is_signed(ROOT, size=4, by=by)
    assert not is_signed(bytes(32), size=3, by=by)
    assert not is_signed(ROOT, size=3, by=by | {"key": RFC_KEY})
    assert not is_signed(ROOT, size=3, by=by | {"signature": "no signature"})
    assert not is_signed(ROOT, size=3, by={})


# RFC 8785: appendix B for numbers, section 3.2.3 for the order of names
NUMBERS = {
    0.0: "0",
    5e-324: "5e-324",
    -1.7976931348623157e308: "-1.7976931348623157e+308",
    9007199254740992.0: "9007199254740992",
    295147905179352830000.0: "295147905179352830000",
    1e23: "1e+23",
    9.999999999999997e22: "9.999999999999997e+22",
    1e21: "1e+21",
    0.000001: "0.000001",
    1e-7: "1e-7",
    333333333.3333332: "333333333.3333332",
    -0.0000033333333333333333: "-0.0000033333333333333333",
    4.5: "4.5",
    2.0: "2",
}


@pytest.mark.parametrize("number", NUMBERS)
def test_the_program_writes_numbers_as_the_standard_does(number):
    assert canonical(number) == NUMBERS[number] == canonical_json(number).decode()


def test_the_program_writes_text_and_names_as_the_package_does():
    content = {
        "\u20ac": "Euro",
        "\r": "Return",
        "\ufb33": "Dalet",
        "1": [None, True, -3, {"å": '\u0007 \u2028 / \\ " \x7f 🙂'}],
        "\U0001f600": "Smile",
        "\u0080": "Control",
        "ö": 1.5,
    }

    assert canonical(content) == canonical_json(content).decode()


@pytest.fixture
def log(db):
    """Nine events; answers with a function that makes one more."""
    cast = factories.Cast()

    def grow():
        return record_event(actor=None, verb="case.seen", subject=cast.coordinator, case=None)

    for _ in range(9):
        grow()
    return grow


def test_the_later_log_begins_with_the_earlier(log):
    before = Event.objects.count()
    for _ in range(5):
        log()

    found = consistency_of(before, before + 5)
    verdict = verify(found)

    assert verdict.refuted == ()
    assert "nothing was taken out, changed or put in between" in verdict.proved[0]
    assert sum("signed the head" in sentence for sentence in verdict.proved) == 2
    assert any("Whose key" in sentence for sentence in verdict.not_shown)


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found["first"].update(root="00" * 32),
        lambda found: found["second"].update(size=found["second"]["size"] - 1),
        lambda found: found["path"].pop(),
        lambda found: found["path"].append("00" * 32),
        lambda found: found["second"]["signed"].update(signature="00" * 64),
    ],
)
def test_a_forged_proof_between_heads_is_refuted(log, change):
    found = consistency_of(4, Event.objects.count())
    change(found)

    assert verify(found).refuted


def test_sizes_that_the_log_never_had_are_refused(log):
    with pytest.raises(ArgumentError, match="Sizes must be"):
        consistency_of(3, Event.objects.count() + 1)


def test_queries_stay_few_however_far_apart_the_heads(log, django_assert_max_num_queries):
    newest = Event.objects.count()

    with django_assert_max_num_queries(5):
        found = consistency_of(2, newest)
    with django_assert_max_num_queries(1):
        head = head_at(5)

    assert (found["first"]["size"], found["second"]["size"]) == (2, newest)
    assert head == consistency_of(2, 5)["second"]


def test_a_receipt_says_who_signed_and_an_old_one_without_signature_still_holds(log):
    receipt = receipt_of(log())
    old = copy.deepcopy(receipt)
    del old["signed"]

    assert any("signed the head" in sentence for sentence in verify(receipt).proved)
    assert verify(old).refuted == ()
    assert len(verify(old).proved) == len(verify(receipt).proved) - 1
    receipt["signed"]["key"] = RFC_KEY
    assert f"not what the key {RFC_KEY} signed" in verify(receipt).refuted[0]


# --- the program of one file


@pytest.fixture
def check(tmp_path):
    (tmp_path / "check.py").write_bytes(standalone_program())

    def checks(content):
        (tmp_path / "file.json").write_text(json.dumps(content), encoding="utf-8")
        ran = subprocess.run(
            [sys.executable, "-I", "-S", "check.py", "file.json"],  # no packages to be found
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return ran.returncode, ran.stdout + ran.stderr

    return checks


def test_the_program_alone_proves_what_the_package_proves_and_says_what_it_did_not(log, check):
    receipt = receipt_of(log())

    code, said = check(receipt)

    assert code == 0
    assert said.startswith("Proved: This is event")
    assert "Not checked: Who signed the head" in said
    receipt["entry"]["verb"] = "case.forged"
    assert check(receipt)[0] == 1


def test_the_program_checks_the_proof_between_heads(log, check):
    found = consistency_of(5, Event.objects.count())

    assert check(found)[0] == 0
    found["first"]["root"] = "00" * 32
    code, said = check(found)
    assert (code, said.split()[0]) == (1, "REFUTED:")


def test_the_program_refuses_what_it_does_not_know_without_a_traceback(check):
    for content in ({"schema": "other"}, [], {"schema": "second-opinion/receipt/1"}):
        code, said = check(content)
        assert code == 1
        assert "Traceback" not in said
