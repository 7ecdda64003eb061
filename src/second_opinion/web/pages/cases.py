from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.accounts.states import Role
from second_opinion.cases import policies
from second_opinion.cases import selectors as cases
from second_opinion.cases.states import IS_OPENED
from second_opinion.opinions import selectors as opinions
from second_opinion.reports import selectors as reports
from second_opinion.web import desk, journey, refusals
from second_opinion.web.advice import advice_on
from second_opinion.web.pages.coordinator.moves import moves_for
from second_opinion.web.requests import SignedInRequest
from second_opinion.web.rule import rule_on


@never_cache
@require_safe
def case_list(request: SignedInRequest) -> HttpResponse:
    lines = desk.lines_for(request.user)
    assessments = opinions.opinions_of(request.user).count()
    if assessments and not lines:
        return redirect("assessments")
    choice = desk.Choice.parse(request.GET)
    page = desk.page_of(choice.of(lines), request.GET.get("page"))
    context = {
        "page": page,
        "is_anything_here": bool(lines),
        "waiting_for_me": sum(line.waits_for_reader for line in lines),
        "filters": desk.filters(lines, choice),
        "choice": choice,
        "assessments": assessments,
        "is_orderer": Role.ORDERER in desk.roles_of(request.user),
        "is_coordinator": Role.COORDINATOR in desk.roles_of(request.user),
    }
    return render(request, "cases/list.html", context)


@never_cache
@require_safe
def case(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    found = cases.case_for(request.user, pseudonym)
    if found is None:
        refusals.refuse_case(request.user, pseudonym)
    line = desk.line_for(request.user, found)
    context = {
        "case": found,
        "line": line,
        "order": cases.order_of(found),
        "changes": cases.profiles_of(found).exclude(reason=""),
        "waiver": cases.first_opinion_waiver_of(found),
        "may_sign_why": bool(policies.may_sign_why(request.user, found)),
        "questions": found.open_questions.all(),
        "criteria": cases.criteria_of(found),
        "profile": cases.locked_profile(found),
        **rule_on(request.user, found),
        "may_weigh": bool(policies.may_weigh_order(request.user, found)),
        "advice": advice_on(request.user, found),
        "candidates": journey.candidates(request.user, found),
        "moves": moves_for(request.user, found),
        "timeline": journey.timeline(found, line),
        "reports": reports.reports_of(found, person=request.user),
        "is_opened": found.state in IS_OPENED,
    }
    return render(request, "cases/case.html", context)
