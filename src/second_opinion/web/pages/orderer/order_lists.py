"""The two parts of an order that are several forms: what one believes, and the criteria."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from second_opinion.accounts.policies import require
from second_opinion.cases import policies, selectors, services
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import OrderPart
from second_opinion.web.pages.coordinator.asking import visible_case
from second_opinion.web.pages.orderer.criterion_form import CriterionForm, written_of
from second_opinion.web.pages.orderer.finalists_forms import BeliefForm
from second_opinion.web.pages.orderer.order import (
    REFUSED,
    first_error,
    onwards_from,
    outline_of,
    sentence_of,
    written_case,
)
from second_opinion.web.requests import SignedInRequest

NEW = 0
"""The place of the form that adds a criterion."""


@never_cache
@require_safe
def beliefs(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    return _show_beliefs(request, written_case(request, pseudonym))


@require_POST
def believe(request: SignedInRequest, pseudonym: UUID, candidacy: UUID) -> HttpResponse:
    case = written_case(request, pseudonym)
    found = case.candidacies.filter(pseudonym=candidacy).first()
    if found is None:
        raise Http404
    form = BeliefForm(request.POST, auto_id=f"{found.position}_%s")
    sentence = ""
    if form.is_valid():
        try:
            services.record_belief(
                actor=request.user,
                candidacy=found,
                would_hire=form.cleaned_data["would_hire"] == "yes",
                sure_of_ten=form.cleaned_data["sure_of_ten"],
            )
        except REFUSED as error:
            sentence = sentence_of(error)
    if not all(request.POST.get(name) for name in form.fields):
        sentence = _("Answer both questions, and it is saved.")
    sentence = sentence or first_error(form)
    if not sentence:
        return _saved(request, case, OrderPart.BELIEF)
    if request.headers.get("HX-Request"):
        return render(request, "assessor/not-saved.html", {"sentence": sentence}, status=422)
    return _show_beliefs(request, case, sentence=sentence, at={found.pk: form}, status=422)


@never_cache
@require_safe
def criteria(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    return _show_criteria(request, profile_of(request, pseudonym))


@require_POST
def criterion(request: SignedInRequest, pseudonym: UUID, position: int) -> HttpResponse:
    """Save one criterion; place 0 adds one after the last."""
    case = profile_of(request, pseudonym)
    form = CriterionForm(request.POST, case=case, auto_id=f"{position}_%s")
    sentence = ""
    if form.is_valid():
        try:
            services.save_criterion(
                actor=request.user,
                case=case,
                position=position,
                entry=form.entry,
                grounds=form.grounds,
            )
        except REFUSED as error:
            sentence = sentence_of(error)
    sentence = sentence or first_error(form)
    if not sentence:
        return _saved(request, case, OrderPart.PROFILE)
    if request.headers.get("HX-Request"):
        return render(request, "assessor/not-saved.html", {"sentence": sentence}, status=422)
    return _show_criteria(request, case, sentence=sentence, at={position: form}, status=422)


@require_POST
def remove_criterion(request: SignedInRequest, pseudonym: UUID, position: int) -> HttpResponse:
    case = profile_of(request, pseudonym)
    services.remove_criterion(actor=request.user, case=case, position=position)
    return redirect("order_part", pseudonym, OrderPart.PROFILE.value)


def _show_beliefs(
    request: SignedInRequest,
    case: Case,
    *,
    sentence: str = "",
    at: dict[int, BeliefForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    entries = [
        {
            "candidacy": candidacy,
            "is_sealed": selectors.is_belief_sealed(candidacy),
            "form": (at or {}).get(candidacy.pk) or _belief_form(request, candidacy),
        }
        for candidacy in case.candidacies.all()
    ]
    context = outline_of(request.user, case) | {
        "this": OrderPart.BELIEF,
        "entries": entries,
        "sentence": sentence,
        "onwards": onwards_from(request, case, OrderPart.BELIEF),
        "is_own": bool(policies.may_submit_order(request.user, case)),
    }
    return render(request, "orderer/beliefs.html", context, status=status)


def _belief_form(request: SignedInRequest, candidacy: Candidacy) -> BeliefForm:
    belief = selectors.belief_of(request.user, candidacy)
    written = (
        {
            "would_hire": "yes" if belief.would_hire else "no",
            "sure_of_ten": belief.sure_of_ten,
        }
        if belief
        else None
    )
    return BeliefForm(initial=written, auto_id=f"{candidacy.position}_%s")


def _show_criteria(
    request: SignedInRequest,
    case: Case,
    *,
    sentence: str = "",
    at: dict[int, CriterionForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    profile = selectors.current_profile(case)
    written = list(profile.criteria.all()) if profile else []
    flags = selectors.flags_of_criteria(written)
    rows = [
        {
            "position": each.position,
            "name": each.name,
            "flags": [flag.sentence for flag in flags if flag.about == each.name],
            "form": (at or {}).get(each.position)
            or CriterionForm(initial=written_of(each), case=case, auto_id=f"{each.position}_%s"),
        }
        for each in written
    ]
    left = max(100 - sum(each.weight for each in written), 0)
    new: forms.Form = (at or {}).get(NEW) or CriterionForm(
        initial={"weight": left or None}, case=case, auto_id=f"{NEW}_%s"
    )
    is_draft = bool(policies.may_write_order(request.user, case))
    context = (outline_of(request.user, case) if is_draft else {"case": case}) | {
        "this": OrderPart.PROFILE,
        "rows": rows,
        "new": new,
        "general": [flag.sentence for flag in flags if not flag.about],
        "sentence": sentence,
        "is_draft": is_draft,
        "onwards": onwards_from(request, case, OrderPart.PROFILE) if is_draft else "",
    }
    return render(request, "orderer/criteria.html", context, status=status)


def profile_of(request: SignedInRequest, pseudonym: UUID) -> Case:
    """A case whose criteria the reader may change: its orderers, or later its coordinator."""
    case = visible_case(request, pseudonym)
    require(policies.may_change_profile(request.user, case))
    return case


def _saved(request: SignedInRequest, case: Case, this: OrderPart) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "orderer/saved.html", {"saved_at": timezone.now()})
    return redirect("order_part", case.pseudonym, this.value)
