import pytest

from second_opinion.ingest.anchor_file import read_anchor_file
from second_opinion.ingest.errors import AnchorFileError, ColumnError, FileError, IngestError

LABELS = {"assessor": ("Ada", "Björn", "Kim"), "criterion": ("Planning",)}


def read(tmp_path, *lines):
    path = tmp_path / "anchors.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_anchor_file(path, labels=LABELS)


def refusal(tmp_path, *lines):
    with pytest.raises(IngestError) as refused:
        read(tmp_path, *lines)
    return refused.value


def test_anchors_are_read_by_facet_and_label_whatever_else_the_file_holds(tmp_path):
    anchors = read(
        tmp_path,
        "standard_error;measure;label;facet",
        "0,1;-0,5;Ada;assessor",
        ";1;Björn;assessor",
        ";0,25;Planning;criterion",
    )

    assert anchors.known == {"assessor": {"Ada": -0.5, "Björn": 1}, "criterion": {"Planning": 0.25}}
    assert anchors.not_rated == ()


def test_an_anchor_for_somebody_not_rated_here_is_told_and_left_alone(tmp_path):
    anchors = read(
        tmp_path, "facet,label,measure", "assessor,Ada,0", "assessor,Bjorn,1", "assessor,Zoë,2"
    )

    assert anchors.known == {"assessor": {"Ada": 0}}
    assert anchors.not_rated == ("assessor 'Bjorn' (Did you mean 'Björn'?)", "assessor 'Zoë'")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("asessor,Ada,1", "row 3, column 'facet': There is no facet 'asessor'"),
        ("asessor,Ada,1", "Did you mean 'assessor'?"),
        ("candidate,Eva,1", "row 3, column 'facet': Candidates are what is measured"),
        ("assessor,,1", "row 3, column 'label': The cell is empty"),
        ("assessor,Kim,2", "row 3, column 'label': Assessor 'Kim' is anchored already, on row 2"),
        ("assessor,Ada,x", "row 3, column 'measure': 'x' is not a number"),
        ("assessor,Ada,inf", "row 3, column 'measure': 'inf' is not a number"),
        ("assessor,Ada,", "row 3, column 'measure': The cell is empty"),
        ("assessor,Ada,NA", "row 3, column 'measure': 'NA' is not a number"),
        ("assessor,Ada,1,2", "row 3: It has 4 cells where the header has 3"),
    ],
)
def test_each_fault_has_its_sentence_with_row_and_column(tmp_path, row, words):
    error = refusal(tmp_path, "facet,label,measure", "assessor,Kim,0.1", row)

    assert isinstance(error, AnchorFileError)
    assert words in str(error)
    assert "Nothing was done." in str(error)


def test_every_fault_is_told_at_once(tmp_path):
    error = refusal(tmp_path, "facet,label,measure", "x,Ada,1", "assessor,Ada,y")

    assert "also row 3" in str(error)


def test_decimal_points_and_commas_are_not_mixed(tmp_path):
    error = refusal(tmp_path, "facet;label;measure", "assessor;Ada;0,5", "assessor;Kim;0.5")

    assert "mixed" in str(error)


def test_a_missing_column_is_named(tmp_path):
    error = refusal(tmp_path, "facet,name,measure", "assessor,Ada,1")

    assert isinstance(error, ColumnError)
    assert "There is no column 'label'" in str(error)


def test_a_file_without_an_anchor_for_these_ratings_says_whom_they_have(tmp_path):
    error = refusal(tmp_path, "facet,label,measure", "assessor,Zoë,1")

    assert "no anchor for anyone" in str(error)
    assert "'Ada', 'Björn', 'Kim'" in str(error)


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(FileError, match="There is no such file"):
        read_anchor_file(tmp_path / "none.csv", labels=LABELS)
