"""Which method on which criterion: what the ticked ones cost and tell, and the best choice."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.policies import require
from second_opinion.cases import policies, selectors, services
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import OrderPart
from second_opinion.cases.states import Method
from second_opinion.reports.analysis.plan import PlanAnalysis, analyse_choice, analyse_plan
from second_opinion.reports.writing.plan import compare_plans
from second_opinion.web.pages.coordinator.asking import visible_case
from second_opinion.web.pages.orderer.plan_form import Chosen, PlanForm
from second_opinion.web.requests import SignedInRequest

BEST = "best"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The grid, and at every tick its answer alone; a button writes a choice into the profile."""
    case = visible_case(request, pseudonym)
    require(policies.may_change_profile(request.user, case))
    profile = selectors.current_profile(case)
    criteria = list(profile.criteria.all()) if profile else []
    form = PlanForm(case, criteria, request.POST if request.method == "POST" else None)
    if not criteria or not form.is_valid():
        return _shown(request, case, form, status=422 if criteria else 200)
    file = form.file()
    ticked = analyse_choice(file, {(str(method.label), name) for method, name in form.chosen})
    best = analyse_plan(file)
    if use := request.POST.get("use"):
        return _used(request, case, form, _methods_of(best) if use == BEST else form.chosen)
    text = compare_plans(ticked, best, language=get_language() or "sv")
    return _shown(request, case, form, text=text, tables=text.tables)


def _shown(
    request: SignedInRequest, case: Case, form: PlanForm, *, status: int = 200, **answer: object
) -> HttpResponse:
    page = "orderer/plan-answer.html" if request.headers.get("HX-Request") else "orderer/plan.html"
    is_draft = bool(policies.may_write_order(request.user, case))
    context = {"case": case, "form": form, "is_draft": is_draft, "methods": Method} | answer
    return render(request, page, context, status=status)


def _methods_of(plan: PlanAnalysis) -> Chosen:
    by_label = {str(method.label): method for method in Method}
    chosen = (plan.offered[place] for place in plan.plan.measures)
    return frozenset((by_label[one.method], one.criterion) for one in chosen)


def _used(request: SignedInRequest, case: Case, form: PlanForm, chosen: Chosen) -> HttpResponse:
    services.choose_methods(
        actor=request.user,
        case=case,
        methods={
            each.position: {method for method, name in chosen if name == each.name}
            for each in form.criteria
        },
    )
    messages.success(request, _("The methods are written into the profile."))
    return redirect("order_part", case.pseudonym, OrderPart.PROFILE.value)
