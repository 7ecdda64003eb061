"""Outside tests of one candidate: entered by who runs the case, or by the assessor who gave them.

Whoever opens the page sees the results that they may see before the opening, and no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.policies import Denied
from second_opinion.cases.models import Candidacy
from second_opinion.cases.policies import may_run
from second_opinion.cases.selectors import criteria_of
from second_opinion.instruments.selectors import KeptResult, test_in
from second_opinion.instruments.writing.outside import warnings_on
from second_opinion.opinions import policies, selectors, services
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.pages.outside_test_form import OutsideTestForm
from second_opinion.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A result as it is listed, with what its reader has to mind."""

    kept: KeptResult
    warnings: tuple[str, ...]
    can_correct: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outside_tests(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The results so far, and a form for one more."""
    candidacy = _candidacy(request, pseudonym)
    form = _form(request, candidacy)
    if request.method != "POST":
        return _show(request, candidacy, form)
    if not form.is_valid():
        return _show(request, candidacy, form, status=422)
    try:
        services.enter_test(actor=request.user, candidacy=candidacy, test=form.test())
    except REFUSED as error:
        return _show(request, candidacy, form, sentence=str(error), status=422)
    messages.success(
        request,
        _("The result is kept, and hidden from client and other assessors until the opening."),
    )
    return redirect("outside_tests", pseudonym)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outside_test(request: SignedInRequest, pseudonym: UUID, result: UUID) -> HttpResponse:
    """Correct one result, or take it back, with a reason."""
    candidacy = _candidacy(request, pseudonym)
    line = next(
        (one for one in _lines(request, candidacy) if one.kept.result.pseudonym == result), None
    )
    if line is None or not line.can_correct:
        raise Http404
    form = _form(request, candidacy, initial=line.kept)
    if request.method != "POST":
        return _show(request, candidacy, form, correcting=line.kept)
    takes_back = request.POST.get("act") == "take_back"
    if not takes_back and not form.is_valid():
        return _show(request, candidacy, form, correcting=line.kept, status=422)
    kept, reason = line.kept.result, request.POST.get("reason", "")
    try:
        if takes_back:
            services.take_test_back(actor=request.user, result=kept, reason=reason)
        else:
            services.correct_test(actor=request.user, result=kept, test=form.test(), reason=reason)
    except REFUSED as error:
        return _show(
            request, candidacy, form, correcting=line.kept, sentence=str(error), status=422
        )
    messages.success(request, _("It is corrected. What stood before stays, with your reason."))
    return redirect("outside_tests", pseudonym)


def _candidacy(request: SignedInRequest, pseudonym: UUID) -> Candidacy:
    found = selectors.candidacy_to_test(request.user, pseudonym)
    if found is None:
        raise Http404
    return found


def _form(
    request: SignedInRequest, candidacy: Candidacy, *, initial: KeptResult | None = None
) -> OutsideTestForm:
    criteria = [criterion.name for criterion in criteria_of(candidacy.case)]
    sent = request.POST if request.method == "POST" else None
    return OutsideTestForm(
        sent, criteria=criteria, initial=initial.entry.about if initial is not None else None
    )


def _lines(request: SignedInRequest, candidacy: Candidacy) -> list[Line]:
    today = timezone.localdate()
    found = []
    for kept in selectors.results_visible_to(request.user, case=candidacy.case):
        test = test_in(kept)
        if kept.result.candidacy_id != candidacy.pk:
            continue
        found.append(
            Line(
                kept=kept,
                warnings=tuple(warnings_on(test, today=today)) if test else (),
                can_correct=test is not None
                and bool(policies.may_correct_result(request.user, kept.result)),
            )
        )
    return found


def _show(
    request: SignedInRequest,
    candidacy: Candidacy,
    form: OutsideTestForm,
    *,
    correcting: KeptResult | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    decision = policies.may_enter_test(request.user, candidacy)
    context = {
        "candidacy": candidacy,
        "case": candidacy.case,
        "lines": _lines(request, candidacy),
        "form": form,
        "correcting": correcting,
        "can_enter": bool(decision),
        "why_not": decision.reason if isinstance(decision, Denied) else "",
        "runs": bool(may_run(request.user, candidacy.case)),
        "reason": request.POST.get("reason", ""),
        "sentence": sentence,
    }
    return render(request, "instruments/outside-tests.html", context, status=status)
