import dataclasses

import numpy as np
import pytest

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching import (
    NO_PLACE,
    NOTHING_COVERED,
    Need,
    Register,
    Ties,
    TieValues,
    shortlist,
)

NEEDS = [Need(competence="law", level=4, is_gap=True), Need(competence="people", level=2)]
NAMES = ["Ada", "Bo", "Cai", "Dag", "Eva", "Fia"]
CONFLICT = "has a conflict of interest"
NO_CONFLICTS = {CONFLICT: np.ones(6, dtype=bool)}


def a_register(**changed):
    shown = np.array([[4.0, 2], [3, 2], [4, 2], [4, 1], [0, 0], [4, 2]])
    register = Register(
        names=NAMES,
        shown=shown,
        quality=np.full(shown.shape, 0.9),
        load=np.array([1, 0, 0, 0, 0, 3]),
        cap=np.array([3, 3, 3, 3, 3, 3]),
        price=np.array([900.0, 500, 800, np.nan, 100, 100]),
        earliest=np.array([2.0, 1, 3, 4, 1, 1]),
        ties=Ties.none(6),
    )
    return dataclasses.replace(register, **changed)


def names_of(found):
    return [each.name for each in found.listed]


def test_those_who_cover_the_gap_come_first_then_coverage_then_load():
    assert names_of(shortlist(NEEDS, a_register(), gates=NO_CONFLICTS)) == [
        "Cai",
        "Ada",
        "Dag",
        "Bo",
    ]


def test_everyone_left_out_is_there_with_the_first_gate_that_was_closed():
    gates = {CONFLICT: np.array([True, True, False, True, False, True])}

    found = shortlist(NEEDS, a_register(), gates=gates)

    assert {each.name: each.gate for each in found.left_out} == {
        "Cai": CONFLICT,
        "Eva": CONFLICT,
        "Fia": NO_PLACE,
    }
    without_gates = shortlist(NEEDS, a_register(), gates={})
    assert {each.name: each.gate for each in without_gates.left_out} == {
        "Eva": NOTHING_COVERED,
        "Fia": NO_PLACE,
    }


def test_the_reasons_are_told_need_by_need():
    bo = shortlist(NEEDS, a_register(), gates=NO_CONFLICTS).listed[-1]

    assert (bo.name, bo.covers_gap, bo.load, bo.cap, bo.price, bo.earliest) == (
        "Bo",
        False,
        0,
        3,
        500,
        1,
    )
    assert [(each.need.competence, each.shown, each.quality) for each in bo.needs] == [
        ("law", 3, 0.9),
        ("people", 2, 0.9),
    ]
    assert [each.covered for each in bo.needs] == pytest.approx([0.675, 0.9])
    assert bo.score == pytest.approx((0.675 + 0.9) / 2)


def test_of_two_alike_the_one_whose_errors_are_her_own_comes_first():
    ties = dataclasses.replace(Ties.none(6), employer=np.array([0, 0, 1, 0, 0, 0], dtype=bool))

    found = shortlist(NEEDS, a_register(ties=ties), gates=NO_CONFLICTS)

    assert names_of(found)[:2] == ["Ada", "Cai"]
    cai = found.listed[1].correlation
    assert (cai.value, cai.shared, cai.source) == (0.3, ("employer",), "planning default")
    assert found.listed[0].correlation.value == 0


def test_the_strongest_tie_counts_and_its_source_travels_with_it():
    every = np.ones(6, dtype=bool)
    ties = Ties(employer=every, school=every, method=every)
    values = TieValues(employer=0.2, school=0.1, method=0.4, source="own cases, n = 120")

    best = shortlist(NEEDS, a_register(ties=ties), gates=NO_CONFLICTS, values=values).listed[0]

    assert best.correlation.value == 0.4
    assert best.correlation.shared == ("employer", "school", "method")
    assert best.correlation.source == "own cases, n = 120"


def test_a_short_list_says_how_many_more_there_are():
    found = shortlist(NEEDS, a_register(), gates=NO_CONFLICTS, length=1)

    assert (names_of(found), found.further) == (["Cai"], 3)


def test_the_order_of_the_register_changes_nothing():
    turned = np.arange(6)[::-1]
    register = a_register()
    columns = {
        name: getattr(register, name)[turned]
        for name in ("shown", "quality", "load", "cap", "price", "earliest")
    }
    other = a_register(names=NAMES[::-1], **columns)

    assert names_of(shortlist(NEEDS, other, gates=NO_CONFLICTS)) == names_of(
        shortlist(NEEDS, register, gates=NO_CONFLICTS)
    )


def test_a_column_of_another_length_is_refused_by_name():
    with pytest.raises(ArgumentError, match=r"price has shape \(5,\) for 6 assessors"):
        shortlist(NEEDS, a_register(price=np.zeros(5)), gates=NO_CONFLICTS)
    with pytest.raises(ArgumentError, match="gate 'has a conflict of interest' has shape"):
        shortlist(NEEDS, a_register(), gates={CONFLICT: np.ones(2, dtype=bool)})
    with pytest.raises(ArgumentError, match="at least one place"):
        shortlist(NEEDS, a_register(), gates=NO_CONFLICTS, length=0)
    with pytest.raises(ArgumentError, match="correlation for one school"):
        TieValues(school=1.2)


def test_of_equals_the_lowest_lot_stands_first_and_nothing_better_gives_way():
    equal = np.tile([4.0, 2], (6, 1))
    alike = {"shown": equal, "load": np.zeros(6), "price": np.full(6, 900.0)}
    lots = np.array([5, 3, 4, 1, 2, 0])

    drawn = names_of(shortlist(NEEDS, a_register(**alike, lots=lots), gates=NO_CONFLICTS))
    dearer = np.array([900.0, 900, 900, 900, 900, 901])
    priced = a_register(**alike | {"price": dearer}, lots=lots)

    assert drawn == ["Fia", "Dag", "Eva", "Bo", "Cai", "Ada"]
    assert names_of(shortlist(NEEDS, priced, gates=NO_CONFLICTS))[-1] == "Fia"
    with pytest.raises(ArgumentError, match="lots has shape"):
        shortlist(NEEDS, a_register(lots=np.zeros(2)), gates=NO_CONFLICTS)
