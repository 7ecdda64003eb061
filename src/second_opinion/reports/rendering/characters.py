"""Characters that the printed report's fonts cannot show, made visible as their code points."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_FIRST, _LAST = 0, 1


@cache
def _coverage() -> tuple[tuple[int, int], ...]:
    text = resources.files(__package__).joinpath("typst/coverage.txt").read_text("utf-8")
    ranges = [line.split("-") for line in text.splitlines() if not line.startswith("#")]
    return tuple((int(ends[_FIRST], 16), int(ends[-1], 16)) for ends in ranges)


@cache
def without_glyph() -> str:
    """A pattern of any character that no font has; line ends are no characters to be shown."""
    covered = "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in _coverage())
    return f"[^\n{covered}]"


class VisibleText:
    """Replaces what cannot be shown, and remembers it for the report's notes."""

    def __init__(self, *, also: frozenset[str] = frozenset()) -> None:
        either = [without_glyph(), *map(re.escape, sorted(also))]
        self._hidden = re.compile("|".join(either))
        self._replaced: dict[str, None] = {}

    @property
    def replaced(self) -> tuple[str, ...]:
        """Each character that was replaced, in the order of first use."""
        return tuple(self._replaced)

    def of(self, text: str) -> str:
        """The text with a code point in square brackets for each character without a glyph.

        A space parts neighbours: a long answer in another script stays words, which break into
        lines where one of tens of thousands of characters would take minutes to set.
        """
        if not self._hidden.search(text):
            return text
        return self._hidden.sub(self._code_point, text).replace("][U+", "] [U+")

    def _code_point(self, found: re.Match[str]) -> str:
        self._replaced[found[0]] = None
        return f"[U+{ord(found[0]):04X}]"
