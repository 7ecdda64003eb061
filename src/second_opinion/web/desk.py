"""The list of cases as its reader needs it: what comes next, for whom it waits, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import roles_of as roles_of
from second_opinion.accounts.states import Role
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.cases.states import IS_OPENED, IS_OVER, CaseState, NextAction
from second_opinion.opinions import selectors as opinions
from second_opinion.reports import selectors as reports
from second_opinion.reports.selectors import Counts, Wanted
from second_opinion.reports.states import Due, SortedBy, WaitsFor

Chosen = TypeVar("Chosen", bound=TextChoices)

CASES_PER_PAGE = 25
CASES_PER_COLUMN = 6
MOST_CHARACTERS = 200  # of what is searched for
# Nobody but the provider's coordinators learns who has sealed and who has not.
WITHIN_ASSESSMENT = frozenset(
    {
        NextAction.SEAL_OPINIONS,
        NextAction.OPEN_CASE,
        NextAction.ENGAGE_ASSESSORS,
        NextAction.COLLECT_RESULTS,
    }
)
# Asked of the client's people, and not of whoever runs the case.
ASKS_BY_NAME = frozenset({NextAction.SUBMIT_ORDER, NextAction.APPROVE_PROFILE, NextAction.DECIDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One case, in the words for one reader."""

    case: Case
    sentence: str
    due_at: datetime
    since: datetime
    waits_for_reader: bool
    is_late: bool
    is_over: bool
    is_opening_next: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that is one click away, in words, and how many cases it holds."""

    words: str
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A stage on the board: what has waited longest in it, and how many more there are."""

    title: str
    count: int
    query: str
    lines: list[Line]

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class Select:
    """A choice among several, for a form: value, words, and whether it is the one chosen."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]


def wanted_by(query: Mapping[str, str]) -> Wanted:
    """What a list's address asks for; what is no choice asks for nothing."""
    return Wanted(
        words=query.get("q", "").strip()[:MOST_CHARACTERS],
        stage=_one_of(CaseState, query.get("stage")),
        waits_for=_one_of(WaitsFor, query.get("waits")),
        due=_one_of(Due, query.get("due")),
        sorted_by=_one_of(SortedBy, query.get("sort")) or SortedBy.WAITING,
    )


def query_of(wanted: Wanted) -> str:
    """The address that asks for it; the same choice has one address."""
    asked = {
        "q": wanted.words,
        "stage": wanted.stage,
        "waits": wanted.waits_for,
        "due": wanted.due,
        "sort": wanted.sorted_by if wanted.sorted_by != SortedBy.WAITING else "",
    }
    return urlencode({name: str(value) for name, value in asked.items() if value})


def page_for(person: Person, wanted: Wanted, number: str | None) -> Page[Case]:
    """The page asked for, or the nearest there is."""
    return Paginator(reports.desk_of(person, wanted), CASES_PER_PAGE).get_page(number)


def lines_of(person: Person, of_cases: Iterable[Case]) -> list[Line]:
    """A constant number of queries, however many the cases are."""
    roles = _provider_ids(person)
    rows = reports.rows_of(list(of_cases), person=person)
    return [_line(person, row.case, row.next_step, roles) for row in rows]


def line_for(person: Person, case: Case) -> Line:
    return _line(person, case, opinions.next_step(case, person=person), _provider_ids(person))


def filters(counts: Counts, chosen: Wanted) -> list[Filter]:
    """All, mine, what is late, and each stage that has a case in it, as the journey goes."""
    choices = [(_("All"), counts.all, Wanted())]
    choices += [(_("Waiting for me"), counts.mine, Wanted(waits_for=WaitsFor.ME))]
    if counts.late or chosen.due == Due.LATE:
        choices += [(_("Late"), counts.late, Wanted(due=Due.LATE))]
    choices += [
        (_sentence_case(str(state.label)), counts.by_stage.get(state, 0), Wanted(stage=state))
        for state in CaseState
        if state in counts.by_stage or state == chosen.stage
    ]
    return [
        Filter(words, count, query_of(choice), choice == chosen) for words, count, choice in choices
    ]


def selects(counts: Counts, chosen: Wanted) -> list[Select]:
    """All that a list can be asked for besides words, each beside the others."""
    stages = [stage for stage in CaseState if stage in counts.by_stage or stage == chosen.stage]
    return [
        _select("stage", _("Stage"), _("Any"), stages, chosen.stage),
        _select("waits", _("Waits for"), _("Anybody"), WaitsFor, chosen.waits_for),
        _select("due", _("Due"), _("Any day"), Due, chosen.due),
        _select("sort", _("Sorted by"), "", SortedBy, chosen.sorted_by),
    ]


def board_for(person: Person, counts: Counts) -> list[Column]:
    """A column for each stage that is not over and has a case in it."""
    shown = reports.longest_waiting(person, in_each_stage=CASES_PER_COLUMN)
    lines = lines_of(person, shown)
    return [
        Column(
            _sentence_case(str(state.label)),
            counts.by_stage[state],
            query_of(Wanted(stage=state)),
            [line for line in lines if line.case.state == state],
        )
        for state in CaseState
        if state in counts.by_stage and state not in IS_OVER
    ]


def _select(
    name: str, label: str, anything: str, options: Iterable[TextChoices], chosen: str | None
) -> Select:
    first = [("", anything, not chosen)] if anything else []
    rest = [(each.value, _sentence_case(str(each.label)), each == chosen) for each in options]
    return Select(name, label, first + rest)


def _one_of(kind: type[Chosen], value: str | None) -> Chosen | None:
    return kind(value) if value in kind.values else None


def role_words(person: Person) -> str:
    return ", ".join(str(role.label) for role in Role if role in roles_of(person))


def _line(
    person: Person, case: Case, step: cases.NextStep | None, providers: frozenset[int]
) -> Line:
    due_at = cases.due_at(case)
    is_provider = case.provider_id in providers
    is_delivered = case.state in IS_OVER | (IS_OPENED - {CaseState.OPENED})
    return Line(
        case=case,
        sentence=_sentence(person, case, step, is_provider=is_provider),
        due_at=due_at,
        since=cases.state_since(case),
        waits_for_reader=step is not None and _waits_for(person, case, step),
        is_late=not is_delivered and due_at <= timezone.now(),
        is_over=step is None,
        is_opening_next=is_provider and step is not None and step.action == NextAction.OPEN_CASE,
    )


def _sentence(person: Person, case: Case, step: cases.NextStep | None, *, is_provider: bool) -> str:
    if step is None:
        return {
            CaseState.WITHDRAWN: _("The case was withdrawn."),
            CaseState.DECLINED: _("The provider declined the order."),
            CaseState.CLOSED: _("The case is closed. Nothing more is asked of anybody."),
        }[CaseState(case.state)]
    if _waits_for(person, case, step):
        return _("It is your turn to %(act)s.") % {"act": step.action.label}
    if step.action in WITHIN_ASSESSMENT and not is_provider:
        return _("The assessment is under way. All opinions are opened together.")
    return step.sentence


def _waits_for(person: Person, case: Case, step: cases.NextStep) -> bool:
    if step.action == NextAction.SEAL_OPINIONS:
        return False  # an assessor's own page will ask for that, not the list of cases
    if step.action in ASKS_BY_NAME:
        return person.pk in step.people
    return case.coordinator_id == person.pk


def _provider_ids(person: Person) -> frozenset[int]:
    return frozenset(
        person.memberships.filter(role=Role.COORDINATOR).values_list("organisation", flat=True)
    )


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
