import pytest

from second_opinion.ingest.errors import IngestError, MatchingFileError
from second_opinion.ingest.matching_files import (
    MATCHING_EXAMPLES,
    read_assessors,
    read_cases,
    read_conflicts,
)


@pytest.fixture
def written(tmp_path):
    def writes(text):
        path = tmp_path / "file.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return writes


def test_the_examples_can_be_read(written):
    cases = read_cases(written(MATCHING_EXAMPLES["cases"]))
    assessors = read_assessors(written(MATCHING_EXAMPLES["assessors"]))
    conflicts = read_conflicts(
        written(MATCHING_EXAMPLES["conflicts"]),
        cases=[each.name for each in cases],
        assessors=[each.name for each in assessors],
    )

    assert [each.name for each in cases] == ["VF-101", "VF-102", "VF-103", "VF-104"]
    assert cases[0].languages == {"de"}
    assert [need.is_gap for need in cases[0].needs] == [True, False]
    assert (cases[1].most_price, cases[0].most_price) == (24000, None)
    assert assessors[0].shown["kubernetes"].quality == 0.9
    assert (assessors[0].cap, assessors[0].price) == (2, 22000)
    assert conflicts[0].reason == "employed by the client until 2025"


def test_swedish_cells_decimal_commas_and_other_columns_are_understood(written):
    cases = read_cases(written("case;competence;level;gap;note\nA;Juridik;2,5;ja;whatever\n"))
    assessors = read_assessors(
        written("assessor;competence;level;cap;proof\nÅsa;juridik;3;1;anställning\n")
    )

    assert (cases[0].needs[0].level, cases[0].needs[0].is_gap) == (2.5, True)
    assert assessors[0].shown["juridik"].quality == 0.8


def test_a_provider_s_own_quality_and_what_is_only_declared(written):
    rows = "assessor,competence,level,cap,proof\nBo,law,3,1,0.65\nBo,people,3,,\n"

    shown = read_assessors(written(rows))[0].shown

    assert (shown["law"].quality, shown["people"].quality) == (0.65, 0.4)


CASES = "case,competence,level,gap,weight,language,most_price\n"
ASSESSORS = "assessor,competence,level,cap,proof,language,price\n"


@pytest.mark.parametrize(
    ("read", "text", "sentence"),
    [
        (read_cases, CASES + "A,law,0,,,,", "row 2, column 'level': '0' cannot be; a level above"),
        (read_cases, CASES + "A,law,,,,,", "row 2, column 'level': The cell is empty; a level"),
        (read_cases, CASES + ",law,1,,,,", "row 2, column 'case': The cell is empty"),
        (read_cases, CASES + "A,law,1,perhaps,,,", "'perhaps' cannot be; yes or no is needed"),
        (read_cases, CASES + "A,law,1,,-1,,", "column 'weight': '-1' cannot be; a weight above 0"),
        (read_cases, CASES + "A,law,1,,,,\nA,LAW,2,,,,", "row 3, .* already on row 2"),
        (read_cases, CASES + "A,law,1,,,sv,\nA,tax,2,,,en,", "row 3, .* differs from what row 2"),
        (
            read_cases,
            "case,competence,level,assessors\nA,law,1,1.5",
            "column 'assessors': '1.5' cannot be; a whole number from 1 to 20 is needed",
        ),
        (
            read_cases,
            "case,competence,level,assessors\nA,law,1,2\nA,tax,1,3",
            "column 'assessors': '3' differs from what row 2 says of 'A'",
        ),
        (read_cases, CASES + "A,law,1,,,,cheap", "column 'most_price': 'cheap' cannot be"),
        (read_cases, CASES, "It holds no row"),
        (read_cases, "case,competence\nA,law\n", "There is no column 'level'"),
        (read_assessors, ASSESSORS + "Bo,law,1,1.5,,,", "'1.5' cannot be; a whole number of cases"),
        (read_assessors, ASSESSORS + "Bo,law,1,,,,", "Say how many cases 'Bo' can take"),
        (read_assessors, ASSESSORS + "Bo,law,1,1,certifcate,,", "Did you mean 'certificate'"),
        (read_assessors, ASSESSORS + "Bo,law,1,1,1.2,,", "no kind of proof"),
        (read_assessors, ASSESSORS + "Bo,law,1,1,,,\nBo,law,2,,,,", "strongest proof"),
        (read_assessors, ASSESSORS + "Bo,law,-1,1,,,", "a level of 0 or above is needed"),
        (read_assessors, ASSESSORS + "Bo,law,1,1,,,x", "a price of 0 or above is needed"),
    ],
)
def test_what_cannot_be_is_refused_by_row_and_column(written, read, text, sentence):
    with pytest.raises(IngestError, match=sentence):
        read(written(text))


def test_every_fault_is_told_at_once(written):
    rows = CASES + "A,law,x,,,,\nB,,1,,,,\nC,law,1,?,,,\n"

    with pytest.raises(MatchingFileError) as refused:
        read_cases(written(rows))

    assert [f"row {row}" in str(refused.value) for row in (2, 3, 4)] == [True, True, True]


def test_a_conflict_of_nobody_there_is_refused_with_the_nearest_name(written):
    with pytest.raises(MatchingFileError, match=r"no assessor 'Bo Eck'.* Did you mean 'Bo Ek'"):
        read_conflicts(written("case,assessor\nA,Bo Eck\n"), cases=["A"], assessors=["Bo Ek"])
