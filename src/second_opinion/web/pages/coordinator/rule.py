"""The rule that conclusions are drawn by: the provider's standard, and one case's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.policies import Denied
from second_opinion.accounts.selectors import organisations_where
from second_opinion.accounts.states import Role
from second_opinion.cases import policies, selectors, services
from second_opinion.reports.writing.rule import limits_in_words
from second_opinion.web.pages.coordinator.asking import REFUSED, own_case
from second_opinion.web.requests import SignedInRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def share(label: StrOrPromise, hint: StrOrPromise = "", *, most: int = 100) -> forms.FloatField:
    """A limit in percent."""
    return forms.FloatField(
        label=label,
        help_text=hint,
        min_value=0,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )


class RuleForm(forms.Form):
    """The limits in percent, in the order in which a reader meets them."""

    supported_from = share(
        _("“Supports hiring” from a probability of"),
        _("Percent, of standing above the bar."),
    )
    conditions_from = share(
        _("“Supports, with conditions” from"),
        _("Below this and above the next, the evidence is not enough."),
    )
    not_supported_to = share(_("“Does not support hiring” up to"))
    minimum_missed_from = share(
        _("A minimum level counts as missed from"),
        _("Percent, of standing below it. “Supports” then becomes “with conditions”."),
    )
    least_weight_observed = share(
        _("Least share of the weight that must have been observed"),
        _("With less, the report gives words and no number."),
    )
    widest_interval = share(
        _("Widest interval of the whole, as a share of the scale"),
        _("With a wider one, the report gives words and no number."),
    )
    interval_level = share(
        _("How often an interval holds the truth"), _("80 is usual: four times in five."), most=99
    )

    def limits(self) -> dict[str, float]:
        """As the rule keeps them, as shares."""
        return {name: value / 100 for name, value in self.cleaned_data.items()}


def form_for(limits: Mapping[str, float], posted: Mapping[str, Any] | None = None) -> RuleForm:
    """Filled with the rule in force, or with what was sent."""
    return RuleForm(posted, initial={name: f"{100 * each:.6g}" for name, each in limits.items()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_rule(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """One case's own rule, until its profile is locked."""
    case = own_case(request, pseudonym)
    profile = selectors.current_profile(case)
    denied = policies.may_change_profile(request.user, case)
    if isinstance(denied, Denied) or profile is None:
        sentence = (
            denied.reason
            if isinstance(denied, Denied)
            else gettext("Write the requirement profile before you set its rule.")
        )
        messages.error(request, sentence)
        return redirect("case", pseudonym)
    form = form_for(selectors.rule_of(profile), request.POST or None)
    context = {
        "case": case,
        "form": form,
        "lines": limits_in_words(selectors.rule_of(profile)),
        "standard": limits_in_words(selectors.standard_rule_of(case.provider)),
    }
    if request.method == "POST" and form.is_valid():
        try:
            services.set_case_rule(actor=request.user, case=case, limits=form.limits())
        except REFUSED as error:
            context["sentence"] = str(error)
        else:
            messages.success(request, gettext("This is the rule of this case now."))
            return redirect("case", pseudonym)
    status = 422 if request.method == "POST" else 200
    return render(request, "coordinator/case-rule.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def standard_rule(request: SignedInRequest) -> HttpResponse:
    """What new cases of the provider begin with; of one provider where a person has several."""
    providers = organisations_where(request.user, Role.COORDINATOR)
    asked = request.GET.get("provider")
    provider = get_object_or_404(providers, pseudonym=_uuid(asked)) if asked else providers.first()
    if provider is None:
        raise PermissionDenied(gettext("Only a coordinator sets the provider's standard rule."))
    rule = selectors.standard_rule_of(provider)
    form = form_for(rule, request.POST or None)
    context = {
        "provider": provider,
        "others": providers.exclude(pk=provider.pk),
        "form": form,
        "lines": limits_in_words(rule),
    }
    if request.method == "POST" and form.is_valid():
        try:
            services.set_standard_rule(actor=request.user, provider=provider, limits=form.limits())
        except REFUSED as error:
            context["sentence"] = str(error)
        else:
            messages.success(request, gettext("New cases begin with this rule from now on."))
            return redirect(request.get_full_path())
    status = 422 if request.method == "POST" else 200
    return render(request, "coordinator/standard-rule.html", context, status=status)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
