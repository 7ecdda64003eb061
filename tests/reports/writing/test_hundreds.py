"""Of a hundred hires: the procedure drawn, with its table, and never on page one or of a person."""

from second_opinion.reports.rendering import csv_of
from second_opinion.reports.writing.blocks import Table
from second_opinion.reports.writing.drawn import Hundreds
from tests.reports import samples


def blocks_of(document):
    return [(part, block) for part in document.parts for block in part.blocks]


def test_it_is_drawn_with_its_table_in_the_chapter_on_how_it_was_computed():
    found = blocks_of(samples.document(samples.declared()))
    (place,) = (n for n, (_part, block) in enumerate(found) if isinstance(block, Hundreds))
    part, drawing = found[place]
    table = found[place + 1][1]

    assert part.anchor == "computing"
    assert isinstance(table, Table)
    assert [row[1] for row in table.rows] == [str(row.count) for row in drawing.rows]
    assert "of nobody named here" in drawing.description
    assert samples.ANNA not in drawing.title + drawing.description


def test_its_numbers_are_in_the_data_of_the_drawings():
    assert csv_of(samples.document(samples.declared())).decode().count("of a hundred") == 2


def test_nothing_is_drawn_where_no_base_rate_was_asked_for():
    found = blocks_of(samples.document(samples.two_opinions()))

    assert not any(isinstance(block, Hundreds) for _part, block in found)
