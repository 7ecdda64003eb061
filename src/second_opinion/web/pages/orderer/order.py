"""The guided order: begun, written part by part and saved as it is typed, read through and sent."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import require
from second_opinion.accounts.selectors import organisations_where
from second_opinion.accounts.states import Role
from second_opinion.cases import policies, selectors, services
from second_opinion.cases.errors import CaseError
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import OrderPart
from second_opinion.web.pages.coordinator.asking import visible_case
from second_opinion.web.pages.orderer.order_forms import BeginForm
from second_opinion.web.pages.orderer.order_worth import advice_on_order
from second_opinion.web.pages.orderer.parts import PARTS, after
from second_opinion.web.requests import SignedInRequest

REFUSED = (CaseError, NotAllowedError, ValidationError)
MOST_EARLIER = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedInRequest) -> HttpResponse:
    client = organisations_where(request.user, Role.ORDERER).first()
    if client is None:
        raise NotAllowedError(_("Only an orderer can begin an order."))
    form = _begin_form(request, client)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("order", _begun(request, client, form.cleaned_data).pseudonym)
        except CaseError as error:
            form.add_error(None, str(error))
    context = {"form": form, "client": client}
    return render(request, "orderer/begin.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def order(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The parts, with what each still lacks."""
    case = written_case(request, pseudonym)
    context = {
        **outline_of(request.user, case),
        "question": selectors.question_asked_back(case),
        "may_submit": bool(policies.may_submit_order(request.user, case)),
    }
    return render(request, "orderer/order.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: SignedInRequest, pseudonym: UUID, name: str) -> HttpResponse:
    case, this = written_case(request, pseudonym), part_called(name)
    asked = PARTS[this]
    form = asked.form_of(case, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "orderer/part.html", _of_part(request.user, case, this, form))
    if form.is_valid():
        try:
            asked.save(request.user, case, form)
        except REFUSED as error:
            form.add_error(None, sentence_of(error))
        else:
            return saved(request, case, this)
    return not_saved(request, _of_part(request.user, case, this, form), first_error(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Read it through as the others will read it; then sign and send it, in one act."""
    case = written_case(request, pseudonym)
    context = outline_of(request.user, case) | {
        "order": selectors.order_of(case),
        "questions": case.open_questions.all(),
        "question_flags": selectors.question_flags(case),
        "profile_flags": selectors.profile_flags(case),
        "criteria": selectors.criteria_of(case),
        "candidates": case.candidacies.all(),
        "deciders": selectors.deciders_of(case),
        "may_submit": bool(policies.may_submit_order(request.user, case)),
        "worth": advice_on_order(request.user, case),
    }
    if request.method != "POST":
        return render(request, "orderer/submit.html", context)
    try:
        services.submit_order(actor=request.user, case=case)
    except REFUSED as error:
        context["sentence"] = sentence_of(error)
        return render(request, "orderer/submit.html", context, status=422)
    messages.success(request, _("The order is signed and sent. The deciders approve the criteria."))
    return redirect("case", pseudonym)


@require_POST
def sign_why(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """For an order that the coordinator entered: the orderer's own words, signed."""
    case = visible_case(request, pseudonym)
    try:
        services.sign_why(actor=request.user, case=case, words=request.POST.get("words", ""))
    except REFUSED as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, _("You have signed it. The candidates can be told now."))
    return redirect("case", pseudonym)


def written_case(request: SignedInRequest, pseudonym: UUID) -> Case:
    """A case whose order the reader writes; 403 with the reason for others who know it."""
    case = visible_case(request, pseudonym)
    require(policies.may_write_order(request.user, case))
    return case


def outline_of(person: Person, case: Case) -> dict[str, object]:
    missing = selectors.missing_of(case)
    return {
        "case": case,
        "parts": [
            {
                "part": each,
                "address": reverse("order_part", args=[case.pseudonym, each.value]),
                "missing": missing[each],
            }
            for each in OrderPart
        ],
        "is_whole": not any(missing.values()),
        "planned": selectors.planned_dates_of(case),
        "may_weigh": bool(policies.may_weigh_order(person, case)),
    }


def part_called(name: str) -> OrderPart:
    if name not in OrderPart.values or OrderPart(name) not in PARTS:
        raise Http404
    return OrderPart(name)


def saved(request: SignedInRequest, case: Case, this: OrderPart) -> HttpResponse:
    """Go on where the writer asked to; otherwise say when it was saved."""
    onwards = onwards_from(request, case, this)
    if request.headers.get("HX-Request"):
        if "go_on" in request.POST:
            return HttpResponse(headers={"HX-Redirect": onwards})
        return render(request, "orderer/saved.html", {"saved_at": timezone.now()})
    return redirect(onwards if "go_on" in request.POST else request.get_full_path())


def onwards_from(request: SignedInRequest, case: Case, this: OrderPart) -> str:
    """The next part; after the last what the order is worth, for who may see that."""
    following = after(this)
    if following is not None:
        return reverse("order_part", args=[case.pseudonym, following.value])
    may_weigh = policies.may_weigh_order(request.user, case)
    return reverse("order_worth" if may_weigh else "order", args=[case.pseudonym])


def not_saved(request: SignedInRequest, context: dict[str, object], sentence: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "assessor/not-saved.html", {"sentence": sentence}, status=422)
    context["sentence"] = sentence
    return render(request, "orderer/part.html", context, status=422)


def sentence_of(error: Exception) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def first_error(form: forms.Form) -> str:
    """The field's name and its fault; the form's own where no field is at fault."""
    for name, faults in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        return f"{label}: {faults[0]}" if label else str(faults[0])
    return ""


def _of_part(person: Person, case: Case, this: OrderPart, form: forms.Form) -> dict[str, object]:
    flags = selectors.question_flags(case) if this == OrderPart.QUESTIONS else []
    return outline_of(person, case) | {"this": this, "form": form, "flags": flags}


def _begin_form(request: SignedInRequest, client: Organisation) -> BeginForm:
    earlier = selectors.cases_visible_to(request.user).filter(client=client).order_by("-pk")
    return BeginForm(
        request.POST or None,
        providers=selectors.providers_for(client),
        earlier=earlier[:MOST_EARLIER],
    )


def _begun(request: SignedInRequest, client: Organisation, asked: dict[str, str]) -> Case:
    earlier = selectors.case_for(request.user, UUID(asked["earlier"])) if asked["earlier"] else None
    return services.begin_order(
        actor=request.user,
        client=client,
        provider=selectors.providers_for(client).get(pseudonym=asked["provider"]),
        role=asked["role"],
        earlier=earlier,
    )
