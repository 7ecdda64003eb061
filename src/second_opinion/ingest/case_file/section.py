"""One table of a case file: its values by key, each asked for as what it must be."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from second_opinion.ingest.errors import CaseFileError, listed, nearest, quoted

LARGEST_NUMBER = 1e9  # no score or weight is near it, and a TOML integer may have any length

_TYPES: tuple[tuple[type, str], ...] = (
    (str, "text"),
    (bool, "true or false"),  # before int, which it also is to Python
    (int, "a number"),
    (float, "a number"),
    (list, "a list"),
    (dict, "a table"),
    (datetime, "a date with a time"),  # before date, which it also is
    (date, "a date"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A table and where it stands.

    place : file, and which table, for a message
    """

    place: str
    values: Mapping[str, object]

    def refusal(self, *, found: str, mend: str, key: str = "") -> CaseFileError:
        """The error for something in this table."""
        place = f"{self.place}, key {quoted(key)}" if key else self.place
        return CaseFileError(place=place, found=found, mend=mend)

    def only(self, *known: str) -> Section:
        """The table itself, if it has no other keys than these."""
        for key in self.values:
            if key not in known:
                raise self.refusal(
                    found=f"There is no key {quoted(key)} here; the keys are {', '.join(known)}.",
                    mend=f"{nearest(key, known)}Correct or remove it.",
                )
        return self

    def text(self, key: str, *, required: bool = False) -> str:
        """A text, which may run over several lines."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self._wrong_type(key, value, needed="text in quotation marks")
        if required and not value.strip():
            found = "The text is empty." if key in self.values else "The key is missing."
            raise self.refusal(key=key, found=found, mend=f'Write {key} = "...".')
        return value.strip()

    def name(self, key: str, *, required: bool = True) -> str:
        """A text on one line, in one Unicode form, so that equal names are equal."""
        text = self.text(key, required=required)
        return unicodedata.normalize("NFC", " ".join(text.split()))

    def texts(self, key: str) -> tuple[str, ...]:
        """A text or a list of texts; empty ones are dropped."""
        value = self.values.get(key, [])
        entries = [value] if isinstance(value, str) else value
        if not isinstance(entries, list):
            raise self._wrong_type(key, value, needed="a text or a list of texts")
        for entry in entries:
            if not isinstance(entry, str):
                raise self._wrong_type(key, entry, needed="a list of texts in quotation marks")
        return tuple(entry.strip() for entry in entries if entry.strip())

    def number(self, key: str) -> float:
        """A finite number that must be there."""
        number = self.number_if_any(key)
        if number is None:
            raise self.refusal(
                key=key, found="The key is missing.", mend=f"Write {key} = a number."
            )
        return number

    def number_if_any(self, key: str) -> float | None:
        """A finite number, or None without the key."""
        value = self.values.get(key)
        return None if value is None else self.as_number(value, key=key)

    def as_number(self, value: object, *, key: str) -> float:
        """A value of this table as a finite number."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong_type(key, value, needed="a number, with a decimal point")
        if not abs(value) <= LARGEST_NUMBER:  # so that not-a-number is refused too
            shown = f"{value:g}" if isinstance(value, float) else "A number of that size"
            raise self.refusal(
                key=key, found=f"{shown} is no possible value.", mend="Write an ordinary number."
            )
        return float(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self._wrong_type(key, value, needed="true or false, without quotation marks")
        return value

    def day(self, key: str) -> date | None:
        """A date, or None without the key."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self._wrong_type(key, value, needed="a date as 2026-11-30, without quotes")
        return value

    def pair(self, key: str) -> tuple[float, float]:
        """A list of two numbers."""
        value = self.values.get(key)
        if value is None:
            raise self.refusal(key=key, found="The key is missing.", mend=f"Write {key} = [1, 5].")
        if not isinstance(value, list) or len(value) != 2:
            raise self._wrong_type(key, value, needed="a list of two numbers as [1, 5]")
        first, second = value
        return self.as_number(first, key=key), self.as_number(second, key=key)

    def table(self, key: str) -> Mapping[str, object]:
        """A table inside this one; empty without the key."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self._wrong_type(key, value, needed="a table")
        return value

    def tables(self, key: str) -> list[Mapping[str, object]]:
        """A list of tables, each headed by [[key]]; empty without the key."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self._wrong_type(key, value, needed=f"tables that each start with [[{key}]]")
        return value

    def one_of(self, key: str, allowed: Iterable[str], *, default: str | None = None) -> str:
        """One of several words."""
        words = list(allowed)
        word = self.text(key, required=default is None) or default or ""
        if word not in words:
            raise self.refusal(
                key=key,
                found=f"{quoted(word)} is none of {listed(words)}.",
                mend=f"{nearest(word, words)}Write one of these.",
            )
        return word

    def _wrong_type(self, key: str, value: object, *, needed: str) -> CaseFileError:
        kind = next((word for known, word in _TYPES if isinstance(value, known)), "something else")
        return self.refusal(key=key, found=f"This is {kind}.", mend=f"Write {needed}.")


def is_close(first: float, second: float, *, within: float) -> bool:
    """Whether two numbers differ by no more than this, rounding apart."""
    return math.isclose(first, second, rel_tol=0, abs_tol=within + 1e-9)
