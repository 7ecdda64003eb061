from second_opinion.reports.analysis import analyse
from second_opinion.reports.writing.before_and_now import before_and_now
from second_opinion.reports.writing.blocks import Table
from second_opinion.reports.writing.drawn import Agreement, Coverage
from second_opinion.reports.writing.overview import at_a_glance
from second_opinion.reports.writing.subject import subjects
from tests.reports import samples


def blocks(source, kind, write=at_a_glance):
    (subject,) = subjects(source, analyse(source))
    return [block for block in write(subject) if isinstance(block, kind)]


def test_agreement_shows_each_score_and_marks_what_chance_cannot_explain():
    drawing, *_before_and_now = blocks(samples.two_opinions((5, 4, 3), (1, 4, 4)), Agreement)

    assert [[dot.value for dot in row.dots] for row in drawing.rows] == [[5, 1], [4, 4], [3, 4]]
    assert [row.note for row in drawing.rows] == ["4*", "0", "1"]
    assert "on 1 criterion the opinions differ more than chance explains" in drawing.title


def test_coverage_tells_who_saw_and_who_only_looked():
    (drawing,) = blocks(samples.two_opinions((4, None, 4), (4, None, None)), Coverage)

    assert [row.cells for row in drawing.rows] == [
        ("seen", "seen"),
        ("not seen", "not seen"),
        ("seen", "not seen"),
    ]
    assert drawing.title.endswith("nobody saw Leads change")
    assert "Accounting: first seen, second not observed" in drawing.description


def test_an_instrument_is_a_source_where_it_reads_a_criterion():
    (drawing,) = blocks(samples.declared(), Coverage)
    _before_and_now, table = blocks(samples.declared(), Table)

    assert drawing.sources == ("first", "second", "test")
    assert [row.cells[2] for row in drawing.rows] == ["seen", "not asked", "not asked"]
    assert [row[3] for row in table.rows] == ["3.5", "–", "–"]


def test_one_opinion_is_compared_with_nothing():
    assert blocks(samples.one_opinion(), Agreement) == []
    assert len(blocks(samples.one_opinion(), Coverage)) == 1


def test_before_and_now_are_the_figures_of_the_analysis():
    source = samples.declared()
    (figures,) = analyse(source).candidates

    (drawing,) = blocks(source, Agreement, before_and_now)

    above, works_out = ([dot.value for dot in row.dots] for row in drawing.rows)
    assert above == [
        100 * figures.first_alone.probability_above_bar,
        100 * figures.whole.probability_above_bar,
    ]
    assert works_out == [100 * figures.outlook.before, 100 * figures.outlook.now]


def test_nothing_known_before_is_compared_with_nothing():
    assert blocks(samples.one_opinion(), Agreement, before_and_now) == []
