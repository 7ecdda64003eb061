"""A million random actions on the rules alone: nobody reads what is another's before its time."""

import os
import random

import pytest

from tests.visibility.leaks import Watch
from tests.visibility.model import GUARDS, State, do, may, random_action

SHARE = float(os.environ.get("SOAK_SHARE", "1"))
N_ACTIONS = round(1_000_000 * SHARE)
ACTIONS_IN_A_CASE = 120


def walk(rng, n_actions, *, guards=GUARDS):
    """The first leak as a sentence, or ""; and how often each action was done."""
    done = {}
    state = watch = None
    for number in range(n_actions):
        is_over = state is not None and state.opened and rng.random() < 0.2
        if number % ACTIONS_IN_A_CASE == 0 or is_over:
            coordinators = {"run"} if rng.random() < 0.3 else {"run", "col"}
            state, watch = State(coordinators=set(coordinators), guards=guards), Watch(coordinators)
        action = random_action(rng)
        if not may(state, action):
            continue
        do(state, action)
        done[action[0]] = done.get(action[0], 0) + 1
        if leak := watch.leak_after(action, state):
            return leak, done
    return "", done


@pytest.mark.soak
def test_a_million_random_actions_reach_no_leak():
    seed = random.randrange(2**32)

    leak, done = walk(random.Random(seed), N_ACTIONS)

    print(f"\nseed {seed}: of {N_ACTIONS} actions {sum(done.values())} were done: {done}")
    assert leak == "", f"seed {seed}: {leak}"


@pytest.mark.parametrize("guard", sorted(GUARDS))
def test_without_any_one_of_the_rules_the_walk_finds_a_leak(guard):
    """Else it would prove nothing of that rule."""
    leak, _ = walk(random.Random(1), 200_000, guards=GUARDS - {guard})

    assert leak


def test_a_short_walk_finds_none_and_does_everything():
    leak, done = walk(random.Random(2), 20_000)

    assert leak == ""
    assert len(done) == 12
