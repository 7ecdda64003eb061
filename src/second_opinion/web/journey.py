"""A case's way in words: what happened and when, what happens now, what is ahead."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.candidates import selectors as told
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.policies import may_run
from second_opinion.cases.states import CaseState
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.selectors import Engagement
from second_opinion.web.desk import Line

WAY = (
    CaseState.DRAFT,
    CaseState.ORDERED,
    CaseState.PROFILE_LOCKED,
    CaseState.IN_ASSESSMENT,
    CaseState.OPENED,
    CaseState.REPORTED,
    CaseState.DECIDED,
    CaseState.CLOSED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    tense: str  # done, now or ahead
    words: str
    at: datetime | None = None
    who: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CandidateStates:
    """A candidate; address and sentence lead to their card, and are empty for who may not."""

    name: str
    engagements: tuple[Engagement, ...]
    address: str = ""
    sentence: str = ""


def timeline(case: Case, line: Line) -> list[Step]:
    done = [
        Step(
            tense="done",
            words=_what_happened(step.state, is_first=number == 0),
            at=step.at,
            who=step.who,
            reason=step.reason,
        )
        for number, step in enumerate(cases.timeline_of(case))
    ]
    if line.is_over:
        return done
    return [
        *done,
        Step(tense="now", words=line.sentence, at=line.since),
        *(Step(tense="ahead", words=_what_will_happen(state)) for state in _ahead(case, line)),
    ]


def _ahead(case: Case, line: Line) -> tuple[CaseState, ...]:
    """The states after the one that is being worked towards now."""
    state = CaseState(case.state)
    is_before_opening = state == CaseState.IN_ASSESSMENT and not line.is_opening_next
    return WAY[WAY.index(state) + (1 if is_before_opening else 2) :]


def candidates(person: Person, case: Case) -> list[CandidateStates]:
    """The candidates; for a coordinator with the state of each opinion, and never more."""
    engagements = opinions.engagements_visible_to(person, case=case)
    runs = bool(may_run(person, case))
    return [
        CandidateStates(
            candidacy.name,
            tuple(each for each in engagements if each.candidate == candidacy.name),
            address=reverse("candidacy", args=[candidacy.pseudonym]) if runs else "",
            sentence=_how_far_told(candidacy) if runs else "",
        )
        for candidacy in cases.candidacies_of(case)
    ]


def _how_far_told(candidacy: Candidacy) -> str:
    if candidacy.is_withdrawn:
        return _("Has withdrawn")
    if told.has_acknowledged(candidacy):
        return _("Has read what it is about")
    if told.notice_of(candidacy) is not None:
        return _("Has been written to, and has not answered yet")
    return _("Has not been told yet")


def _what_happened(state: CaseState, *, is_first: bool) -> str:
    if state == CaseState.DRAFT and not is_first:
        return _("The coordinator asked back")
    return {
        CaseState.DRAFT: _("The order was begun"),
        CaseState.ORDERED: _("The case was ordered"),
        CaseState.PROFILE_LOCKED: _("The requirement profile was locked"),
        CaseState.IN_ASSESSMENT: _("The assessment began"),
        CaseState.OPENED: _("All opinions were opened together"),
        CaseState.REPORTED: _("The report was released"),
        CaseState.DECIDED: _("The client decided"),
        CaseState.CLOSED: _("The case was closed"),
        CaseState.WITHDRAWN: _("The case was withdrawn"),
        CaseState.DECLINED: _("The provider declined the order"),
    }[state]


def _what_will_happen(state: CaseState) -> str:
    return {
        CaseState.PROFILE_LOCKED: _("The deciders approve the criteria, and they are locked"),
        CaseState.IN_ASSESSMENT: _("Assessment, each assessor apart"),
        CaseState.OPENED: _("All opinions are opened together"),
        CaseState.REPORTED: _("The report is released"),
        CaseState.DECIDED: _("The client decides"),
        CaseState.CLOSED: _("The case is closed"),
    }[state]
