"""Asking first: what will happen, in words, before something is done that cannot be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.policies import Decision, Denied, require
from second_opinion.cases import policies, selectors
from second_opinion.cases.errors import CaseError
from second_opinion.cases.models import Case
from second_opinion.instruments.errors import InstrumentError
from second_opinion.opinions.errors import OpinionError
from second_opinion.panels.errors import PanelError
from second_opinion.reports.errors import ReportError
from second_opinion.web import refusals
from second_opinion.web.mails import Preview
from second_opinion.web.requests import SignedInRequest

REFUSED = (CaseError, InstrumentError, OpinionError, PanelError, ReportError, NotAllowedError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a page asks before something is done that cannot be undone.

    consequences : one sentence each
    reason_label : empty where no reason is asked for
    mails : those that go when it is done, in their readers' languages
    """

    title: str
    lead: str
    consequences: tuple[str, ...]
    button: str
    reason_label: str = ""
    reason_hint: str = ""
    mails: tuple[Preview, ...] = ()


def own_case(request: SignedInRequest, pseudonym: UUID) -> Case:
    """A case that the reader runs; 403 with the reason for others who know it, else 404."""
    case = visible_case(request, pseudonym)
    require(policies.may_run(request.user, case))
    return case


def visible_case(request: SignedInRequest, pseudonym: UUID) -> Case:
    case = selectors.case_for(request.user, pseudonym)
    if case is None:
        refusals.refuse_case(request.user, pseudonym)
    return case


def ask_first(
    request: SignedInRequest,
    case: Case,
    act: Callable[[str], object],
    *,
    may: Callable[[], Decision],
    question: Callable[[Case], Question],
    said: str,
    onward: str = "case",
) -> HttpResponse:
    """The whole of such a page: GET asks, POST does it with the reason that was given.

    Where the step cannot be taken, the case says why; where something is missing, the page asks
    again, with what was written and what it lacks.

    onward : the page of the case that is led to afterwards
    """
    if request.method != "POST":
        decision = may()
        if isinstance(decision, Denied):
            return _back(request, case, decision.reason, onward)
        return render(
            request,
            "coordinator/confirm.html",
            {"case": case, "question": question(case), "back": onward},
        )
    reason = request.POST.get("reason", "")
    try:
        act(reason)
    except NotAllowedError as error:  # somebody else was first, or it is too late
        return _back(request, case, str(error), onward)
    except REFUSED as error:
        context = {
            "case": case,
            "back": onward,
            "question": question(case),
            "reason": reason,
            "sentence": str(error),
        }
        return render(request, "coordinator/confirm.html", context, status=422)
    messages.success(request, said)
    return redirect(onward, case.pseudonym)


def _back(request: SignedInRequest, case: Case, reason: str, onward: str) -> HttpResponse:
    messages.error(request, reason)
    return redirect(onward, case.pseudonym)
