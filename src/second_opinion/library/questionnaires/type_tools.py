"""Tools that sort people into types: which they are, and why they are refused."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = tomllib.loads(Path(__file__).with_name("type_tools.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class TypeTool:
    """One such tool, and the words that it is known by."""

    name: str
    words: tuple[str, ...]

    def is_named_in(self, text: str) -> bool:
        return any(
            re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
            for word in self.words
        )


TYPE_TOOLS = tuple(TypeTool(each["name"], tuple(each["words"])) for each in _FILE["tool"])


def type_tool_in(text: str) -> TypeTool | None:
    """The tool that a text names, if it names one; for whoever enters an instrument by name."""
    return next((tool for tool in TYPE_TOOLS if tool.is_named_in(text)), None)


def why_refused(language: str) -> str:
    """Why, with the source."""
    return str(_FILE["reason"]["sv" if language == "sv" else "en"])
