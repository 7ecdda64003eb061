"""What would change the conclusion, held against what the rule says when it is really changed."""

import dataclasses

import pytest

from second_opinion.ingest.case_file import (
    InstrumentEntry,
    InstrumentKind,
    OutlookEntry,
    ReadingEntry,
)
from second_opinion.reports.analysis import Conclusion, analyse
from second_opinion.reports.analysis.turning import with_further
from tests.reports.case_files import SECOND, a_case, about, an_opinion
from tests.reports.samples import three_finalists

OUTLOOK = OutlookEntry(worked_out=6)
LEANING = a_case(an_opinion((4, 3, 3)), an_opinion((3, 3, 4), kind=SECOND, assessor="Jonas"))

OF_TWO = dataclasses.replace(
    LEANING, candidates=("Kim", "Alex"), opinions=(*LEANING.opinions, *about("Alex"))
)


def conclusion_with_further(case, score):
    changed = with_further(case, case.candidates[0], score, assessor="Ewa")
    return analyse(changed).candidates[0].conclusion


@pytest.mark.parametrize("case", [LEANING, OF_TWO], ids=["one", "two"])
def test_a_further_opinion_turns_it_from_the_level_told_and_not_a_step_before(case):
    found = analyse(case).candidates[0]

    assert found.turning.further
    for turn in found.turning.further:
        back = -0.25 if turn.is_upwards else 0.25
        assert conclusion_with_further(case, turn.level) is turn.conclusion
        assert turn.conclusion is not found.conclusion
        is_at_the_middle = abs(turn.level - found.whole.estimate.mean) < 0.25
        if not is_at_the_middle:
            assert conclusion_with_further(case, turn.level + back) is found.conclusion


def test_the_criterion_named_turns_it_when_an_instrument_fixes_it_there():
    turn = analyse(LEANING).candidates[0].turning.criterion
    fixed = InstrumentEntry(
        name="Exact",
        kind=InstrumentKind.TEST,
        candidate="Kim",
        readings=(ReadingEntry(criterion=turn.criterion, value=turn.level, standard_error=1e-3),),
    )

    now = analyse(dataclasses.replace(LEANING, instruments=(fixed,))).candidates[0]

    assert now.conclusion is turn.conclusion
    assert 0 < turn.probability < 1


def test_where_there_is_no_number_nothing_turns():
    (found,) = analyse(a_case(an_opinion((None, None, 4)))).candidates

    assert found.conclusion is Conclusion.EVIDENCE_INSUFFICIENT
    assert found.turning is None


def test_fewer_hires_disappoint_with_a_second_opinion_and_fewest_with_several_finalists():
    one, three = (
        analyse(dataclasses.replace(case, outlook=OUTLOOK)).frequencies
        for case in (LEANING, three_finalists())
    )

    assert 100 * (1 - OUTLOOK.worked_out / 10) > one.without > one.with_second > 0
    assert three.with_second < one.with_second
    assert analyse(LEANING).frequencies is None
