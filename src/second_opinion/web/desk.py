"""The list of cases as its reader needs it: what comes next, for whom it waits, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import roles_of as roles_of
from second_opinion.accounts.states import Role
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.cases.states import IS_OPENED, IS_OVER, CaseState, NextAction
from second_opinion.opinions import selectors as opinions

CASES_PER_PAGE = 25
# Nobody but the provider's coordinators learns who has sealed and who has not.
WITHIN_ASSESSMENT = frozenset(
    {NextAction.SEAL_OPINIONS, NextAction.OPEN_CASE, NextAction.ENGAGE_ASSESSORS}
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
class Choice:
    """Which cases the reader asked for: all, those that wait for them, or one stage."""

    is_mine: bool = False
    stage: CaseState | None = None

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> Choice:
        stage = query.get("stage", "")
        if stage in CaseState.values:
            return cls(stage=CaseState(stage))
        return cls(is_mine=query.get("show") == "mine")

    def of(self, lines: Sequence[Line]) -> list[Line]:
        if self.stage is not None:
            return [line for line in lines if line.case.state == self.stage]
        return [line for line in lines if line.waits_for_reader or not self.is_mine]

    @property
    def query(self) -> str:
        if self.stage is not None:
            return urlencode({"stage": self.stage.value})
        return urlencode({"show": "mine"}) if self.is_mine else ""


@dataclass(frozen=True, slots=True)
class Filter:
    words: str
    count: int
    choice: Choice
    is_chosen: bool


def lines_for(person: Person) -> list[Line]:
    """All of a person's cases, what has waited longest first; a constant number of queries."""
    roles = _provider_ids(person)
    return [_line(person, row.case, row.next_step, roles) for row in opinions.desk_of(person)]


def line_for(person: Person, case: Case) -> Line:
    return _line(person, case, opinions.next_step(case, person=person), _provider_ids(person))


def filters(lines: Sequence[Line], chosen: Choice) -> list[Filter]:
    """All, mine, and each stage that has a case in it, in the order of the journey."""
    stages = {line.case.state for line in lines}
    choices = [(_("All"), Choice()), (_("Waiting for me"), Choice(is_mine=True))] + [
        (_sentence_case(str(state.label)), Choice(stage=state))
        for state in CaseState
        if state in stages or state == chosen.stage
    ]
    return [
        Filter(words, len(choice.of(lines)), choice, choice == chosen) for words, choice in choices
    ]


def page_of(lines: Sequence[Line], number: str | None) -> Page[Line]:
    """The page asked for, or the nearest there is."""
    return Paginator(lines, CASES_PER_PAGE).get_page(number)


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
