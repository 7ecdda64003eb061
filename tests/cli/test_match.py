import json
from collections import Counter

import pytest

from second_opinion.ingest.matching_files import MATCHING_EXAMPLES
from tests.cli.matching_files import matrix_files


def answer_of(call, *arguments):
    answer = call("match", *arguments, "--json", "-")
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


@pytest.mark.parametrize("name", MATCHING_EXAMPLES)
def test_the_example_is_printed_as_it_stands(call, name):
    answer = call("match", "--example", name)

    assert (answer.code, answer.out) == (0, MATCHING_EXAMPLES[name])


def test_assignments_come_with_their_reasons(call, written):
    cases, assessors, conflicts = written()

    answer = call("match", cases, assessors, "--conflicts", conflicts)

    assert answer.code == 0
    assert "Alma Berg" in answer.out
    assert "Kubernetes* 5 of 4, certificate" in answer.out
    assert "no assignment serves its worst case better" in answer.out
    assert "planning default" in answer.out


def test_the_three_by_three_of_the_issue_is_fair_before_it_is_rich(call, written):
    similarity = [[0.9, 0.8, 0.9], [0.1, 0, 0.3], [0.2, 0.25, 0.6]]
    cases, assessors, _ = written(**matrix_files(similarity))

    found = answer_of(call, cases, assessors)

    assert (found["worst"], found["total"]) == (pytest.approx(0.25), pytest.approx(1.45))
    assert found["is_fairest"] is True
    assert {each["case"]: each["assessor"] for each in found["assignments"]} == {
        "case 0": "assessor 0",
        "case 1": "assessor 2",
        "case 2": "assessor 1",
    }


def test_a_conflict_a_language_and_a_price_keep_two_apart(call, written):
    cases = "case,competence,level,language,most_price\nA,law,1,sv,100\n"
    rows = ["Bar,law,1,1,sv,100", "Dear,law,1,1,sv,101", "Mute,law,1,1,en,1", "Fits,law,1,1,sv en,"]
    assessors = "\n".join(["assessor,competence,level,cap,language,price", *rows])
    paths = written(cases=cases, assessors=assessors, conflicts="case,assessor\nA,Bar\n")

    found = answer_of(call, *paths[:2], "--conflicts", paths[2])

    assert [each["assessor"] for each in found["assignments"]] == ["Fits"]
    refused = call("match", *paths[:2], "--conflicts", paths[2], "--per-case", "2")
    assert refused.code == 1
    gates = ("1 with a conflict of interest", "1 without the language", "1 too dear")
    for words in ("A needs 2 assessors", "Fits", *gates):
        assert words in refused.err


def test_three_cases_that_two_can_take_are_named_with_what_they_share(call, written):
    cases = "case,competence,level,language\n" + "".join(
        f"{name},Kubernetes,3,de\n{name},own {name},1,\n" for name in ("Ett", "Två", "Tre")
    )
    assessors = (
        "assessor,competence,level,cap,language\nAda,kubernetes,3,1,de\nBo,Kubernetes,4,1,de\n"
        "Cai,Kubernetes,5,9,sv\n"
    )
    paths = written(cases=cases, assessors=assessors)

    answer = call("match", *paths[:2], "--json", "-")

    assert (answer.code, answer.out) == (1, "")
    assert "These 3 cases compete for 2 assessors with Kubernetes and de: Ett, Tre and Två" in (
        answer.err
    )
    assert "They need 3 places; Ada (1 at most) and Bo (1 at most) can take 2" in answer.err


def test_what_the_client_lacks_and_nobody_shows_is_said_with_the_nearest_spelling(call, written):
    cases = "case,competence,level,gap\nA,Kubernets,3,yes\nA,law,1,no\n"
    paths = written(
        cases=cases, assessors="assessor,competence,level,cap\nBo,law,2,1\nEl,kubernetes,3,1\n"
    )

    answer = call("match", *paths[:2])

    assert answer.code == 1
    assert "who cover what the client lacks, Kubernets" in answer.err
    assert "No assessor shows 'Kubernets'. Did you mean 'kubernetes'?" in answer.err


def test_the_order_of_the_rows_decides_nothing(call, written):
    def turned(text):
        head, *rows = text.strip().split("\n")
        return "\n".join([head, *reversed(rows)])

    first = answer_of(call, *written()[:2])
    files = matrix_files([[0.5, 0.5], [0.5, 0.5]])
    tied = answer_of(call, *written(**files)[:2])
    again = answer_of(call, *written(**{name: turned(text) for name, text in files.items()})[:2])

    assert first["worst"] > 0.4
    assert tied == again


def test_two_a_case_are_two_different_people(call, written):
    files = matrix_files([[0.9, 0.5, 0.4], [0.8, 0.7, 0.1]], cap=2)

    found = answer_of(call, *written(**files)[:2], "--per-case=2")

    pairs = [(each["case"], each["assessor"]) for each in found["assignments"]]
    assert len(pairs) == len(set(pairs)) == 4
    assert found["worst"] == pytest.approx(1.4)


def test_a_case_that_says_how_many_it_needs_has_so_many(call, written):
    cases = "case,competence,level,assessors\nA,law,1,2\nA,tax,1,\nB,law,1,\n"
    rows = [f"{name},law,1,2" for name in ("Ada", "Bo", "Cai", "Dan")]
    paths = written(cases=cases, assessors="\n".join(["assessor,competence,level,cap", *rows]))

    for per_case, expected in (("1", {"A": 2, "B": 1}), ("3", {"A": 2, "B": 3})):
        found = answer_of(call, *paths[:2], "--per-case", per_case)["assignments"]
        assert Counter(each["case"] for each in found) == expected


def test_more_assessors_than_can_be_given_name_the_case(call, written):
    cases = "case,competence,level,assessors\nA,law,1,3\nB,law,1,1\n"
    paths = written(cases=cases, assessors="assessor,competence,level,cap\nBo,law,1,5\n")

    answer = call("match", *paths[:2])

    assert answer.code == 1
    assert "A needs 3 assessors with law, and Bo (5 at most)" in answer.err
    assert "in the column assessors" in answer.err


def test_a_file_too_few_is_a_wrong_command(call, written):
    answer = call("match", written()[0])

    assert answer.code == 2
    assert "Name a file of cases and a file of assessors" in answer.err


def test_a_fault_in_a_file_is_told_by_row_and_column(call, written):
    paths = written(cases="case,competence,level\nA,law,high\n")

    answer = call("match", *paths[:2])

    assert answer.code == 1
    assert "row 2, column 'level': 'high' cannot be; a level above 0 is needed" in answer.err
