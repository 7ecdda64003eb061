"""Ten statements about how a candidate was treated, agreed to from 1 to 5.

Each is about one of the ten rules of procedural justice in selection that Gilliland listed; the
wording is our own. Gilliland, S. W. (1993). The perceived fairness of selection systems: an
organizational justice perspective. Academy of Management Review, 18(4), 694-734.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

LOWEST, HIGHEST = 1, 5  # do not agree at all, agree fully


@dataclass(frozen=True, slots=True)
class Item:
    """A statement; `rule` is the name of what it is about, in the source."""

    key: str
    rule: str
    sv: str
    en: str

    def text(self, language: str) -> str:
        return self.sv if language == "sv" else self.en


def _read() -> tuple[Item, ...]:
    path = Path(__file__).with_name("items.toml")
    return tuple(Item(**item) for item in tomllib.loads(path.read_text(encoding="utf-8"))["item"])


ITEMS = _read()
