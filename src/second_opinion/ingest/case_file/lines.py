"""On which line of a TOML file each of its repeated tables starts."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^[ \t]*\[\[[ \t]*([\w.\- ]+?)[ \t]*\]\]", re.MULTILINE)


class HeadingLines:
    """Lines of the [[name]] headings.

    The parser gives no lines for what it read, so headings are looked up in the text. Where their
    number is not the number of tables (a heading quoted inside a text), no line is told rather
    than a wrong one.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[str, list[int]] = {}
        line, start = 1, 0
        for heading in _HEADING.finditer(text):
            line += text.count("\n", start, heading.start())
            start = heading.start()
            self._lines.setdefault(heading[1].replace(" ", ""), []).append(line)

    def line(self, name: str, number: int, *, of: int) -> str:
        """', line 12' for the table of that number (from 0), or nothing if that is not sure."""
        lines = self._lines.get(name, [])
        return f", line {lines[number]}" if len(lines) == of else ""
