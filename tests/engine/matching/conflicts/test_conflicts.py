"""Chains of relations: what they say, how far they go, and that nobody planted slips through."""

import os

import numpy as np
import pytest

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching.conflicts import (
    Limits,
    NameIndex,
    Party,
    Relation,
    Verdict,
    find_conflicts,
)
from second_opinion.engine.matching.conflicts.index import compared
from second_opinion.engine.matching.names import Likeness
from tests.engine.matching.conflicts.register import TODAY, YEAR, generate

SHARE = float(os.environ.get("SOAK_SHARE", "1"))
FOREVER, UNKNOWN = float("inf"), float("nan")
LIMITS = Limits(longest=2, earliest=TODAY - 5 * YEAR)
ANNA, KIM, FIRM, CLIENT, MARIA = range(5)
PARTIES = [
    Party(key="anna", name="Anna Lindqvist", mail="anna@example.com"),
    Party(key="kim", name="Kim Karlsson"),
    Party(key="firm", name="Nordljus AB", is_firm=True),
    Party(key="client", name="Havsören AB", is_firm=True),
    Party(key="maria", name="Maria Berg"),
]


def tie(one, other, ended=FOREVER, *, is_certain=True):
    return Relation(
        key=f"{one}-{other}", kind="tie", one=one, other=other, ended=ended, is_certain=is_certain
    )


def found(relations, *, parties=PARTIES, sides=None, limits=LIMITS):
    return find_conflicts(
        parties,
        relations,
        sides=sides or {"candidate": [KIM], "client": [CLIENT]},
        assessors=[ANNA],
        limits=limits,
    )


def test_a_chain_is_told_from_the_side_to_the_assessor():
    (one,) = found([tie(ANNA, FIRM), tie(KIM, FIRM)])

    assert (one.side, one.target, one.assessor, one.length) == ("candidate", KIM, ANNA, 2)
    assert [link.key for link in one.links] == [f"{KIM}-{FIRM}", f"{ANNA}-{FIRM}"]
    assert one.verdict is Verdict.CONFLICT
    assert one.key == f"candidate|kim|{KIM}-{FIRM}|{ANNA}-{FIRM}"


@pytest.mark.parametrize(
    ("ended", "verdict"),
    [
        (FOREVER, Verdict.CONFLICT),
        (TODAY - 4.9 * YEAR, Verdict.CONFLICT),
        (UNKNOWN, Verdict.UNDATED),
        (TODAY - 5.1 * YEAR, None),
    ],
)
def test_a_relation_counts_until_it_is_long_over_and_always_while_nobody_has_said(ended, verdict):
    assert [one.verdict for one in found([tie(ANNA, KIM, ended)])] == ([verdict] if verdict else [])


def test_a_sign_is_a_question_however_certain_the_rest_is():
    (one,) = found([tie(ANNA, FIRM), tie(FIRM, CLIENT, is_certain=False)])

    assert (one.side, one.verdict) == ("client", Verdict.QUESTION)


def test_chains_end_at_their_greatest_length():
    chain = [tie(ANNA, FIRM), tie(FIRM, MARIA), tie(MARIA, KIM)]

    assert found(chain) == []
    assert len(found(chain, limits=Limits(longest=3, earliest=0.0))) == 1


def test_one_mail_address_is_one_person_and_one_name_a_question():
    by_mail = Party(key="m", name="A L", mail="Anna@example.com")
    by_name = Party(key="n", name="Lindqvist, Anna")
    verdicts = [
        one.verdict
        for one in found([], parties=[*PARTIES, by_mail, by_name], sides={"rivals": [5, 6]})
    ]

    assert verdicts == [Verdict.CONFLICT, Verdict.QUESTION]


def test_no_chain_goes_through_another_of_its_side_or_an_assessor():
    relations = [tie(ANNA, MARIA), tie(MARIA, KIM)]

    assert len(found(relations)) == 1
    assert found(relations, sides={"candidate": [KIM, MARIA]})[0].target == MARIA
    assert len(found(relations, sides={"candidate": [KIM, MARIA]})) == 1


@pytest.mark.parametrize("longest", [0, 4])
def test_limits_that_say_nothing_are_refused(longest):
    with pytest.raises(ArgumentError, match="1 to 3 relations"):
        Limits(longest=longest, earliest=0.0)


def test_a_place_that_no_party_has_is_refused():
    with pytest.raises(ArgumentError, match="No party has the place 9"):
        found([tie(ANNA, 9)])


def test_the_index_misses_no_pair_that_the_comparison_finds():
    register = generate(np.random.default_rng(7), n_people=100, n_planted=40, n_assessors=50)
    index, parties = NameIndex(register.parties), register.parties
    missed = [
        (parties[one].name, parties[other].name)
        for one in range(len(parties))
        for other in range(one)
        if parties[one].is_firm == parties[other].is_firm
        and compared(parties[one], parties[other]).likeness is not Likeness.DIFFERENT
        and other not in {each.other for each in index.alike(one)}
    ]

    assert missed == []


def test_every_planted_conflict_is_blocked_or_asked():
    """At full size, over many registers, in the soak."""
    register = generate(np.random.default_rng(1), n_people=1000, n_planted=150, n_assessors=200)

    assert missed_in(register) == []


def test_few_are_asked_a_question_for_nothing():
    register = generate(np.random.default_rng(2), n_people=1000, n_planted=0, n_assessors=200)

    assert share_asked_in(register) < 0.1


def findings_in(register):
    return find_conflicts(
        register.parties,
        register.relations,
        sides=register.sides,
        assessors=register.assessors,
        limits=LIMITS,
    )


def missed_in(register):
    """Who was planted, and is neither blocked nor asked about."""
    met = {(one.side, one.assessor) for one in findings_in(register)}
    return [one for one in register.planted if (one.side, one.assessor) not in met]


def share_asked_in(register):
    """Of the assessors, in a register where nobody is planted: all these questions are false."""
    asked = {one.assessor for one in findings_in(register) if one.verdict is Verdict.QUESTION}
    return len(asked) / len(register.assessors)


@pytest.mark.soak
def test_at_full_size_nobody_slips_through_and_few_are_asked_for_nothing():
    seeds = np.random.SeedSequence().spawn(max(1, round(20 * SHARE)))
    missed, shares = [], []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        missed += missed_in(generate(rng, n_people=5000, n_planted=300, n_assessors=1000))
        clean = generate(rng, n_people=5000, n_planted=0, n_assessors=1000)
        shares.append(share_asked_in(clean))

    print(f"asked for nothing: mean {np.mean(shares):.4f}, most {max(shares):.4f}, n {len(shares)}")
    assert missed == []
    assert np.mean(shares) < 0.05
