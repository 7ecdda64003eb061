"""Processes killed while decider, coordinator and candidate press their buttons.

Smaller than tests/opinions/kill, which kills while opinions are sealed and opened.
"""

import pytest

from tests.killing import killed, kills

N_KILLS = kills(60)
POSTS = {"profile.approved", "profile.locked", "notice.acknowledged", "report.replied"}


@pytest.mark.soak
def test_what_was_answered_to_anybody_survives_every_kill_and_is_there_whole(tmp_path):
    summary = killed("tests.journey.kill.driver", n_kills=N_KILLS, folder=tmp_path)

    assert summary["kills"] == N_KILLS
    assert set(summary["promised"]) == POSTS
