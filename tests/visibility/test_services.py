"""Fifty thousand random actions through the services: they do what the small rules say, no more.

Each is tried by the product and by the model of rules beside it. Both must agree on whether it is
done, and then on whose words the person who acted, and one more, can read.
"""

import os
import random

import pytest
from django.db import connection, transaction

from second_opinion.opinions.selectors import Content
from tests.visibility.leaks import Watch
from tests.visibility.model import PEOPLE, State, do, may, random_action, visible
from tests.visibility.world import World

SHARE = float(os.environ.get("SOAK_SHARE", "1"))
N_ACTIONS = round(50_000 * SHARE)
ACTIONS_IN_A_CASE = 100

pytestmark = pytest.mark.django_db


class UndoneError(Exception):
    """So that the next case begins where this one did."""


def likely_action(rng, state):
    """A random action; two times of three one that the rules allow, if one is found soon."""
    action = random_action(rng)
    if rng.random() < 1 / 3:
        return action
    return next((one for one in (random_action(rng) for _ in range(30)) if may(state, one)), action)


def walk_one_case(world, rng, n_actions):
    """How many actions were done; the first disagreement fails."""
    coordinators = {"run"} if rng.random() < 0.3 else {"run", "col"}
    world.begin(coordinators)
    state, watch, path = State(coordinators=set(coordinators)), Watch(coordinators), []
    n_done = 0
    for _ in range(n_actions):
        action = likely_action(rng, state)
        path.append(action)
        is_allowed, outcome = may(state, action), world.try_to(action)
        assert bool(outcome) == is_allowed, (path, outcome)
        if is_allowed:
            n_done += 1
            do(state, action)
            assert watch.leak_after(action, state) == "", path
        if action[0] == "look":
            assert isinstance(outcome, Content) == is_allowed
        for reader in {action[1], rng.choice(PEOPLE)}:
            assert world.read_by(reader) == visible(state, reader), (reader, path)
        if state.opened and rng.random() < 0.2:
            break
    return len(path), n_done


def in_a_case_of_its_own(world, rng, n_actions):
    """What was tried and what was done; then the case is as it was before."""
    counted = []
    try:
        with transaction.atomic():
            counted += walk_one_case(world, rng, n_actions)
            raise UndoneError
    except UndoneError:
        return counted


@pytest.mark.soak
def test_fifty_thousand_random_actions_through_services_follow_the_rules():
    seed = random.randrange(2**32)
    rng, world, n_tried, n_done, n_cases = random.Random(seed), World(), 0, 0, 0

    print(f"\n{connection.vendor}, seed {seed}")
    while n_tried < N_ACTIONS:
        n_left = N_ACTIONS - n_tried
        tried, done = in_a_case_of_its_own(world, rng, min(ACTIONS_IN_A_CASE, n_left))
        n_tried, n_done, n_cases = n_tried + tried, n_done + done, n_cases + 1
    print(f"{n_tried} actions in {n_cases} cases, {n_done} of them done")
    assert n_tried > n_done > n_cases  # much is refused, and no case stands still


def test_one_case_of_them_in_every_run():
    tried, done = in_a_case_of_its_own(World(), random.Random(3), 60)

    assert tried
    assert done > 10
