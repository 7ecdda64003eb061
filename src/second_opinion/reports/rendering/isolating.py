"""Names that run from the right, kept apart within sentences that run from the left."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from second_opinion.reports.writing.document import ReportDocument

_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def kept_apart(plain: dict[str, Any], document: ReportDocument) -> dict[str, Any]:
    """All texts of a plain document but its drawings; the same object where nothing is apart."""
    names = _any_of(document.isolated)
    return plain if names is None else _apart(plain, names)


def drawing_apart(svg: str, document: ReportDocument) -> str:
    """A drawing for a browser: its names stand escaped."""
    names = _any_of(tuple(escape(name, quote=False) for name in document.isolated))
    return svg if names is None else _isolated(svg, names)


def _any_of(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Longest first, as the document lists them; None where there are none."""
    return re.compile("|".join(map(re.escape, names))) if names else None


def _apart(value: Any, names: re.Pattern[str], key: str = "") -> Any:  # noqa: ANN401 - a plain tree
    if isinstance(value, dict):
        return {each: _apart(one, names, each) for each, one in value.items()}
    if isinstance(value, list | tuple):
        return [_apart(one, names, key) for one in value]
    if isinstance(value, str) and key != "svg" and not names.fullmatch(value.strip()):
        return _isolated(value, names)
    return value


def _isolated(text: str, names: re.Pattern[str]) -> str:
    return names.sub(lambda name: f"{_ISOLATE}{name[0]}{_END}", text)
