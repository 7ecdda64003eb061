import csv
import io

import pytest

from second_opinion.reports.rendering import csv_of
from second_opinion.reports.writing.blocks import Finding
from second_opinion.reports.writing.drawn import Drawn
from tests.reports import samples


def rows_of(source):
    return list(csv.DictReader(io.StringIO(csv_of(samples.document(source)).decode())))


def test_every_drawing_has_its_numbers():
    source = samples.three_finalists()
    document = samples.document(source)
    drawings = [
        block.drawing if isinstance(block, Finding) else block
        for part in document.parts
        for block in part.blocks
        if isinstance(block, Drawn | Finding)
    ]

    rows = rows_of(source)

    assert list(dict.fromkeys(row["drawing"] for row in rows)) == [
        f"{place}. {drawing.title}" for place, drawing in enumerate(drawings, start=1)
    ]
    first = drawings[0]
    of_first = [row for row in rows if row["drawing"].startswith("1. ")]
    assert len(of_first) == len(first.dots) + len(first.spans) + len(first.marks)
    intervals = [row for row in of_first if row["shape"] == "interval"]
    assert [float(row["value"]) for row in intervals] == [span.mean for span in first.spans]
    assert all(float(row["low"]) <= float(row["value"]) <= float(row["high"]) for row in intervals)


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "@SUM(A1)", "-1", "\t=1"])
def test_no_cell_begins_like_a_formula_and_names_stand_literally(name):
    source = samples.two_opinions(candidates=(name,))
    source = samples.case(
        samples.opinion(samples.FIRST, (4, 4, 4), by=name, on=name), candidates=(name,)
    )

    rows = rows_of(source)

    assert any(name.strip() in row["drawing"] for row in rows)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(tuple("=+@\t"))]
