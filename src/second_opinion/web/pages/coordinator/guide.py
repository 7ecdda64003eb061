"""The interview guide for its coordinator: order, minutes and questions until the first use."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.cases.models import Case
from second_opinion.instruments import policies, services
from second_opinion.instruments.errors import InstrumentError
from second_opinion.instruments.selectors import (
    GuideSection,
    deviations_in,
    minutes_of,
    sections_of,
)
from second_opinion.instruments.services import LONGEST_QUESTION, SectionChange
from second_opinion.instruments.writing.guide import FEWEST_MINUTES, MOST_MINUTES
from second_opinion.reports.rendering import pdf_of
from second_opinion.reports.writing.guide import write_guide
from second_opinion.web.pages.coordinator.asking import own_case
from second_opinion.web.requests import SignedInRequest


class SectionForm(forms.Form):
    """One criterion of the guide."""

    def __init__(
        self, answers: QueryDict | None, *, section: GuideSection, n_sections: int
    ) -> None:
        super().__init__(answers, prefix=f"part{section.position}")
        self.section = section
        self.fields["place"] = forms.IntegerField(
            label=_("Place in the interview"),
            min_value=1,
            max_value=n_sections,
            initial=section.position,
        )
        self.fields["minutes"] = forms.IntegerField(
            label=_("Minutes"),
            min_value=FEWEST_MINUTES,
            max_value=MOST_MINUTES,
            initial=section.minutes,
        )
        for question in section.questions:
            self.fields[_text(question.number)] = forms.CharField(
                label=_("Interview question %(number)s") % {"number": question.number},
                max_length=LONGEST_QUESTION,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=question.text,
            )
        self.fields["core"] = forms.MultipleChoiceField(
            label=_("Asked of every finalist"),
            choices=[(question.number, question.number) for question in section.questions],
            widget=forms.CheckboxSelectMultiple,
            initial=[question.number for question in section.core],
        )

    @property
    def change(self) -> SectionChange:
        cleaned = self.cleaned_data
        return SectionChange(
            position=self.section.position,
            place=cleaned["place"],
            minutes=cleaned["minutes"],
            core=frozenset(cleaned["core"]),
            texts={
                question.number: cleaned[_text(question.number)]
                for question in self.section.questions
            },
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Read, and written until an assessor has been shown it."""
    case = own_case(request, pseudonym)
    try:
        prepared = services.prepare_guide(actor=request.user, case=case)
    except InstrumentError as error:
        messages.error(request, str(error))
        return redirect("case", pseudonym)
    sections = sections_of(prepared)
    writing = policies.may_write_guide(request.user, case)
    answers = request.POST if request.method == "POST" else None
    parts = [
        SectionForm(answers, section=section, n_sections=len(sections)) for section in sections
    ]
    sentence, status = "", 200
    if answers is not None:
        sentence = _saved(request, case, parts)
        if not sentence:
            messages.success(request, _("The guide is saved."))
            return redirect("guide", pseudonym)
        status = 422
    context = {
        "case": case,
        "guide": prepared,
        "parts": parts,
        "minutes": minutes_of(sections),
        "deviations": deviations_in(case),
        "sentence": sentence,
        "reason": getattr(writing, "reason", ""),
    }
    return render(request, "coordinator/guide.html", context, status=status)


@never_cache
@require_safe
def guide_pdf(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    try:
        prepared = services.prepare_guide(actor=request.user, case=case)
    except InstrumentError as error:
        messages.error(request, str(error))
        return redirect("case", pseudonym)
    document = write_guide(prepared, case, issued_on=timezone.localdate())
    response = HttpResponse(pdf_of(document), content_type="application/pdf")
    name = f"second-opinion-guide-{prepared.pseudonym.hex[:8]}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _saved(request: SignedInRequest, case: Case, parts: list[SectionForm]) -> str:
    """Save what was sent; the sentence of the first fault, where there is one."""
    valid = [part.is_valid() for part in parts]  # every one, so that every fault is shown
    if not all(valid):
        return _("Something in the guide is not right yet: look at the fields below.")
    try:
        services.save_guide(actor=request.user, case=case, changes=[part.change for part in parts])
    except (InstrumentError, NotAllowedError) as error:
        return str(error)
    return ""


def _text(number: str) -> str:
    return f"question_{number}"
