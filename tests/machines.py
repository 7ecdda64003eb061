"""A machine of its own for a test: a database, a folder of keys, and commands run as processes."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT

COMMAND = "from second_opinion.cli.main import main; main()"


@dataclass
class Machine:
    """`run` is a command of ours on it, `start` one that goes on, `does` a step of a program."""

    database_url: str
    keys: Path
    master_key: str
    settings: dict[str, str] = field(default_factory=dict)
    program: str = ""

    def run(self, *arguments):
        return self._python("-c", COMMAND, *map(str, arguments))

    def start(self, *arguments):
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, *arguments],
            cwd=ROOT,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def does(self, *arguments):
        answer = self._python("-m", self.program, *arguments)
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout)

    def _python(self, *arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def _environment(self):
        # What browser tests in this process have set is no setting of a machine.
        ours = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}
        return ours | {
            "DATABASE_URL": self.database_url,
            "SECOND_OPINION_KEY_FOLDER": str(self.keys),
            "SECOND_OPINION_MASTER_KEY": self.master_key,
            "SECOND_OPINION_LANGUAGE": "en",
            "DJANGO_SETTINGS_MODULE": "second_opinion.config.settings",
            **self.settings,
        }
