"""Whose cases a person sees, and what there is to read of one."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import organisations_by_role
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Candidacy, Case, CaseTransition, Decider
from second_opinion.cases.selectors.practice import is_there_for
from second_opinion.cases.states import CaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStep:
    state: CaseState
    at: datetime
    who: str
    reason: str


def cases_visible_to(person: Person) -> QuerySet[Case]:
    """A coordinator sees the provider's cases, an orderer what they ordered themselves.

    Who is named as a decider sees the case from its order on. An order that is being written is
    seen by all orderers of its client; by the provider only once it has been sent.
    """
    is_draft = Q(state=CaseState.DRAFT)
    held = organisations_by_role(person)
    visible = Q(pk__in=())
    # Roles that are not held are left out, which keeps most people's query short.
    if runs := held[Role.COORDINATOR]:
        sent = CaseTransition.objects.filter(case=OuterRef("pk"), target=CaseState.ORDERED)
        visible |= Q(provider__in=runs) & (~is_draft | Q(Exists(sent)))
    if orders := held[Role.ORDERER]:
        visible |= Q(client__in=orders) & (is_draft | Q(orderer=person))
    if decides := held[Role.DECIDER]:
        decides_in = Decider.objects.filter(person=person).values("case")
        visible |= Q(client__in=decides, pk__in=decides_in) & ~is_draft
    return (
        Case.objects.filter(visible, is_there_for(person))
        .select_related("client", "provider", "orderer", "coordinator")
        .prefetch_related("candidacies")
    )


def case_for(person: Person, pseudonym: UUID) -> Case | None:
    return cases_visible_to(person).filter(pseudonym=pseudonym).first()


def timeline_of(case: Case) -> list[TimelineStep]:
    return [
        TimelineStep(
            state=CaseState(step.target), at=step.at, who=step.actor.name, reason=step.reason
        )
        for step in case.transitions.select_related("actor")
    ]


def state_since(case: Case) -> datetime:
    """When the case came into its state."""
    return case.state_since or case.ordered_at


def due_at(case: Case) -> datetime:
    """The end of the due date, 24:00 where the provider is."""
    zone = ZoneInfo(case.provider.time_zone)
    return datetime.combine(case.due_on + timedelta(days=1), time.min, tzinfo=zone)


def is_past_due(case: Case) -> bool:
    return due_at(case) <= timezone.now()


def candidacies_of(case: Case) -> QuerySet[Candidacy]:
    """All of them, withdrawn ones too."""
    return case.candidacies.all()


def remaining_candidacies_of(case: Case) -> QuerySet[Candidacy]:
    """Those that have not withdrawn: whom opinions and the opening are waited for."""
    return case.candidacies.filter(withdrawn_at__isnull=True)


def was_sent(case: Case) -> bool:
    """Whether the order has been sent once; one that was asked back is being written again."""
    return case.transitions.filter(target=CaseState.ORDERED).exists()


def question_asked_back(case: Case) -> str:
    """What the coordinator asked when handing an order back; empty where nothing was asked."""
    latest = case.transitions.last()
    if latest is None or case.state != CaseState.DRAFT:
        return ""
    return latest.reason
