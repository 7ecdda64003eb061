"""What is looked for: kinds of things that say who somebody is, and those that a case knows of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was put out of sight. The value is also the word that stands in its place."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ASSOCIATION = "association"
    MAIL = "mail"
    PHONE = "phone"
    LINK = "link"
    PERSONAL_NUMBER = "personal number"
    ADDRESS = "address"
    YEAR = "year"
    AGE = "age"
    GENDERED = "gendered word"


# The rules that find them need no knowledge of the case.
BY_RULE = frozenset(
    {Kind.MAIL, Kind.PHONE, Kind.LINK, Kind.PERSONAL_NUMBER, Kind.YEAR, Kind.AGE, Kind.ADDRESS}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entities:
    """What a case knows by name.

    people : the candidate and whoever is named beside them; given and family names in any order
    organisations : employers, schools, the client
    associations : clubs, congregations, unions, parties
    """

    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    associations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the text; `standing_for` is the neutral word that takes its place, if any."""

    start: int
    end: int
    kind: Kind
    standing_for: str = ""
