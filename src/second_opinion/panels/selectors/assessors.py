"""The register of assessors: what each shows, in the version that a coordinator confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from django.utils import timezone

from second_opinion.accounts.models import Membership, Organisation, Person
from second_opinion.accounts.selectors import people_with
from second_opinion.accounts.states import Role
from second_opinion.panels.models import AssessorVersion
from second_opinion.panels.states import WORKS_IN, LanguageLevel, Level, Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCompetence:
    """expires_on : of the proof; after it only the assessor's own word is left"""

    key: str
    level: Level
    proof: Proof
    expires_on: date | None = None

    @property
    def proof_now(self) -> Proof:
        if self.expires_on is not None and self.expires_on < timezone.localdate():
            return Proof.DECLARED
        return self.proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """That somebody may use an instrument. valid_until : its last day; None where it has none"""

    instrument: str
    valid_until: date | None = None

    @property
    def is_valid(self) -> bool:
        return self.valid_until is None or self.valid_until >= timezone.localdate()

    @property
    def days_left(self) -> int | None:
        """0 on its last day; None where it has none."""
        return None if self.valid_until is None else (self.valid_until - timezone.localdate()).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A language by its code, such as "sv", and how far somebody has it."""

    code: str
    level: LanguageLevel = LanguageLevel.WORKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an assessor says of themselves.

    schools, certificates, sectors : in their own words
    instruments : those that they are certified on; years : of assessing; places : where they meet
    cap : cases at once, at most; price : kronor for one case; free_from : where not at once
    """

    competences: tuple[ShownCompetence, ...] = ()
    languages: tuple[Spoken, ...] = ()
    certificates: str = ""
    instruments: tuple[Certificate, ...] = ()
    years: int | None = None
    places: str = ""
    sectors: str = ""
    schools: str = ""
    cap: int = 2
    price: float | None = None
    free_from: date | None = None
    declares: str = ""

    def works_in(self, language: str) -> bool | None:
        """Whether they say so; None where they have named no language at all."""
        if not self.languages:
            return None
        return any(one.code == language and one.level in WORKS_IN for one in self.languages)


@dataclass(frozen=True, slots=True)
class Registered:
    """An assessor: their newest version, and the newest that was confirmed."""

    person: Person
    newest: AssessorVersion | None = None
    confirmed: AssessorVersion | None = None
    shown: Shown = field(default_factory=Shown)  # of the confirmed version

    @property
    def waits(self) -> bool:
        return self.newest is not None and self.newest != self.confirmed


def registered_at(
    provider: Organisation, people: Iterable[Person] | None = None
) -> list[Registered]:
    """Every assessor there by name; in two queries, however many."""
    asked = list(people_with({Role.ASSESSOR}, provider) if people is None else people)
    versions = AssessorVersion.objects.filter(provider=provider, person__in=asked)
    newest: dict[int, AssessorVersion] = {}
    confirmed: dict[int, AssessorVersion] = {}
    for version in versions.select_related("confirmation").order_by("number"):
        newest[version.person_id] = version
        if hasattr(version, "confirmation"):
            confirmed[version.person_id] = version
    return [
        Registered(
            person,
            newest.get(person.pk),
            confirmed.get(person.pk),
            shown_in(confirmed.get(person.pk)),
        )
        for person in asked
    ]


def employers_of(people: Iterable[Person]) -> set[int]:
    """Keys of the organisations where any of these has a role; in one query, however many."""
    found = Membership.objects.filter(person__in=list(people))
    return set(found.values_list("organisation_id", flat=True))


def newest_of(person: Person, provider: Organisation) -> AssessorVersion | None:
    return AssessorVersion.objects.filter(person=person, provider=provider).last()


def versions_of(person: Person, provider: Organisation) -> list[AssessorVersion]:
    """Newest first, with who wrote and who confirmed each."""
    return list(
        AssessorVersion.objects.filter(person=person, provider=provider)
        .select_related("author", "confirmation__author")
        .order_by("-number")
    )


def shown_in(version: AssessorVersion | None) -> Shown:
    if version is None:
        return Shown()
    stored: Mapping[str, Any] = version.content
    known = {one.name for one in fields(Shown)}
    plain = {name: value for name, value in stored.items() if name in known}
    return Shown(
        **plain
        | {
            "competences": tuple(_competence(one) for one in stored.get("competences", ())),
            "languages": tuple(_spoken(one) for one in stored.get("languages", ())),
            "instruments": tuple(
                Certificate(instrument=one["instrument"], valid_until=_day(one.get("valid_until")))
                for one in stored.get("instruments", ())
            ),
            "free_from": _day(stored.get("free_from")),
        }
    )


def stored(shown: Shown) -> dict[str, Any]:
    """As it is kept: days as text, and nothing that JSON does not have."""
    plain = asdict(shown)
    plain["free_from"] = _text(shown.free_from)
    plain["competences"] = [
        {
            "key": one.key,
            "level": int(one.level),
            "proof": one.proof.value,
            "expires_on": _text(one.expires_on),
        }
        for one in shown.competences
    ]
    plain["languages"] = [{"code": one.code, "level": one.level.value} for one in shown.languages]
    plain["instruments"] = [
        {"instrument": one.instrument, "valid_until": _text(one.valid_until)}
        for one in shown.instruments
    ]
    return plain


def _spoken(stored: str | Mapping[str, str]) -> Spoken:
    """Versions from before languages had levels hold codes of those that they work in."""
    if isinstance(stored, str):
        return Spoken(code=stored)
    return Spoken(code=stored["code"], level=LanguageLevel(stored["level"]))


def _competence(stored: Mapping[str, Any]) -> ShownCompetence:
    return ShownCompetence(
        key=stored["key"],
        level=Level(stored["level"]),
        proof=Proof(stored["proof"]),
        expires_on=_day(stored.get("expires_on")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
