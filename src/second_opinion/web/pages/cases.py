from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.accounts.states import Role
from second_opinion.cases import policies
from second_opinion.cases import selectors as cases
from second_opinion.cases.states import IS_OPENED
from second_opinion.instruments.policies import may_read_guide
from second_opinion.opinions import selectors as opinions
from second_opinion.reports import selectors as reports
from second_opinion.reports.selectors import Wanted
from second_opinion.web import desk, journey, refusals
from second_opinion.web.advice import advice_on
from second_opinion.web.pages.coordinator.moves import moves_for
from second_opinion.web.requests import SignedInRequest
from second_opinion.web.rule import rule_on


@never_cache
@require_safe
def case_list(request: SignedInRequest) -> HttpResponse:
    counts = reports.counts_for(request.user)
    assessments = opinions.opinions_of(request.user).count()
    if assessments and not counts.all:
        return redirect("assessments")
    wanted = desk.wanted_by(request.GET)
    roles = desk.roles_of(request.user)
    page = desk.page_for(request.user, wanted, request.GET.get("page"))
    context = {
        "page": page,
        "lines": desk.lines_of(request.user, page),
        "counts": counts,
        "filters": desk.filters(counts, wanted),
        "wanted": wanted,
        "query": desk.query_of(wanted),
        "selects": desk.selects(counts, wanted),
        "is_chosen_closely": wanted != Wanted(words=wanted.words),
        "assessments": assessments,
        "is_orderer": Role.ORDERER in roles,
        "is_coordinator": Role.COORDINATOR in roles,
        "keeps_people": bool(roles & {Role.COORDINATOR, Role.ADMINISTRATOR}),
    }
    return render(request, "cases/list.html", context)


@never_cache
@require_safe
def board(request: SignedInRequest) -> HttpResponse:
    counts = reports.counts_for(request.user)
    context = {
        "counts": counts,
        "columns": desk.board_for(request.user, counts),
        "is_coordinator": Role.COORDINATOR in desk.roles_of(request.user),
    }
    return render(request, "cases/board.html", context)


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
        "has_guide": bool(may_read_guide(request.user, found)),
        **rule_on(request.user, found),
        "may_weigh": bool(policies.may_weigh_order(request.user, found)),
        "may_plan": bool(policies.may_change_profile(request.user, found)),
        "advice": advice_on(request.user, found),
        "candidates": journey.candidates(request.user, found),
        "marks": opinions.marks_in(found),
        "moves": moves_for(request.user, found),
        "timeline": journey.timeline(found, line),
        "reports": reports.reports_of(found, person=request.user),
        "replies_until": reports.replies_open_until(found)
        if policies.may_run(request.user, found)
        else None,
        "shares": reports.shares_visible_to(request.user, case=found),
        "is_opened": found.state in IS_OPENED,
    }
    return render(request, "cases/case.html", context)
