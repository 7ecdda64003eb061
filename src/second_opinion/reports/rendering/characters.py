"""Characters that the printed report's fonts cannot show, made visible as their code points."""

from __future__ import annotations

from functools import cache
from importlib import resources

_FIRST, _LAST = 0, 1


@cache
def _coverage() -> tuple[tuple[int, int], ...]:
    text = resources.files(__package__).joinpath("typst/coverage.txt").read_text("utf-8")
    ranges = [line.split("-") for line in text.splitlines() if not line.startswith("#")]
    return tuple((int(ends[_FIRST], 16), int(ends[-1], 16)) for ends in ranges)


@cache
def is_covered(character: str) -> bool:
    """Whether a font has the character; line ends are no characters to be shown."""
    code = ord(character)
    return character == "\n" or any(first <= code <= last for first, last in _coverage())


class VisibleText:
    """Replaces what cannot be shown, and remembers it for the report's notes."""

    def __init__(self, *, also: frozenset[str] = frozenset()) -> None:
        self._also = also
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
        return "".join(map(self._shown, text)).replace("][U+", "] [U+")

    def _shown(self, character: str) -> str:
        if is_covered(character) and character not in self._also:
            return character
        self._replaced[character] = None
        return f"[U+{ord(character):04X}]"
