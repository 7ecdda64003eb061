"""The demo's folder: made by the demo, kept between runs, and the only thing it ever deletes."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from second_opinion.cli.errors import CommandError

MARK = "made-by-second-opinion-demo"
_MARK_TEXT = "`second-opinion demo` made this folder. `--reset` deletes it and makes it anew.\n"


@dataclass(frozen=True, slots=True)
class DemoHome:
    """A folder with the embedded database and the key that its links are signed with."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "second-opinion.sqlite3"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database.as_posix()}"

    @property
    def key_folder(self) -> Path:
        return self.folder / "keys"

    @property
    def is_ours(self) -> bool:
        return (self.folder / MARK).is_file()

    def prepare(self) -> None:
        """Make the folder, unless it is there from an earlier run.

        Raises
        ------
        CommandError : something else is there
        """
        if self.is_ours:
            return
        if self.folder.exists() and not self._is_empty_folder():
            raise CommandError(
                f"{self.folder} is there already and is no demo's folder. Nothing was changed; "
                "choose another with --home."
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / MARK).write_text(_MARK_TEXT, encoding="utf-8")

    def reset(self) -> None:
        """Delete the folder of an earlier run; where there is none, there is nothing to do.

        Raises
        ------
        CommandError : the folder was not made by the demo
        """
        if self.folder.is_symlink() or (self.folder.exists() and not self.is_ours):
            raise CommandError(
                f"{self.folder} was not made by the demo, so --reset leaves it alone. Nothing was "
                "changed; choose another with --home."
            )
        if self.is_ours:
            shutil.rmtree(self.folder)

    def master_key(self) -> str:
        """A key of this demo's own, so that its links and sessions outlive a restart."""
        path = self.folder / "master-key"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(32), encoding="ascii")
        return path.read_text(encoding="ascii")

    def _is_empty_folder(self) -> bool:
        return self.folder.is_dir() and not any(self.folder.iterdir())
