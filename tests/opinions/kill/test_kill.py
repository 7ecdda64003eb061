"""Processes killed at random moments while they seal and open, on the database of this run.

`make soak ARGS=tests/opinions/kill` is 200 kills on SQLite; with a DATABASE_URL of PostgreSQL the
same on PostgreSQL, in a database that is made for it and dropped.
"""

import pytest

from tests.killing import killed, kills

N_KILLS = kills(200)


@pytest.mark.soak
def test_what_was_promised_survives_every_kill_and_nothing_is_half_done(tmp_path):
    summary = killed("tests.opinions.kill.driver", n_kills=N_KILLS, folder=tmp_path)

    assert summary["kills"] == N_KILLS
    assert summary["opened"] > 0
    # Of two presses on one button one goes through (0) and the other is refused (3).
    assert summary["races"]
    for race in summary["races"]:
        assert race == {"sealed": [0, 0, 3, 3], "opened": [0, 3, 3]}
