"""Text that may stand in a report: what no reader could see or trust is taken out."""

from __future__ import annotations

import dataclasses
import operator
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

Tree = TypeVar("Tree")

# Controls, surrogates and noncharacters; explicit direction controls, which can make a line read
# otherwise than it was written (the marks U+200E and U+200F stay); tags, which nobody sees.
_DISALLOWED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\ufeff\ufffe\uffff"
    "\ud800-\udfff\ufdd0-\ufdef\U000e0000-\U000e007f"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(2**16, 17 * 2**16, 2**16)
    )
    + "]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def cleaned(text: str) -> str:
    """The text in composed form, with plain line ends, without disallowed code points."""
    kept = _DISALLOWED.sub("", _LINE_ENDS.sub("\n", text)).replace("\t", " ")
    return unicodedata.normalize("NFC", kept)


def has_disallowed(text: str) -> bool:
    """Whether cleaning takes out something that is more than a line end."""
    return bool(_DISALLOWED.search(_LINE_ENDS.sub("\n", text)))


def with_every_text(tree: Tree, change: Callable[[str], str]) -> Tree:
    """The same frozen dataclasses and tuples with every text changed; keyword values stay."""
    return _changed(tree, change)  # type: ignore[no-any-return]  # the shape is kept


def every_text(tree: object) -> list[str]:
    """All texts in frozen dataclasses and tuples, in their order."""
    texts: list[str] = []

    def note(text: str) -> str:
        texts.append(text)
        return text

    _changed(tree, note)
    return texts


def _changed(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - any tree
    """What holds no text that changes is kept as it is: most of a report, at every walk."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        items = [_changed(item, change) for item in value]
        is_kept = all(map(operator.is_, items, value))
        return value if is_kept else tuple(items)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for name in _field_names(type(value)):
            old = getattr(value, name)
            new = _changed(old, change)
            if new is not old:
                changes[name] = new
        return dataclasses.replace(value, **changes) if changes else value
    return value


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
