"""Early readings: who asked to read a sealed opinion before the opening, and who read one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.audit.selectors import has_happened
from second_opinion.audit.services import decrypt
from second_opinion.cases.models import Case
from second_opinion.cases.states import IS_OPENED
from second_opinion.opinions.models import EarlyReading, Opinion
from second_opinion.opinions.states import EarlyGround

# Who takes a colleague's role away is not alone for that: not before this time has passed.
ALONE_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What every party of a case is told of an early reading. It does not say whose opinion.

    granted_by : empty where the provider has nobody else who could agree
    looked_at : each time that the words were shown, oldest first
    """

    asked_by: str
    granted_by: str
    ground: EarlyGround
    at: datetime
    looked_at: tuple[datetime, ...]


def marks_in(case: Case) -> list[Mark]:
    """Every early reading of the case that was agreed to, oldest first; the same for all."""
    granted = _readings_in(case).filter(answer__is_granted=True).prefetch_related("looks")
    return [
        Mark(
            asked_by=reading.asked_by.name,
            granted_by=""
            if reading.answer.by_id == reading.asked_by_id
            else reading.answer.by.name,
            ground=EarlyGround(reading.ground),
            at=reading.answer.at,
            looked_at=tuple(look.at for look in reading.looks.all()),
        )
        for reading in granted
    ]


def early_readings_visible_to(person: Person, *, case: Case) -> QuerySet[EarlyReading]:
    """All that were asked for, answered or not, for the provider's coordinators."""
    if not has_role(person, Role.COORDINATOR, case.provider):
        return EarlyReading.objects.none()
    return _readings_in(case)


def early_reading_for(person: Person, pseudonym: UUID, *, case: Case) -> EarlyReading | None:
    return early_readings_visible_to(person, case=case).filter(pseudonym=pseudonym).first()


def sealed_until_opening(person: Person, *, case: Case) -> QuerySet[Opinion]:
    """What could be asked for, for the coordinators: sealed and not opened, and no word of it."""
    if case.state in IS_OPENED or not has_role(person, Role.COORDINATOR, case.provider):
        return Opinion.objects.none()
    return (
        Opinion.objects.filter(candidacy__case=case, sealed_at__isnull=False)
        .select_related("assessor", "candidacy__case__provider")
        .order_by("candidacy__position", "kind", "assessor__name", "pk")
    )


def reason_for_reading(reading: EarlyReading) -> str:
    """For the provider's coordinators, who found the reading through a selector above."""
    case = reading.opinion.candidacy.case
    return decrypt(reading.words, case=case, label=reading.label).decode()


def has_read_early(person: Person, case: Case) -> bool:
    return EarlyReading.objects.filter(
        opinion__candidacy__case=case, asked_by=person, looks__isnull=False
    ).exists()


def is_answered(reading: EarlyReading) -> bool:
    return hasattr(reading, "answer")


def has_just_become_alone(case: Case) -> bool:
    """Whether somebody lost the coordinator's role at the provider in the last thirty days."""
    return has_happened(
        "role.taken",
        since=timezone.now() - ALONE_FOR,
        details={"role": Role.COORDINATOR.value, "organisation": str(case.provider.pseudonym)},
    )


def became_coordinator_since(reading: EarlyReading, person: Person, case: Case) -> bool:
    """Whether somebody was given the role after it was asked for, perhaps in order to agree."""
    return has_happened(
        "role.given",
        since=reading.asked_at,
        subject=person.pseudonym,
        details={"role": Role.COORDINATOR.value, "organisation": str(case.provider.pseudonym)},
    )


def _readings_in(case: Case) -> QuerySet[EarlyReading]:
    return EarlyReading.objects.filter(opinion__candidacy__case=case).select_related(
        "asked_by", "answer__by", "opinion__assessor", "opinion__candidacy__case__provider"
    )
