"""Processes killed at random moments while they seal and open, on the database of this run.

`make soak ARGS=tests/opinions/kill` is 200 kills on SQLite; with a DATABASE_URL of PostgreSQL the
same on PostgreSQL, in a database that is made for it and dropped.
"""

import json
import os
import random
import secrets
import subprocess
import sys

import pytest
from django.db import connection

from tests.conftest import ROOT
from tests.databases import new_database

SHARE = float(os.environ.get("SOAK_SHARE", "1"))  # CI runs a fresh sample of the soak
N_KILLS = max(round(200 * SHARE), 4)


@pytest.fixture
def database_url(tmp_path):
    with new_database(tmp_path) as address:
        yield address


@pytest.mark.soak
def test_what_was_promised_survives_every_kill_and_nothing_is_half_done(tmp_path, database_url):
    seed = random.randrange(2**32)
    settings = {
        "DATABASE_URL": database_url,
        "SECOND_OPINION_KEY_FOLDER": str(tmp_path / "keys"),
        "SECOND_OPINION_MASTER_KEY": secrets.token_urlsafe(32),
        "SECOND_OPINION_LANGUAGE": "en",
        "DJANGO_SETTINGS_MODULE": "second_opinion.config.settings",
    }

    answer = subprocess.run(
        [sys.executable, "-m", "tests.opinions.kill.driver", tmp_path, str(N_KILLS), str(seed)],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, f"seed {seed}: {answer.stderr[-3000:]}"
    summary = json.loads(answer.stdout)
    print(f"\n{connection.vendor}, seed {seed}: {summary}")
    assert summary["kills"] == N_KILLS
    assert summary["opened"] > 0
    # Of two presses on one button one goes through (0) and the other is refused (3).
    assert summary["races"]
    for race in summary["races"]:
        assert race == {"sealed": [0, 0, 3, 3], "opened": [0, 3, 3]}
