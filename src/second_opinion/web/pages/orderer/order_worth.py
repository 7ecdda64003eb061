"""What a second opinion is worth for an order that is being written: for its orderer alone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.cases import policies, selectors
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import BeliefContent
from second_opinion.reports.analysis.worth import worth_of_order
from second_opinion.reports.writing.worth import write_worth
from second_opinion.web.pages.coordinator.asking import visible_case
from second_opinion.web.pages.orderer.order_worth_form import OrderWorthForm
from second_opinion.web.pages.orderer.worth import answer_to
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order_worth(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The answer from what the order says; at every move of a slider, what would change it."""
    case = visible_case(request, pseudonym)
    require(policies.may_weigh_order(request.user, case))
    missing = _missing(case)
    context = {"case": case, "missing": missing, "assumes_base_rate": case.worked_out is None}
    if missing:
        return render(request, "orderer/worth.html", context)
    answers = request.POST if request.method == "POST" else None
    form = OrderWorthForm(case, _beliefs(request.user, case), answers=answers)
    is_valid = form.is_valid()
    context["form"] = form
    if is_valid:
        context |= answer_to(form.order())
    page = "worth/answer.html" if request.headers.get("HX-Request") else "orderer/worth.html"
    return render(request, page, context, status=200 if is_valid else 422)


def advice_on_order(person: Person, case: Case) -> str:
    """The answer in a sentence or two; empty where it cannot be reckoned, or is not for them."""
    if not policies.may_weigh_order(person, case) or selectors.missing_for_worth(case):
        return ""
    form = OrderWorthForm(case, _beliefs(person, case))
    if not form.is_valid():
        return ""
    return write_worth(worth_of_order(form.order()), language=get_language() or "sv").advice


def _missing(case: Case) -> list[dict[str, object]]:
    return [
        {
            "part": part,
            "address": reverse("order_part", args=[case.pseudonym, part.value]),
            "sentences": sentences,
        }
        for part, sentences in selectors.missing_for_worth(case).items()
    ]


def _beliefs(person: Person, case: Case) -> dict[str, BeliefContent]:
    """The orderer's own, by finalist; those who have withdrawn are left out."""
    found = {
        candidacy.name: selectors.belief_of(person, candidacy)
        for candidacy in selectors.remaining_candidacies_of(case)
    }
    return {name: belief for name, belief in found.items() if belief is not None}
