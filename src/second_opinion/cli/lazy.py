"""Commands by name, imported only when they are called: `--help` must not wait for SciPy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

import click


@dataclass(frozen=True, slots=True)
class Listed:
    """A command not yet imported: where it is, and its line in the list of commands."""

    module: str
    name: str
    summary: str

    def load(self) -> click.Command:
        command = getattr(import_module(self.module), self.name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.module}.{self.name} is no command.")
        return command


class LazyGroup(click.Group):
    """A group whose commands are imported one by one."""

    def __init__(self, *, listed: Mapping[str, Listed], **settings: object) -> None:
        super().__init__(**settings)  # type: ignore[arg-type]  # click's own keyword arguments
        self._listed = listed

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(self._listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        listed = self._listed.get(cmd_name)
        return listed.load() if listed else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.summary) for name, listed in self._listed.items()])
