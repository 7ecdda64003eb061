"""Which instruments take a certificate at a provider, and who has one that is valid.

An instrument takes one as soon as a confirmed version in the register names it, valid still or
not. It is told apart by its name, whatever the case of its letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.panels.selectors.assessors import Certificate, Registered, registered_at

TOLD_AHEAD = timedelta(days=60)  # of a certificate's last day


@dataclass(frozen=True, slots=True)
class Instrument:
    """name : for a sentence; names : all that the register may call it, in both languages"""

    name: str
    names: frozenset[str] = frozenset()

    def is_called(self, name: str) -> bool:
        return plain(name) in {plain(one) for one in (self.name, *self.names)}


@dataclass(frozen=True, slots=True)
class Certificates:
    """What the confirmed versions of a register say."""

    held: tuple[tuple[int, Certificate], ...]  # by key of the person

    def lacking(self, person: Person, instruments: Iterable[Instrument]) -> Instrument | None:
        """The first that takes a certificate which this person has none of that is valid."""
        return next((one for one in instruments if self._lacks(person, one)), None)

    def nobody_for(self, instrument: Instrument) -> bool:
        """Whether it takes a certificate, and nobody there has one that is valid."""
        held = self._of(instrument)
        return bool(held) and not any(one.is_valid for _person, one in held)

    def ending(
        self, person: Person, instruments: Iterable[Instrument], *, before: date
    ) -> list[tuple[Instrument, date]]:
        """Valid today, and their last day comes before that day."""
        found = []
        for instrument in instruments:
            own = [one for key, one in self._of(instrument) if key == person.pk and one.is_valid]
            days = [one.valid_until for one in own]
            if days and None not in days and (last := max(day for day in days if day)) < before:
                found.append((instrument, last))
        return found

    def _lacks(self, person: Person, instrument: Instrument) -> bool:
        held = self._of(instrument)
        own = [one for key, one in held if key == person.pk]
        return bool(held) and not any(one.is_valid for one in own)

    def _of(self, instrument: Instrument) -> list[tuple[int, Certificate]]:
        return [(key, one) for key, one in self.held if instrument.is_called(one.instrument)]


def certificates_in(registered: Iterable[Registered]) -> Certificates:
    return Certificates(
        tuple((one.person.pk, each) for one in registered for each in one.shown.instruments)
    )


def certificates_at(provider: Organisation) -> Certificates:
    return certificates_in(registered_at(provider))


def lacks_certificate(person: Person, provider: Organisation, instrument: str) -> bool:
    """Whether it takes a certificate there that this person has none of that is valid."""
    return certificates_at(provider).lacking(person, [Instrument(instrument)]) is not None


def certificate_sentence(person: Person, instrument: Instrument) -> str:
    return _(
        "%(instrument)s takes a certificate here, and the register confirms none of %(person)s "
        "that is valid."
    ) % {"instrument": capfirst(instrument.name), "person": person}


def ending_soon(registered: Registered) -> list[Certificate]:
    """Those confirmed that have run out, or will within two months; the first to end first."""
    until = timezone.localdate() + TOLD_AHEAD
    dated = [one for one in registered.shown.instruments if one.valid_until is not None]
    soon = [one for one in dated if one.valid_until is not None and one.valid_until <= until]
    return sorted(soon, key=lambda one: one.valid_until or until)


def plain(name: str) -> str:
    return " ".join(name.casefold().split())
