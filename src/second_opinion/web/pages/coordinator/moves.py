"""What a reader can do with a case now, in the order of the journey, or why not yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Decision, Denied
from second_opinion.candidates import selectors as told
from second_opinion.cases import policies as cases
from second_opinion.cases.models import Case
from second_opinion.cases.policies import has_new_version
from second_opinion.cases.selectors import first_opinion_waiver_of, is_without_interview
from second_opinion.cases.states import CaseState
from second_opinion.instruments.selectors import measured_by_questionnaire
from second_opinion.opinions import policies as opinions
from second_opinion.opinions import selectors as written
from second_opinion.panels.selectors.proposals import proposed_in
from second_opinion.reports import policies as reports
from second_opinion.reports import selectors
from second_opinion.reports.models import ReportVersion

IS_DECIDED = frozenset({CaseState.DECIDED, CaseState.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """asks_first: a page says what will happen before anything does; otherwise a button acts.

    is_quiet : a link below the buttons, for what the page is not about
    """

    words: str
    address: str
    asks_first: bool = True
    is_main: bool = False
    is_quiet: bool = False
    obstacle: str = ""


def moves_for(person: Person, case: Case) -> list[Move]:
    """Main moves first; withdrawing stands last and quiet. Empty for who can only look on."""
    moves = _onwards(person, case) if cases.may_run(person, case) else []
    if cases.may_write_order(person, case):
        moves.append(_move(_("Go on with the order"), "order", case, is_main=True))
    if cases.may_answer_profile(person, case):
        moves.append(_move(_("Read and answer the criteria"), "profile", case, is_main=True))
    if case.state == CaseState.REPORTED and selectors.orders_or_decides(person, case):
        ready = reports.may_decide(person, case)
        moves.append(
            _move(_("Record the decision"), "decision", case, decision=ready, is_main=True)
        )
    if case.state in IS_DECIDED and selectors.orders_or_decides(person, case):
        moves.append(_move(_("Read the decision"), "decision", case))
    if proposed_in(case, person):
        words = _("See who assesses, and say if you know them")
        moves.append(_quiet(words, "who_assesses", case))
    if cases.may_run(person, case):
        moves.append(_quiet(_("See and decide conflicts of interest"), "conflicts", case))
        moves.append(_quiet(_("See who has read what is sealed"), "early_readings", case))
        moves.append(_quiet(_("See what was sent"), "case_mails", case))
        moves.append(_quiet(_("Read the log of the case"), "case_events", case))
    if cases.may_withdraw(person, case):
        moves.append(_quiet(_("Withdraw the case"), "withdraw_case", case))
    return moves


def moves_of(person: Person, version: ReportVersion) -> list[Move]:
    """Where a report version can go next; for those who decide, the decision."""
    case = version.case
    moves = []
    if cases.may_run(person, case) and version.released_at is None:
        if version.to_candidates_at is None:
            words = _("Give the candidates their version")
            decision = reports.may_release_to_candidates(person, version)
            moves.append(_out(words, "to_candidates", version, decision))
        words = _("Release the report to the client")
        moves.append(
            _out(words, "release_report", version, reports.may_release_report(person, version))
        )
    elif version.released_at is not None and case.state == CaseState.REPORTED:
        decision = reports.may_decide(person, case)
        if decision or selectors.orders_or_decides(person, case):
            moves.append(_move(_("Record the decision"), "decision", case, decision=decision))
    return moves


def _out(words: str, name: str, version: ReportVersion, decision: Decision) -> Move:
    return Move(
        words=words,
        address=reverse(name, args=[version.pseudonym]),
        obstacle=decision.reason if isinstance(decision, Denied) else "",
        is_main=not isinstance(decision, Denied),
    )


def _onwards(person: Person, case: Case) -> list[Move]:
    engage = _move(_("Engage assessors"), "engage", case)
    find = _move(_("Find and ask assessors"), "panel", case)
    match CaseState(case.state):
        case CaseState.ORDERED:
            return _with_an_order(person, case)
        case CaseState.PROFILE_LOCKED if has_new_version(case):
            ready = cases.is_ready_to_lock(person, case)
            return [
                _move(_("Lock the new version"), "accept", case, decision=ready, is_main=True),
                _move(_("Change the criteria"), "profile", case),
            ]
        case CaseState.PROFILE_LOCKED:
            return [
                *_towards_the_assessment(case),
                engage,
                find,
                *_questionnaires(case),
                *_until_it_begins(case),
            ]
        case CaseState.IN_ASSESSMENT:
            return [*_while_assessed(case, engage), find, *_questionnaires(case)]
        case CaseState.OPENED | CaseState.REPORTED:
            is_first = not case.report_versions.exists()
            words = _("Write the report") if is_first else _("Write a new version of the report")
            return [
                _move(words, "writing", case, is_main=is_first),
                _move(_("Discuss the opinions"), "discussion", case),
            ]
        case CaseState.DECIDED:
            ready = reports.may_close(person, case)
            return [_move(_("Close the case"), "close_case", case, decision=ready, is_main=True)]
        case _:
            return []


def _with_an_order(person: Person, case: Case) -> list[Move]:
    ready = cases.is_ready_to_lock(person, case)
    return [
        _move(
            _("Accept and lock the criteria"),
            "accept",
            case,
            decision=ready,
            is_main=not isinstance(ready, Denied),
        ),
        _move(_("Ask back"), "ask_back", case),
        _move(_("Decline the order"), "decline", case),
    ]


def _questionnaires(case: Case) -> list[Move]:
    """Only where the profile measures something by one."""
    if not measured_by_questionnaire(case):
        return []
    return [_move(_("Questionnaires for the candidates"), "case_questionnaires", case)]


def _towards_the_assessment(case: Case) -> list[Move]:
    """The candidates are told first; starting is there all the same, for the client's own."""
    untold = told.untold_in([case]).first()
    start = _move(
        _("Start the assessment"),
        "start_assessment",
        case,
        asks_first=False,
        is_main=untold is None,
    )
    if untold is None:
        return [start]
    address = reverse("write_notice", args=[untold.pseudonym])
    return [Move(words=_("Tell the candidates"), address=address, is_main=True), start]


def _until_it_begins(case: Case) -> list[Move]:
    moves = [_move(_("Change the locked criteria"), "change_profile", case)]
    if written.has_first_opinion(case) or first_opinion_waiver_of(case) is not None:
        return moves
    return [*moves, _move(_("Go on without a first opinion"), "waive_first_opinion", case)]


def _while_assessed(case: Case, engage: Move) -> list[Move]:
    if not written.is_anybody_engaged(case) and not is_without_interview(case):
        return [_move(_("Engage assessors"), "engage", case, is_main=True)]
    ready = opinions.is_ready_to_open(case)
    opening = _move(_("Open the opinions"), "open_case", case, decision=ready, is_main=True)
    return [opening, engage]


def _quiet(words: str, name: str, case: Case) -> Move:
    return Move(words=words, address=reverse(name, args=[case.pseudonym]), is_quiet=True)


def _move(
    words: str,
    name: str,
    case: Case,
    *,
    decision: Decision | None = None,
    asks_first: bool = True,
    is_main: bool = False,
) -> Move:
    return Move(
        words=words,
        address=reverse(name, args=[case.pseudonym]),
        asks_first=asks_first,
        is_main=is_main,
        obstacle=decision.reason if isinstance(decision, Denied) else "",
    )
