import pytest

from second_opinion.library.validity import DEFAULT_VALUE_SET, VALUE_SETS


def test_the_sets_that_can_be_chosen_name_their_source_and_year():
    assert set(VALUE_SETS) == {"sackett2022", "schmidt_hunter1998", "low"}
    assert DEFAULT_VALUE_SET in VALUE_SETS
    for value_set in VALUE_SETS.values():
        assert str(value_set.year) in value_set.source


@pytest.mark.parametrize(
    ("name", "method", "validity", "spread"),
    [
        ("sackett2022", "structured_interview", 0.42, 0.19),
        ("sackett2022", "unstructured_interview", 0.19, 0.10),
        ("schmidt_hunter1998", "structured_interview", 0.51, 0.10),
        ("low", "cognitive_ability_test", 0.23, 0.10),
    ],
)
def test_the_reviews_figures(name, method, validity, spread):
    found = VALUE_SETS[name].methods[method]

    assert (found.validity, found.standard_deviation) == (validity, spread)


def test_a_spread_that_its_review_does_not_give_is_known_as_ours():
    methods = VALUE_SETS["sackett2022"].methods

    assert methods["cognitive_ability_test"].is_sd_assumed
    assert not methods["structured_interview"].is_sd_assumed


def test_low_is_one_deviation_below_or_published():
    high, low = VALUE_SETS["sackett2022"].methods, VALUE_SETS["low"].methods

    derived = {
        name: max(high[name].validity - high[name].standard_deviation, 0.0)
        for name in low
        if name != "cognitive_ability_test"
    }
    assert {name: low[name].validity for name in derived} == pytest.approx(derived)


def test_every_validity_is_one():
    for value_set in VALUE_SETS.values():
        for method in value_set.methods.values():
            assert 0 <= method.validity < 1
            assert 0 < method.standard_deviation < 0.5
