"""Which instruments take a certificate at a provider, and who has one that is valid.

An instrument takes one where the provider's list says so, and as soon as a confirmed version in
the register names it, valid still or not. It is told apart by its name, whatever the case of its
letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.selectors import people_with
from second_opinion.accounts.states import Role
from second_opinion.library.directions import isolated
from second_opinion.panels.models import CertificateMail, RequiredCertificate
from second_opinion.panels.selectors.assessors import Certificate, Registered, registered_at

TOLD_AHEAD = timedelta(days=60)  # of a certificate's last day
MAILED_AHEAD = (60, 14)  # days before the last day, on which its holder and coordinators are mailed


@dataclass(frozen=True, slots=True)
class Instrument:
    """name : for a sentence; names : all that the register may call it, in both languages

    certificate : the one that it takes, where the provider's list says which
    """

    name: str
    names: frozenset[str] = frozenset()
    certificate: str = ""

    def is_called(self, name: str) -> bool:
        return plain(name) in {plain(one) for one in (self.name, *self.names)}


@dataclass(frozen=True, slots=True)
class Certificates:
    """What the confirmed versions of a register say, and the provider's list."""

    held: tuple[tuple[int, Certificate], ...]  # by key of the person
    required: tuple[RequiredCertificate, ...] = ()

    def lacking(self, person: Person, instruments: Iterable[Instrument]) -> Instrument | None:
        """The first that takes a certificate which this person has none of that is valid."""
        lacked = next((one for one in instruments if self._lacks(person, one)), None)
        return lacked and replace(lacked, certificate=self._certificate_on(lacked))

    def nobody_for(self, instrument: Instrument) -> bool:
        """Whether it takes a certificate, and nobody there has one that is valid."""
        held = self._of(instrument)
        takes_one = bool(held) or bool(self._certificate_on(instrument))
        return takes_one and not any(one.is_valid for _person, one in held)

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
        takes_one = bool(held) or bool(self._certificate_on(instrument))
        return takes_one and not any(one.is_valid for one in own)

    def _certificate_on(self, instrument: Instrument) -> str:
        words = (one.certificate for one in self.required if instrument.is_called(one.instrument))
        return next(words, "")

    def _of(self, instrument: Instrument) -> list[tuple[int, Certificate]]:
        return [(key, one) for key, one in self.held if instrument.is_called(one.instrument)]


def required_at(provider: Organisation) -> tuple[RequiredCertificate, ...]:
    """The provider's list: the newest word on each instrument, where that requires one."""
    newest = {
        plain(one.instrument): one for one in RequiredCertificate.objects.filter(provider=provider)
    }
    return tuple(one for one in newest.values() if one.is_required)


def certificates_in(registered: Iterable[Registered], provider: Organisation) -> Certificates:
    held = tuple((one.person.pk, each) for one in registered for each in one.shown.instruments)
    return Certificates(held, required_at(provider))


def certificates_at(provider: Organisation) -> Certificates:
    return certificates_in(registered_at(provider), provider)


def lacks_certificate(person: Person, provider: Organisation, instrument: str) -> bool:
    """Whether it takes a certificate there that this person has none of that is valid."""
    return certificates_at(provider).lacking(person, [Instrument(instrument)]) is not None


def certificate_sentence(person: Person, instrument: Instrument) -> str:
    if instrument.certificate:
        return _(
            "%(instrument)s takes a certificate here (%(certificate)s), and the register confirms "
            "none of %(person)s that is valid."
        ) % {
            "instrument": capfirst(instrument.name),
            "certificate": isolated(instrument.certificate),
            "person": person,
        }
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A certificate that ends soon, and that nothing valid for longer replaces.

    instrument : as its name is compared; ahead : the last of MAILED_AHEAD that has come
    """

    holder: Person
    instrument: str
    valid_until: date
    ahead: int


def to_be_mailed_of(registered: Iterable[Registered]) -> list[Ending]:
    """Confirmed certificates that end within the longest time ahead, and have not ended."""
    today = timezone.localdate()
    found = []
    for one in registered:
        for instrument, last in _last_days(one).items():
            ahead = [days for days in MAILED_AHEAD if 0 <= (last - today).days <= days]
            if ahead:
                found.append(
                    Ending(
                        holder=one.person, instrument=instrument, valid_until=last, ahead=min(ahead)
                    )
                )
    return found


def is_to_be_mailed(mail: CertificateMail) -> bool:
    """Whether it still ends then, unreplaced, and its reader still has to do with it."""
    holders = people_with({Role.ASSESSOR}, mail.provider).filter(pk=mail.holder_id)
    runs = people_with({Role.COORDINATOR}, mail.provider).filter(pk=mail.reader_id)
    if mail.reader_id != mail.holder_id and not runs.exists():
        return False
    return any(
        (one.instrument, one.valid_until) == (mail.instrument, mail.valid_until)
        for one in to_be_mailed_of(registered_at(mail.provider, holders))
    )


def mailed_at(provider: Organisation) -> frozenset[tuple[int, str, date, int]]:
    """By key of the holder, instrument, last day and time ahead: what was mailed, or is to be."""
    rows = CertificateMail.objects.filter(
        provider=provider, valid_until__gte=timezone.localdate()
    ).values_list("holder_id", "instrument", "valid_until", "ahead")
    return frozenset(rows)


def _last_days(registered: Registered) -> dict[str, date]:
    """Of each instrument the last day of whatever lasts longest; none where that has no end."""
    days: dict[str, list[date | None]] = {}
    for one in registered.shown.instruments:
        days.setdefault(plain(one.instrument), []).append(one.valid_until)
    return {
        name: max(day for day in found if day is not None)
        for name, found in days.items()
        if None not in found
    }


def plain(name: str) -> str:
    return " ".join(name.casefold().split())
