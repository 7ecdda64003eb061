"""Runs a driver that kills processes, on a database of its own, and gives back what it saw."""

import json
import os
import random
import secrets
import subprocess
import sys

from django.db import connection

from tests.conftest import ROOT
from tests.databases import new_database

SHARE = float(os.environ.get("SOAK_SHARE", "1"))  # CI runs a fresh sample of the soak


def kills(most):
    """How many of them in this run."""
    return max(round(most * SHARE), 4)


def killed(driver, *, n_kills, folder):
    """The driver's summary; it is started with the folder, the number of kills and a seed."""
    seed = random.randrange(2**32)
    with new_database(folder) as address:
        settings = {
            "DATABASE_URL": address,
            "SECOND_OPINION_KEY_FOLDER": str(folder / "keys"),
            "SECOND_OPINION_MASTER_KEY": secrets.token_urlsafe(32),
            "SECOND_OPINION_LANGUAGE": "en",
            "DJANGO_SETTINGS_MODULE": "second_opinion.config.settings",
        }
        answer = subprocess.run(
            [sys.executable, "-m", driver, folder, str(n_kills), str(seed)],
            cwd=ROOT,
            env=os.environ | settings,
            capture_output=True,
            text=True,
            check=False,
        )

    assert answer.returncode == 0, f"seed {seed}: {answer.stderr[-3000:]}"
    summary = json.loads(answer.stdout)
    print(f"\n{connection.vendor}, seed {seed}: {summary}")
    return summary
