import json

import pytest

from second_opinion.ingest.case_file import EXAMPLES


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.toml"
    path.write_text(EXAMPLES["en"], encoding="utf-8")
    return path


def files_in(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("language", EXAMPLES)
def test_example_is_printed_as_it_stands(call, language):
    answer = call("opine", "--example", "--language", language)

    assert answer.code == 0
    assert answer.out == EXAMPLES[language]


def test_example_is_english_unless_asked_otherwise(call):
    assert call("opine", "--example").out == EXAMPLES["en"]


def test_pdf_page_and_json_are_written(call, case, tmp_path):
    pdf, html, figures = (tmp_path / name for name in ("a.pdf", "a.html", "a.json"))

    answer = call("opine", case, "-o", pdf, "--html", html, "--json", figures)

    assert (answer.code, answer.out) == (0, "")
    assert answer.err.splitlines() == [f"Written: {path}" for path in (pdf, html, figures)]
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "Robin Hale" in html.read_text(encoding="utf-8")
    assert json.loads(figures.read_bytes())["schema"] == "second-opinion/opine/2"


def test_json_on_standard_output_is_nothing_but_json(spawn, case):
    answer = spawn("opine", case, "--json", "-")

    assert (answer.code, answer.err) == (0, "")
    figures = json.loads(answer.out)
    assert [each["name"] for each in figures["candidates"]] == ["Robin Hale", "Sam Okafor"]
    for candidate in figures["candidates"]:
        assert {"conclusion", "whole", "probability_above_bar", "criteria"} <= candidate.keys()
        assert candidate["whole"].keys() == {"mean", "low", "high"}
        for criterion in candidate["criteria"]:
            assert {"name", "opinions", "mean", "low", "high"} <= criterion.keys()
            assert criterion["low"] < criterion["mean"] < criterion["high"]


def test_json_on_standard_output_goes_along_with_files(call, case, tmp_path):
    answer = call("opine", case, "--html", tmp_path / "a.html", "--json", "-")

    assert json.loads(answer.out)["role"] == "Head of Finance"
    assert (tmp_path / "a.html").exists()


def test_without_outputs_the_conclusions_are_printed_with_their_intervals(call, case):
    answer = call("opine", case)

    assert answer.code == 0
    for words in ("Robin Hale", "Sam Okafor", "Likely between", "Leading change", " to "):
        assert words in answer.out


def test_names_in_the_table_cannot_command_the_terminal(call, case):
    text = case.read_text(encoding="utf-8").replace("Sam Okafor", "Sam [bold]\\u001b[31m :bug:")
    case.write_text(text, encoding="utf-8")

    answer = call("opine", case)

    assert "\x1b" not in answer.out
    assert "Sam [bold]\ufffd[31m :bug:" in answer.out


@pytest.mark.parametrize(("language", "tongue"), [("sv", 'lang="sv"'), ("en", 'lang="en"')])
def test_language_of_the_report_may_differ_from_the_file_s(call, case, tmp_path, language, tongue):
    target = tmp_path / "a.html"

    call("opine", case, "--html", target, "--language", language)

    assert tongue in target.read_text(encoding="utf-8")


def test_language_is_the_file_s_unless_asked_otherwise(call, tmp_path):
    case, target = tmp_path / "case.toml", tmp_path / "a.html"
    case.write_text(EXAMPLES["sv"], encoding="utf-8")

    call("opine", case, "--html", target)

    assert 'lang="sv"' in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("weight = 35", "weight = 30", "sum to 95, not to 100"),
        ("score = 4.5", "score = 45", "key 'score': 45 is outside the scale 1 to 5."),
        ("scale = [1, 5]", "scale = [1, 5", "This is not TOML"),
        ("bar = 3.2", "bra = 3.2", "There is no key 'bra' here"),
        ('"Regulated accounting"\nweight', '"Tax"\nweight', "There is no criterion"),
        ('assessor = "Jonas Birch"', 'assessor = "Eva Strand"', "a second time"),
    ],
)
def test_wrong_case_ends_with_one_its_sentence_and_nothing_written(
    call, case, tmp_path, old, new, words
):
    text = case.read_text(encoding="utf-8")
    assert old in text
    case.write_text(text.replace(old, new, 1), encoding="utf-8")

    answer = call(
        "opine", case, "-o", tmp_path / "a.pdf", "--html", tmp_path / "b", "--json", tmp_path / "c"
    )

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"second-opinion: {case}")
    assert words in answer.err
    assert "Traceback" not in answer.err
    assert files_in(tmp_path) == ["case.toml"]


@pytest.mark.parametrize(
    ("name", "words"), [("no.toml", "There is no such file."), (".", "This is a folder")]
)
def test_missing_case_and_folder_end_with_one(call, tmp_path, name, words):
    answer = call("opine", tmp_path / name, "--json", "-")

    assert (answer.code, answer.out) == (1, "")
    assert words in answer.err


def test_target_that_cannot_be_written_is_told_before_the_case_is_read(call, tmp_path):
    answer = call("opine", tmp_path / "no.toml", "-o", tmp_path / "missing" / "a.pdf")

    assert answer.code == 1
    assert "There is no folder" in answer.err


def test_output_over_the_case_file_is_refused(call, case):
    before = case.read_bytes()

    answer = call("opine", case, "--json", case)

    assert answer.code == 2
    assert "is named twice" in answer.err
    assert case.read_bytes() == before


def test_command_without_a_case_says_what_to_do(call):
    answer = call("opine")

    assert answer.code == 2
    assert "--example" in answer.err


def test_setting_that_cannot_be_used_is_a_sentence(spawn, case):
    answer = spawn("opine", case, env={"SECOND_OPINION_LANGUAGE": "xx"})

    assert (answer.code, answer.out) == (1, "")
    assert "The settings cannot be used" in answer.err
    assert "Traceback" not in answer.err


def test_every_further_document_is_written(call, case, tmp_path):
    named = {
        f"--{name}": tmp_path / f"{name}.{ending}"
        for name, ending in (
            ("word", "docx"),
            ("drawings", "csv"),
            ("memo", "pdf"),
            ("test-annex", "pdf"),
            ("oral-summary", "pdf"),
            ("getting-started", "pdf"),
        )
    }
    options = [str(part) for pair in named.items() for part in pair]

    answer = call("opine", case, *options, "--candidates", tmp_path / "candidates")

    assert answer.code == 0
    begins = {".pdf": b"%PDF", ".docx": b"PK", ".csv": b"drawing,"}
    of_candidates = sorted(path.name for path in (tmp_path / "candidates").iterdir())
    assert of_candidates[:3] == [
        "candidate-1-explanation.pdf",
        "candidate-1.docx",
        "candidate-1.pdf",
    ]
    for path in [*named.values(), *(tmp_path / "candidates").iterdir()]:
        assert path.read_bytes().startswith(begins[path.suffix])
