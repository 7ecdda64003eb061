"""What the log holds of a case, for the coordinators who run it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.audit.models import Event
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import IS_OPENED


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event; who is empty where the system acted by itself."""

    event: Event
    who: str


def events_visible_to(person: Person, *, case: Case) -> QuerySet[Event]:
    """All events of a case in the log's order; none for who does not run it.

    Until the case is open nothing shows when, or how often, an assessor wrote or sealed.
    """
    if not has_role(person, Role.COORDINATOR, case.provider):
        return Event.objects.none()
    events = Event.objects.filter(case=case.pseudonym).order_by("position")
    return events if case.state in IS_OPENED else events.filter(is_hidden_until_opening=False)


def with_names(events: Iterable[Event]) -> list[Line]:
    """With the names of those who acted, as they are called today; erased ones have none."""
    events = list(events)
    names = _names({event.actor for event in events if event.actor})
    return [
        Line(event=event, who=names.get(event.actor, "") if event.actor else "") for event in events
    ]


def _names(pseudonyms: Iterable[UUID]) -> dict[UUID, str]:
    wanted = list(pseudonyms)
    people = Person.objects.filter(pseudonym__in=wanted).values_list("pseudonym", "name")
    candidates = Candidacy.objects.filter(pseudonym__in=wanted).values_list("pseudonym", "name")
    return dict(people) | dict(candidates)
