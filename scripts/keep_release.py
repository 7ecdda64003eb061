"""Keep the demo's database of this version, for the test that upgrades from it.

    python scripts/keep_release.py        once for each release, on the commit that is released

Writes tests/upgrades/VERSION.tar.xz. What is kept is made up, keys included: nothing in it
belongs to anybody.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from second_opinion import __version__

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "tests" / "upgrades" / f"{__version__}.tar.xz"
COMMAND = ROOT / ".venv" / "bin" / "second-opinion"


def main() -> None:
    if KEPT.exists():
        sys.exit(f"{KEPT} is there already: a version is released once.")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "demo"
        subprocess.run(  # noqa: S603  # our own command
            [COMMAND, "demo", "--no-serve", "--home", home], check=True, stdout=subprocess.DEVNULL
        )
        with tarfile.open(KEPT, "w:xz") as archive:
            for name in ("second-opinion.sqlite3", "master-key", "keys", "questionnaires"):
                archive.add(home / name, name)
    print(f"{KEPT.relative_to(ROOT)}: {KEPT.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
