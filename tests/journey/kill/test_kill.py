"""Processes killed while decider, coordinator and candidate press their buttons.

Smaller than tests/opinions/kill, which kills while opinions are sealed and opened.
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
N_KILLS = max(round(60 * SHARE), 4)
POSTS = {"profile.approved", "profile.locked", "notice.acknowledged", "report.replied"}


@pytest.mark.soak
def test_what_was_answered_to_anybody_survives_every_kill_and_is_there_whole(tmp_path):
    seed = random.randrange(2**32)
    with new_database(tmp_path) as address:
        settings = {
            "DATABASE_URL": address,
            "SECOND_OPINION_KEY_FOLDER": str(tmp_path / "keys"),
            "SECOND_OPINION_MASTER_KEY": secrets.token_urlsafe(32),
            "SECOND_OPINION_LANGUAGE": "en",
            "DJANGO_SETTINGS_MODULE": "second_opinion.config.settings",
        }
        answer = subprocess.run(
            [sys.executable, "-m", "tests.journey.kill.driver", tmp_path, str(N_KILLS), str(seed)],
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
    assert set(summary["promised"]) == POSTS
