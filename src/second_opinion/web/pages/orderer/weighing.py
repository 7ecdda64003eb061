"""Weights by comparing criteria two at a time: what they come to, and how well they agree."""

from __future__ import annotations

from itertools import combinations
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.cases import selectors, services
from second_opinion.cases.analysis import Comparison, Weighing, weighing_of
from second_opinion.cases.models import Criterion
from second_opinion.cases.selectors import OrderPart
from second_opinion.web.pages.orderer.order import REFUSED, sentence_of
from second_opinion.web.pages.orderer.order_lists import profile_of
from second_opinion.web.requests import SignedInRequest

FEWEST_TO_COMPARE = 2
SKIPPED = ""
RATIOS = {"5": 5.0, "3": 3.0, "2": 2.0, "1": 1.0, "1/2": 1 / 2, "1/3": 1 / 3, "1/5": 1 / 5}


class ComparingForm(forms.Form):
    """Every pair once; a pair may be left out."""

    def __init__(self, answers: QueryDict | None, *, criteria: list[Criterion]) -> None:
        super().__init__(answers)
        self.pairs = list(combinations(range(len(criteria)), 2))
        for first, second in self.pairs:
            one, other = criteria[first].name, criteria[second].name
            self.fields[_name(first, second)] = forms.ChoiceField(
                label=_("%(one)s, or %(other)s?") % {"one": one, "other": other},
                choices=_choices(one, other),
                required=False,
            )

    @property
    def comparisons(self) -> list[Comparison]:
        given = [(pair, self.cleaned_data[_name(*pair)]) for pair in self.pairs]
        return [
            Comparison(first, second, RATIOS[ratio])
            for (first, second), ratio in given
            if ratio != SKIPPED
        ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def weigh(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Compare; read what comes of it; take it. Nothing is changed before that."""
    case = profile_of(request, pseudonym)
    profile = selectors.current_profile(case)
    criteria = list(profile.criteria.all()) if profile else []
    if len(criteria) < FEWEST_TO_COMPARE:
        messages.error(request, _("There have to be two criteria to compare."))
        return redirect("order_criteria", pseudonym)
    form = ComparingForm(request.POST if request.method == "POST" else None, criteria=criteria)
    context = {"case": case, "this": OrderPart.PROFILE, "form": form}
    if not form.is_valid():
        return render(request, "orderer/weigh.html", context, status=422 if form.errors else 200)
    weighing = weighing_of(form.comparisons, n_criteria=len(criteria))
    if weighing is None:
        context["sentence"] = _(
            "Compare more pairs: every criterion has to hang together with the others."
        )
        return render(request, "orderer/weigh.html", context, status=422)
    if "take" in request.POST:
        names = [criterion.name for criterion in criteria]
        weights = dict(zip(names, map(float, weighing.weights), strict=True))
        try:
            services.weigh_criteria(
                actor=request.user, case=case, weights=weights, by_comparison=True
            )
        except REFUSED as error:
            context["sentence"] = sentence_of(error)
            return render(request, "orderer/weigh.html", context, status=422)
        messages.success(request, _("The weights are in the profile."))
        return redirect("order_criteria", pseudonym)
    context |= {
        "weighed": list(zip(criteria, weighing.weights, strict=True)),
        "weighing": weighing,
        "unclear": _unclear(criteria, weighing),
    }
    return render(request, "orderer/weigh.html", context)


def _unclear(criteria: list[Criterion], weighing: Weighing) -> str:
    worst = weighing.least_consistent
    if worst is None or weighing.is_consistent:
        return ""
    return _("Look once more at %(one)s against %(other)s: it agrees least with the rest.") % {
        "one": criteria[worst.first].name,
        "other": criteria[worst.second].name,
    }


def _name(first: int, second: int) -> str:
    return f"pair_{first}_{second}"


def _choices(one: str, other: str) -> list[tuple[str, str]]:
    much = pgettext("comparison", "%(name)s, five times as much")
    more = pgettext("comparison", "%(name)s, three times as much")
    somewhat = pgettext("comparison", "%(name)s, twice as much")
    return [
        (SKIPPED, _("I leave it out")),
        ("5", much % {"name": one}),
        ("3", more % {"name": one}),
        ("2", somewhat % {"name": one}),
        ("1", _("They matter equally")),
        ("1/2", somewhat % {"name": other}),
        ("1/3", more % {"name": other}),
        ("1/5", much % {"name": other}),
    ]
