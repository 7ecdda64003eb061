from __future__ import annotations

from second_opinion.cli.errors import CommandError


class BackupError(CommandError):
    """A backup that cannot be written, or cannot be brought back; the message says which."""
