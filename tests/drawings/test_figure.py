from second_opinion.drawings import as_csv


def test_a_table_becomes_csv_with_empty_cells_for_what_is_not_known():
    text = as_csv(("name", "value"), [("Öhrn, Björn", 0.1), ('"x"', None), ("n", float("nan"))])

    assert text.decode() == 'name,value\n"Öhrn, Björn",0.1\n"""x""",\nn,\n'
