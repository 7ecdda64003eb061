"""The list of a person's cases: chosen, sorted and counted in the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.selectors import organisations_by_role
from second_opinion.accounts.states import Role
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.cases.states import IS_OVER, CaseState
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.models import Opinion
from second_opinion.reports.states import Due, SortedBy, WaitsFor

A_WEEK = timedelta(days=7)
IS_DELIVERED = frozenset({CaseState.REPORTED, CaseState.DECIDED}) | IS_OVER  # late no longer
OF_THE_ORDERER = (CaseState.DRAFT, CaseState.REPORTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases somebody asks for, and in which order; what is left out asks for all."""

    words: str = ""
    stage: CaseState | None = None
    waits_for: WaitsFor | None = None
    due: Due | None = None
    sorted_by: SortedBy = SortedBy.WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many cases somebody has: in each stage that has one, waiting for them, and late."""

    by_stage: dict[CaseState, int] = field(default_factory=dict)
    mine: int = 0
    late: int = 0

    @property
    def all(self) -> int:
        return sum(self.by_stage.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    case: Case
    next_step: cases.NextStep | None


def desk_of(person: Person, wanted: Wanted) -> QuerySet[Case]:
    """The cases asked for, of those that the person sees: to be paged before it is read."""
    found = cases.matching(_cases_of(person), wanted.words)
    if wanted.stage is not None:
        found = found.filter(state=wanted.stage)
    if wanted.waits_for is not None:
        found = found.filter(_waits_for(wanted.waits_for, person))
    if wanted.due is not None:
        found = found.filter(_is_due(wanted.due))
    return found.order_by(*_order(wanted.sorted_by))


def counts_for(person: Person) -> Counts:
    rows = (
        _cases_of(person)
        .order_by()
        .values("state")
        .annotate(
            n=Count("pk"),
            mine=Count("pk", filter=_waits_for(WaitsFor.ME, person)),
            late=Count("pk", filter=_is_due(Due.LATE)),
        )
    )
    found = {CaseState(row["state"]): row for row in rows}
    return Counts(
        by_stage={stage: found[stage]["n"] for stage in CaseState if stage in found},
        mine=sum(row["mine"] for row in found.values()),
        late=sum(row["late"] for row in found.values()),
    )


def longest_waiting(person: Person, *, in_each_stage: int) -> QuerySet[Case]:
    """Of every stage that is not over, those that have waited longest."""
    place = Window(RowNumber(), partition_by=F("state"), order_by=[F("state_since").asc(), F("pk")])
    seen = _cases_of(person)
    going_on = seen.exclude(state__in=IS_OVER).order_by().annotate(place=place)
    first = going_on.filter(place__lte=in_each_stage).values("pk")
    return seen.filter(pk__in=first).order_by("state_since", "pk")


def rows_of(of_cases: Sequence[Case], *, person: Person) -> list[DeskRow]:
    """With what moves each of them on; in as many queries as for one."""
    steps = opinions.next_steps(list(of_cases), person=person)
    return [DeskRow(case=case, next_step=step) for case, step in zip(of_cases, steps, strict=True)]


def _cases_of(person: Person) -> QuerySet[Case]:
    """Real ones: practice has a page of its own."""
    return cases.cases_visible_to(person).filter(cases.is_real())


def _order(sorted_by: SortedBy) -> tuple[models.expressions.Combinable | str, ...]:
    """What is over comes last, and there what ended last comes first."""
    is_over = models.Case(When(state__in=IS_OVER, then=1), default=0)
    if sorted_by == SortedBy.DUE:
        return is_over, "due_on", "pk"
    since = models.Case(When(state__in=IS_OVER, then=None), default=F("state_since"))
    return is_over, since.asc(), F("state_since").desc(), "pk"


def _waits_for(whom: WaitsFor, person: Person) -> Q:
    """The same as the next steps in `rows_of` say, for the database to choose by.

    What is quickly looked at stands first: the database asks no further where that fails.
    """
    if whom == WaitsFor.ME:
        asked = Q(state__in=cases.ASKS_DECIDERS) & Q(cases.is_approval_awaited(by=person))
        orders = Q(state__in=OF_THE_ORDERER, orderer=person)
        return orders | asked | Q(coordinator=person) & _of_coordinator(person)
    if whom == WaitsFor.CLIENT:
        asked = Q(state__in=cases.ASKS_DECIDERS) & Q(cases.is_approval_awaited())
        return Q(state__in=OF_THE_ORDERER) | asked
    if whom == WaitsFor.ASSESSORS:
        return Q(state=CaseState.IN_ASSESSMENT) & (_has_unsealed() | ~_is_run_by(person))
    return _of_coordinator(person)


def _of_coordinator(person: Person) -> Q:
    """How far an assessment has come is known to those alone who run the case."""
    answered = Q(state__in=cases.ASKS_DECIDERS) & Q(~cases.is_approval_awaited())
    sealed = Q(state=CaseState.IN_ASSESSMENT) & _is_run_by(person) & Q(~_has_unsealed())
    return Q(state__in=(CaseState.OPENED, CaseState.DECIDED)) | answered | sealed


def _has_unsealed() -> Exists:
    return Exists(
        Opinion.objects.filter(
            candidacy__case=OuterRef("pk"),
            candidacy__withdrawn_at__isnull=True,
            sealed_at__isnull=True,
        )
    )


def _is_run_by(person: Person) -> Q:
    return Q(provider__in=organisations_by_role(person)[Role.COORDINATOR])


def _is_due(due: Due) -> Q:
    """A due date ends at 24:00 where the provider is: what day it is there decides."""
    zones = Organisation.objects.order_by().values_list("time_zone", flat=True).distinct()
    chosen = Q(pk__in=())
    for zone in zones:
        today = timezone.localdate(timezone=ZoneInfo(zone))
        ends = Q(due_on__lt=today) if due == Due.LATE else Q(due_on__range=(today, today + A_WEEK))
        chosen |= ends & Q(provider__time_zone=zone)
    return chosen & ~Q(state__in=IS_DELIVERED)
