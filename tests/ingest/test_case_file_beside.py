"""What a case file may declare beside opinions, and what is wrong with it in words."""

import pytest

from second_opinion.ingest.case_file import (
    EXAMPLE,
    BeliefEntry,
    Connection,
    InstrumentKind,
    as_dict,
    from_dict,
    read_case_file,
)
from second_opinion.ingest.case_file.judging import CHOSEN_BY, VALUE_NAMES
from second_opinion.ingest.errors import CaseFileError
from second_opinion.ingest.order_file.entries import ChosenBy
from second_opinion.library.validity import VALUE_SETS

DEPENDENCE = """
[[dependence]]
assessors = ["Eva Strand", "Jonas Birch"]
because = "same employer"
correlation = 0.4
"""
MEETING = """
[[dependence]]
assessors = ["Eva Strand", "Jonas Birch"]
because = "same meeting"
candidates = ["Robin Hale"]
"""
INSTRUMENT = """
[[instrument]]
name = "Ability test"
kind = "test"
candidate = "Robin Hale"
[[instrument.reading]]
criterion = "Financial control"
value = 4
standard_error = 0.6
"""
LATER = ("beliefs", "no_first_opinion", "profile_changes")
ROBIN = '[[candidate]]\nname = "Robin Hale"\n'
TOP = {
    "worked_out": "worked_out = 6\nreference_group = 'ours'\n",
    "rule": "conclusion_rule = { supported_from = 0.8 }\n",
}


def read(tmp_path, *, top="", end="", believed=""):
    text = EXAMPLE.replace(ROBIN, ROBIN + believed)
    for line in EXAMPLE.splitlines():
        if line.startswith(("worked_out", "reference_group", "value_set", "chosen_by")):
            text = text.replace(line + "\n", "")
    path = tmp_path / "case.toml"
    path.write_text(top + text + end, encoding="utf-8")
    return read_case_file(path)


def test_everything_beside_the_opinions_is_read_and_stored(tmp_path):
    case = read(
        tmp_path,
        top=TOP["worked_out"] + TOP["rule"],
        end=DEPENDENCE + MEETING + INSTRUMENT,
    )

    employer, meeting = case.dependences[-2:]
    assert (employer.connection, employer.correlation) == (Connection.SAME_EMPLOYER, 0.4)
    assert (meeting.connection, meeting.candidates) == (Connection.SAME_MEETING, ("Robin Hale",))
    instrument = case.instruments[-1]
    assert instrument.kind is InstrumentKind.TEST
    assert instrument.readings[0].standard_error == 0.6
    assert (case.outlook.worked_out, case.outlook.reference_group) == (6, "ours")
    assert case.conclusion_rule == {"supported_from": 0.8}
    assert from_dict(as_dict(case)) == case


def test_what_was_believed_and_what_was_unusual_is_read_and_stored(tmp_path):
    case = read(
        tmp_path,
        top="profile_changes = ['The budget moved.']\n",
        believed="would_hire = false\nsureness = 8\n",
    )

    assert case.beliefs == (BeliefEntry(candidate="Robin Hale", would_hire=False, sureness=8),)
    assert case.profile_changes == ("The budget moved.",)
    assert from_dict(as_dict(case)) == case


def test_a_case_stored_before_all_this_is_still_read(tmp_path):
    stored = as_dict(read(tmp_path))
    for key in ("dependences", "instruments", "outlook", "conclusion_rule", *LATER):
        del stored[key]
    for opinion in stored["opinions"]:
        del opinion["material"], opinion["outside_expertise"]

    case = from_dict(stored)

    assert (case.dependences, case.instruments, case.outlook) == ((), (), None)


def test_the_reviews_are_those_of_the_library():
    assert set(VALUE_NAMES) == set(VALUE_SETS)
    assert set(CHOSEN_BY) == set(ChosenBy)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end": DEPENDENCE.replace("Jonas Birch", "Nobody")}, "'Nobody'"),
        ({"end": DEPENDENCE.replace(', "Jonas Birch"', "")}, "two assessors or more"),
        ({"end": DEPENDENCE.replace("0.4", "1.5")}, "correlation"),
        ({"end": DEPENDENCE.replace("0.4", "nan")}, "nan"),
        ({"end": DEPENDENCE.replace("same employer", "same town")}, "same town"),
        ({"end": DEPENDENCE + 'candidates = ["Robin Hale"]'}, "every candidate"),
        ({"end": MEETING + "correlation = 0.3"}, "set by the method"),
        ({"end": INSTRUMENT.replace("0.6", "0")}, "standard_error"),
        ({"end": INSTRUMENT.replace("0.6", "-1")}, "standard_error"),
        ({"end": INSTRUMENT.replace("value = 4", "value = 9")}, "outside the scale"),
        ({"end": INSTRUMENT.replace("Financial control", "Finance")}, "Financial control"),
        ({"end": INSTRUMENT.replace("Robin Hale", "Robin Hail")}, "Robin Hale"),
        ({"end": INSTRUMENT.partition("[[instrument.reading")[0]}, "no reading"),
        ({"end": INSTRUMENT + INSTRUMENT.partition('Hale"')[2]}, "read twice"),
        ({"top": "worked_out = 11\n"}, "worked_out"),
        ({"top": "worked_out = 0\n"}, "worked_out"),
        ({"top": "reference_group = 'ours'\n"}, "belongs to a base rate"),
        ({"top": "worked_out = 6\nvalue_set = 'mine'\n"}, "mine"),
        ({"top": "conclusion_rule = { supported_from = 1.5 }\n"}, "supported_from"),
        ({"top": "conclusion_rule = { supported_from = 0.4 }\n"}, "must rise"),
        ({"top": "conclusion_rule = { mercy = 0.4 }\n"}, "mercy"),
        ({"top": "no_first_opinion = 'No time.'\n"}, "There is a first opinion"),
        ({"believed": "sureness = 11\n"}, "between 0 and 10"),
        ({"believed": "would_hire = true\n"}, "how sure"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, changes, words):
    with pytest.raises(CaseFileError) as refused:
        read(tmp_path, **changes)

    assert words in str(refused.value)
