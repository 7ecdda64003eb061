import json

import pytest

from second_opinion.ingest.order_file import ORDER_EXAMPLES


@pytest.fixture
def order(tmp_path):
    path = tmp_path / "order.toml"
    path.write_text(ORDER_EXAMPLES["en"], encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ORDER_EXAMPLES)
def test_example_is_printed_as_it_stands(call, language):
    answer = call("worth", "--example", "--language", language)

    assert (answer.code, answer.out) == (0, ORDER_EXAMPLES[language])


def test_the_sentence_comes_first_and_everything_it_rests_on_below(call, order):
    answer = call("worth", order)

    assert answer.code == 0
    assert answer.out.lstrip().startswith("Do something cheaper first")
    assert "What moves the answer" in answer.out
    assert "planning assumption" in answer.out


def test_the_answer_is_given_in_swedish(call, order):
    answer = call("worth", order, "--language", "sv")

    assert "Gör något billigare först" in answer.out
    assert "planeringsantagande" in answer.out


def test_json_on_standard_output_is_nothing_but_json(spawn, order):
    answer = spawn("worth", order, "--json", "-")

    assert (answer.code, answer.err) == (0, "")
    figures = json.loads(answer.out)
    assert figures["schema"] == "second-opinion/worth/1"
    assert figures["options"][0]["kind"] == "second opinion"


def test_drawings_are_written_with_their_numbers(call, order, tmp_path):
    answer = call("worth", order, "--plots", tmp_path / "drawings")

    assert answer.code == 0
    assert sorted(path.name for path in (tmp_path / "drawings").iterdir()) == [
        "by-number.csv",
        "by-number.svg",
        "tornado.csv",
        "tornado.svg",
    ]


def test_a_fault_in_the_file_is_one_sentence_with_code_1(call, order):
    order.write_text("role = 3\n", encoding="utf-8")

    answer = call("worth", order)

    assert (answer.code, answer.out) == (1, "")
    assert "Nothing was done." in answer.err


def test_no_file_is_wrong_usage(call):
    assert call("worth").code == 2
