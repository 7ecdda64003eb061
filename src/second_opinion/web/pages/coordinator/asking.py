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
from second_opinion.opinions.errors import OpinionError
from second_opinion.reports.errors import ReportError
from second_opinion.web import refusals
from second_opinion.web.mails import Preview
from second_opinion.web.requests import SignedInRequest

REFUSED = (CaseError, OpinionError, ReportError, NotAllowedError)


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


def ask(
    request: SignedInRequest, case: Case, decision: Decision, question: Question
) -> HttpResponse:
    """The page that asks; where the step cannot be taken now, the case says why."""
    if isinstance(decision, Denied):
        messages.error(request, decision.reason)
        return redirect("case", case.pseudonym)
    return render(request, "coordinator/confirm.html", {"case": case, "question": question})


def ask_or_do(
    request: SignedInRequest,
    case: Case,
    act: Callable[[str], object],
    *,
    question: Callable[[Case], Question],
    said: str,
    leads_to: str = "",
) -> HttpResponse:
    """Do it; where something is missing ask again, with what was written and what it lacks."""
    reason = request.POST.get("reason", "")
    try:
        act(reason)
    except NotAllowedError as error:  # somebody else was first, or it is too late
        messages.error(request, str(error))
        return redirect("case", case.pseudonym)
    except REFUSED as error:
        context = {
            "case": case,
            "question": question(case),
            "reason": reason,
            "sentence": str(error),
        }
        return render(request, "coordinator/confirm.html", context, status=422)
    messages.success(request, said)
    return redirect(leads_to) if leads_to else redirect("case", case.pseudonym)
