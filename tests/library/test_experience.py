from second_opinion.library.experience import ITEMS


def test_there_is_one_statement_in_both_languages_for_each_of_the_ten_rules():
    assert len({item.key for item in ITEMS}) == len({item.rule for item in ITEMS}) == 10
    assert all(item.text("sv") != item.text("en") for item in ITEMS)
    assert all(item.text("en").endswith(".") for item in ITEMS)
