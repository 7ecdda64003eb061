"""What the log holds of a case, for the coordinators who run it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.audit.models import Event
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import IS_OPENED, LetterKind
from second_opinion.opinions.models import Opinion

# Before the opening the coordinator knows who is engaged, and of nothing else when it happened.
OF_AN_OPINION = "opinion"
KNOWN_BEFORE = "assessor.engaged"


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
    candidacies = list(case.candidacies.values_list("pseudonym", flat=True))
    opinions = list(
        Opinion.objects.filter(candidacy__case=case).values_list("pseudonym", flat=True)
    )
    profiles = list(case.profiles.values_list("pseudonym", flat=True))
    named = [str(pseudonym) for pseudonym in candidacies]
    events = Event.objects.filter(
        Q(subject__in=[case.pseudonym, *candidacies, *opinions, *profiles])
        | Q(details__case=str(case.pseudonym))
        | Q(details__candidacy__in=named)
    ).order_by("position")
    if case.state in IS_OPENED:
        return events
    # The mail that all is sealed would tell in the log when the last assessor was done.
    tells = Q(~Q(verb=KNOWN_BEFORE), subject_kind=OF_AN_OPINION)
    return events.exclude(tells | Q(subject_kind="letter", details__kind=LetterKind.ALL_SEALED))


def lines_visible_to(person: Person, *, case: Case) -> list[Line]:
    """With the names of those who acted, as they are called today; erased ones have none."""
    events = list(events_visible_to(person, case=case))
    names = _names({event.actor for event in events if event.actor})
    return [
        Line(event=event, who=names.get(event.actor, "") if event.actor else "") for event in events
    ]


def _names(pseudonyms: Iterable[UUID]) -> dict[UUID, str]:
    wanted = list(pseudonyms)
    people = Person.objects.filter(pseudonym__in=wanted).values_list("pseudonym", "name")
    candidates = Candidacy.objects.filter(pseudonym__in=wanted).values_list("pseudonym", "name")
    return dict(people) | dict(candidates)
