"""What the command line itself refuses.

CommandError
├── OutputError           a file that cannot be written
└── ConfigurationError    settings in the environment that cannot be used
"""

from __future__ import annotations


class CommandError(Exception):
    """Base of what a command refuses apart from its input; the message is a whole sentence."""


class OutputError(CommandError):
    """An output cannot be written where it was asked for."""


class ConfigurationError(CommandError):
    """The settings in the environment cannot be used."""
