"""The full product: every move, in every stage, by everybody; a refusal leaves no trace."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from second_opinion.cases.states import CaseState
from tests.journey.moves import CANDIDATE, MOVES, services_there_are
from tests.journey.no_moves import NO_MOVES
from tests.journey.world import STAGES, NothingError, World, everything, writes


def test_every_service_is_a_move_of_the_table_or_says_why_not():
    named = {name.split(" ")[0] for name in MOVES}  # one service may have several rows

    assert set(services_there_are()) == named | NO_MOVES.keys()


def test_every_state_is_among_the_stages():
    assert set(CaseState) < set(STAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", STAGES)
def test_each_move_is_made_by_those_who_may_and_by_nobody_else(stage):
    world = World(stage)
    before = everything()
    wrong = []

    for name, move in MOVES.items():
        for who, actor in _actors(world, move).items():
            is_legal = move.is_legal(who, stage)
            with writes() as written:
                outcome = _try(move, world, actor)
            if (outcome == "made") is not is_legal:
                wrong.append(f"{name} by {who}: {outcome}")
            if written and everything() != before:
                pytest.fail(f"{name} by {who} in {stage} was refused, and left something behind.")

    assert wrong == []


def _actors(world, move):
    if move.by == {CANDIDATE}:  # their page asks for no other name
        return {CANDIDATE: None}
    return world.people | ({CANDIDATE: None} if CANDIDATE in move.by else {})


def _try(move, world, actor):
    """A move that is made is taken back; one that is refused has to leave no trace by itself."""
    savepoint = transaction.savepoint()
    try:
        move.do(world, actor)
    except NothingError:
        return "nothing to make it on"
    except Exception as error:
        transaction.savepoint_commit(savepoint)
        if _is_a_sentence_for_a_person(error):
            return "refused"
        if move.is_for_other_rooms and isinstance(error, IntegrityError):
            return "refused by the database"
        raise
    transaction.savepoint_rollback(savepoint)
    return "made"


def _is_a_sentence_for_a_person(error):
    is_ours = type(error).__module__.startswith("second_opinion.")
    is_refusal = is_ours or isinstance(error, PermissionDenied)
    return is_refusal and str(error).strip().endswith((".", "?", "!"))
