"""Criteria chosen from the library: looked for by words, read through, copied into the profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from second_opinion.cases import selectors, services
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import OrderPart
from second_opinion.library.criteria import LibraryCriterion, Question, Seniority
from second_opinion.library.validity import DEFAULT_VALUE_SET, VALUE_SETS, MethodValidity, ValueSet
from second_opinion.web.pages.orderer.order import REFUSED, sentence_of
from second_opinion.web.pages.orderer.order_lists import profile_of
from second_opinion.web.requests import SignedInRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

METHODS: dict[str, StrOrPromise] = {
    "structured_interview": gettext_lazy("structured interview"),
    "unstructured_interview": gettext_lazy("unstructured interview"),
    "job_knowledge_test": gettext_lazy("test of job knowledge"),
    "biodata": gettext_lazy("scored biography"),
    "work_sample": gettext_lazy("work sample"),
    "cognitive_ability_test": gettext_lazy("test of general ability"),
    "integrity_test": gettext_lazy("test of integrity"),
    "assessment_centre": gettext_lazy("assessment centre"),
    "references": gettext_lazy("references"),
    "situational_judgement_test": gettext_lazy("test of judgement in situations"),
    "personality_test": gettext_lazy("personality questionnaire"),
    "years_of_experience": gettext_lazy("years of experience"),
}


class LookForm(forms.Form):
    """What is looked for, for a role of which reach, with whose figures of validity."""

    words = forms.CharField(
        label=gettext_lazy("Words, in Swedish or English"), required=False, max_length=80
    )
    reach = forms.ChoiceField(
        label=gettext_lazy("How far does the role reach?"),
        choices=[
            (Seniority.UNIT.value, gettext_lazy("Own work, or one unit")),
            (Seniority.ORGANISATION.value, gettext_lazy("A whole organisation")),
        ],
        widget=forms.RadioSelect,
    )
    validity = forms.ChoiceField(
        label=gettext_lazy("Whose figures of validity?"),
        choices=[
            ("sackett2022", gettext_lazy("Sackett and others, 2022")),
            ("schmidt_hunter1998", gettext_lazy("Schmidt and Hunter, 1998")),
            ("low", pgettext_lazy("figures of validity", "a low variant")),
        ],
    )

    def __init__(self, asked: QueryDict) -> None:
        first = {"reach": Seniority.UNIT.value, "validity": DEFAULT_VALUE_SET}
        given = {name: str(asked[name]) for name in self.base_fields if name in asked}
        super().__init__(first | given)

    @property
    def wanted(self) -> str:
        return self.cleaned_data.get("words", "") if self.is_valid() else ""

    @property
    def seniority(self) -> Seniority:
        chosen = self.cleaned_data.get("reach") if self.is_valid() else None
        return Seniority(chosen or Seniority.UNIT)

    @property
    def value_set(self) -> ValueSet:
        chosen = self.cleaned_data.get("validity") if self.is_valid() else None
        return VALUE_SETS[chosen or DEFAULT_VALUE_SET]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One criterion of the library, as it is read before it is chosen.

    language : of the case, in which it would be copied
    """

    criterion: LibraryCriterion
    language: str
    name: str
    definition: str
    why: str
    anchors: dict[str, str]
    questions: tuple[Question, ...]
    listen_for: tuple[str, ...]
    rating_errors: tuple[str, ...]
    methods: tuple[tuple[StrOrPromise, MethodValidity | None], ...]
    is_chosen: bool


@never_cache
@require_safe
def library(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = profile_of(request, pseudonym)
    look = LookForm(request.GET)
    found = selectors.offered_criteria().search(look.wanted)
    chosen = selectors.chosen_keys(case)
    context = {
        "case": case,
        "this": OrderPart.PROFILE,
        "look": look,
        "offers": [_offer(each, case, look, is_chosen=each.key in chosen) for each in found],
        "value_set": look.value_set,
        "is_other_language": case.language != get_language(),
    }
    return render(request, "orderer/library.html", context)


@require_POST
def choose(request: SignedInRequest, pseudonym: UUID, key: str) -> HttpResponse:
    """Copy one into the profile; the library stays open where it was."""
    case = profile_of(request, pseudonym)
    look = LookForm(request.POST)
    try:
        criterion = services.choose_criterion(
            actor=request.user,
            case=case,
            key=key,
            seniority=look.seniority,
            subject=request.POST.get("subject", "")[:120],
        )
    except REFUSED as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(
            request,
            _("%(criterion)s is in the profile. Make its words your own there.")
            % {"criterion": criterion.name},
        )
    asked = QueryDict(mutable=True)
    asked.update({name: request.POST.get(name, "") for name in look.fields})
    address = redirect("criteria_library", pseudonym)
    address["Location"] += f"?{asked.urlencode()}"
    return address


def _offer(criterion: LibraryCriterion, case: Case, look: LookForm, *, is_chosen: bool) -> Offer:
    wording = criterion.wording(case.language)
    published = look.value_set.methods
    return Offer(
        criterion=criterion,
        language=case.language,
        name=wording.name,
        definition=wording.definition,
        why=wording.why,
        anchors=wording.anchors_for(look.seniority),
        questions=(*wording.past_behaviour, *wording.situational),
        listen_for=wording.listen_for,
        rating_errors=wording.rating_errors,
        methods=tuple((METHODS[method], published.get(method)) for method in criterion.measured_by),
        is_chosen=is_chosen and not criterion.is_pattern,
    )
