"""Telling in time that a certificate ends: its holder, and those who run cases at the provider."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.selectors import people_with, providers
from second_opinion.accounts.states import Role
from second_opinion.audit.services import enqueue, record_event
from second_opinion.candidates.services.mails import next_daytime
from second_opinion.panels.models import CertificateMail
from second_opinion.panels.selectors.assessors import registered_at
from second_opinion.panels.selectors.certificates import Ending, mailed_at, to_be_mailed_of

CERTIFICATE_MAIL = "panels.certificate_mail"


def tell_of_ending_certificates() -> None:
    """The worker's: ask for the mails whose time has come, each once however often it looks."""
    for provider in providers():
        _tell(provider)


@transaction.atomic
def mark_certificate_mail(*, mail: CertificateMail, field: str, verb: str) -> None:
    """Note how it went: field is sent_at, refused_at or dropped_at."""
    setattr(mail, field, timezone.now())
    mail.save(update_fields=[field])
    record_event(actor=None, verb=f"certificate_mail.{verb}", subject=mail, case=None)


@transaction.atomic
def _tell(provider: Organisation) -> None:
    provider = Organisation.objects.select_for_update().get(pk=provider.pk)  # two workers wait
    mailed = mailed_at(provider)
    new = [
        one
        for one in to_be_mailed_of(registered_at(provider))
        if (one.holder.pk, one.instrument, one.valid_until, one.ahead) not in mailed
    ]
    if new:
        coordinators = list(people_with({Role.COORDINATOR}, provider))
        for one in new:
            _write(provider, one, {each.pk: each for each in (one.holder, *coordinators)}.values())


def _write(provider: Organisation, ending: Ending, readers: Iterable[Person]) -> None:
    due_at = next_daytime(timezone.now(), zone=ZoneInfo(provider.time_zone))
    for reader in readers:
        mail = CertificateMail.objects.create(
            provider=provider,
            holder=ending.holder,
            instrument=ending.instrument,
            valid_until=ending.valid_until,
            ahead=ending.ahead,
            reader=reader,
        )
        record_event(
            actor=None,
            verb="certificate_mail.queued",
            subject=mail,
            case=None,
            details={"holder": ending.holder.pseudonym, "ahead": ending.ahead},
        )
        enqueue(kind=CERTIFICATE_MAIL, subject=mail, due_at=due_at)
