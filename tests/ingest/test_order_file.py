import pytest

from second_opinion.ingest.errors import CaseFileError, FileError
from second_opinion.ingest.order_file import (
    ORDER_EXAMPLES,
    Alternative,
    ChosenBy,
    Dependence,
    read_order_file,
)

VALUE_SETS = {
    "sackett2022": (
        "structured_interview",
        "unstructured_interview",
        "cognitive_ability_test",
        "references",
    ),
    "low": ("structured_interview", "unstructured_interview"),
}
LEAST = """role = "Head"
yearly_pay = 700000
[second_opinion]
price = 25000
[[candidate]]
name = "Robin"
"""


@pytest.fixture
def read(tmp_path):
    def reads(text):
        path = tmp_path / "order.toml"
        path.write_text(text, encoding="utf-8")
        return read_order_file(path, value_sets=VALUE_SETS, default_set="sackett2022")

    return reads


@pytest.mark.parametrize("language", ORDER_EXAMPLES)
def test_the_examples_are_orders(read, language):
    order = read(ORDER_EXAMPLES[language])

    assert order.language == language
    assert order.worked_out_range == (5, 8)
    assert order.second.methods == ("structured_interview", "cognitive_ability_test")
    assert [criterion.is_observed for criterion in order.criteria] == [True, True, True, False]
    assert order.not_possible == {Alternative.TESTS}
    assert order.prices == {Alternative.OWN_INTERVIEW: 6000, Alternative.REFERENCES: 2500}


def test_what_is_left_out_stays_open(read):
    order = read(LEAST)

    assert order.language == "sv"
    assert order.currency == "SEK"
    assert order.first_method is None
    assert order.worked_out is None
    assert order.chosen_by is ChosenBy.APPLICATION
    assert order.second.dependence is Dependence.INDEPENDENT
    assert order.candidates[0].sureness is None
    assert order.criteria == ()


def test_a_first_opinion_without_a_method_is_an_interview(read):
    assert read(LEAST + '[first_opinion]\nassessor = "Eva"\n').first_method == (
        "unstructured_interview"
    )
    assert read(LEAST + '[first_opinion]\nmethod = "none"\n').first_method is None


def test_the_most_opinions_to_look_at_can_be_set(read):
    assert read(LEAST.replace("25000", "25000\nmost = 3")).second.most == 3


FAULTS = {
    "a key that is none": ("yearly_pey = 1\n" + LEAST, "Did you mean 'yearly_pay'"),
    "no role": (LEAST.replace('role = "Head"\n', ""), "'role'"),
    "no stakes": (LEAST.replace("yearly_pay = 700000\n", ""), "Nothing says what is at stake"),
    "negative stakes": (LEAST.replace("700000", "-5"), "'yearly_pay'.*no possible stake"),
    "infinite stakes": (LEAST.replace("700000", "inf"), "'yearly_pay'"),
    "stakes as a word": (LEAST.replace("700000", '"much"'), "'yearly_pay'.*number"),
    "a cost of nothing": ("cost_of_wrong_hire = 0\n" + LEAST, "'cost_of_wrong_hire'"),
    "a tenure of a century": ("tenure = 100\n" + LEAST, "'tenure'"),
    "a negative delay": ("delay_per_day = -1\n" + LEAST, "'delay_per_day'"),
    "ten of ten": ("worked_out = 10\n" + LEAST, "'worked_out'.*nothing to doubt"),
    "none of ten": ("worked_out = 0\n" + LEAST, "'worked_out'"),
    "a range turned round": ("worked_out_range = [8, 5]\n" + LEAST, "lower number first"),
    "a range beside the figure": (
        "worked_out = 4\nworked_out_range = [5, 8]\n" + LEAST,
        "'worked_out_range'.*does not hold",
    ),
    "a range to ten": ("worked_out_range = [5, 10]\n" + LEAST, "'worked_out_range'"),
    "chosen by chance": ('chosen_by = "luck"\n' + LEAST, "'chosen_by'"),
    "an unknown review": ('value_set = "sacket2022"\n' + LEAST, "Did you mean 'sackett2022'"),
    "no second opinion": (
        LEAST.replace("[second_opinion]\nprice = 25000\n", ""),
        r"no \[second_opinion\]",
    ),
    "no price": (LEAST.replace("price = 25000\n", ""), "'price'"),
    "a negative price": (LEAST.replace("25000", "-1"), "'price'.*negative"),
    "a reliability of 1": (
        LEAST.replace("25000", "25000\nreliability = 1.0"),
        "'reliability'.*below 1",
    ),
    "a reliability of 0": (LEAST.replace("25000", "25000\nreliability = 0"), "'reliability'"),
    "a correlation below 0": (
        LEAST.replace("25000", "25000\nerror_correlation = -0.2"),
        "'error_correlation'",
    ),
    "an unknown dependence": (
        LEAST.replace("25000", '25000\ndependence = "same school"'),
        "'dependence'",
    ),
    "an unknown method": (LEAST.replace("25000", '25000\nmethods = ["graphology"]'), "'methods'"),
    "a method the review lacks": (
        'value_set = "low"\n' + LEAST.replace("25000", '25000\nmethods = ["references"]'),
        "'methods'",
    ),
    "a method twice": (
        LEAST.replace("25000", '25000\nmethods = ["references", "references"]'),
        "named twice",
    ),
    "half an opinion": (LEAST.replace("25000", "25000\nmost = 1.5"), "'most'"),
    "a negative price instead": (LEAST + "[tests]\nprice = -1\n", "tests.*'price'"),
    "possible as a word": (LEAST + '[tests]\npossible = "no"\n', "'possible'"),
    "no candidate": (LEAST[: LEAST.index("[[candidate]]")], "There are 0"),
    "four candidates": (
        LEAST + "".join(f'[[candidate]]\nname = "{name}"\n' for name in "ABC"),
        "There are 4",
    ),
    "a candidate twice": (LEAST + '[[candidate]]\nname = "Robin"\n', "stands there already"),
    "surer than sure": (LEAST + "sureness = 11\n", "'sureness'"),
    "weights that miss 100": (LEAST + '[[criterion]]\nname = "A"\nweight = 40\n', "sum to 40"),
    "a weight of 0": (LEAST + '[[criterion]]\nname = "A"\nweight = 0\n', "'weight'"),
    "a criterion twice": (
        LEAST + 2 * '[[criterion]]\nname = "A"\nweight = 50\n',
        "stands there already",
    ),
    "a table that is none": ("first_opinion = 3\n" + LEAST, "'first_opinion'"),
    "no TOML": ("role = \n", "not TOML"),
    "too deep": ("role = " + "[" * 100_000, "nested too deeply"),
    "nothing": (" \n", "empty"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_place_and_how_to_mend_it(read, fault):
    text, sentence = FAULTS[fault]

    with pytest.raises(CaseFileError, match=f"(?s){sentence}") as refused:
        read(text)

    assert refused.value.place.split(",")[0].endswith("order.toml")
    assert refused.value.mend


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileError, match="no such file"):
        read_order_file(tmp_path / "none.toml", value_sets=VALUE_SETS, default_set="low")
