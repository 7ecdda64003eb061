"""One click before the report opens, and the decision after it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.policies import Denied
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.reports import policies, selectors, services
from second_opinion.reports.errors import InvalidAnswerError, ReportError
from second_opinion.reports.states import Answer
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """What a decider would do today; then the report opens."""
    case = _case(request, pseudonym)
    waiting = list(selectors.unanswered_by(request.user, case))
    context: dict[str, object] = {"case": case, "waiting": waiting, "choices": Answer.choices}
    if request.method != "POST":
        if isinstance(denied := policies.may_answer_quickly(request.user, case), Denied):
            context["sentence"] = denied.reason
            context["waiting"] = []
        return render(request, "decider/answers.html", context)
    try:
        services.answer_quickly(actor=request.user, case=case, answers=_answers(request, waiting))
    except (ReportError, NotAllowedError) as error:
        return render(
            request, "decider/answers.html", context | {"sentence": str(error)}, status=422
        )
    return _to_report(request, case)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The client's decision: written once with its reasons, then read."""
    case = _case(request, pseudonym)
    context: dict[str, object] = {"case": case, "candidates": cases.remaining_candidacies_of(case)}
    recorded = selectors.decision_visible_to(request.user, case=case)
    if recorded is not None:
        answered = selectors.quick_answers_visible_to(request.user, case=case)
        words = selectors.words_of(recorded)
        context |= {"decision": recorded, "words": words, "answered": answered}
        return render(request, "decider/decided.html", context)
    if request.method == "POST":
        return _decide(request, case, context)
    if isinstance(denied := policies.may_decide(request.user, case), Denied):
        context["obstacle"] = denied.reason
    return render(request, "decider/decision.html", context)


def _decide(request: SignedInRequest, case: Case, context: dict[str, object]) -> HttpResponse:
    chosen = request.POST.get("hired", "")
    written = {name: request.POST.get(name, "") for name in ("reasons", "against")}
    try:
        if not chosen:
            raise InvalidAnswerError(_("Choose one of the candidates, or none of them."))
        hired = _candidate(case, chosen)
        services.record_decision(actor=request.user, case=case, hired=hired, **written)
    except (ReportError, NotAllowedError) as error:
        asks = bool(chosen) and services.is_against_report(case, _candidate(case, chosen))
        context |= written | {"chosen": chosen, "sentence": str(error), "asks_against": asks}
        return render(request, "decider/decision.html", context, status=422)
    messages.success(request, _("The decision is recorded."))
    return redirect("decision", case.pseudonym)


def _candidate(case: Case, chosen: str) -> Candidacy | None:
    """Who was chosen; None for none of them. Anything else names nobody: 404."""
    if chosen == "none":
        return None
    for candidacy in cases.remaining_candidacies_of(case):
        if str(candidacy.pseudonym) == chosen:
            return candidacy
    raise Http404


def _answers(request: SignedInRequest, waiting: list[Candidacy]) -> dict[Candidacy, Answer]:
    given = {one: request.POST.get(str(one.pseudonym), "") for one in waiting}
    return {one: Answer(answer) for one, answer in given.items() if answer in Answer.values}


def _to_report(request: SignedInRequest, case: Case) -> HttpResponse:
    version = selectors.reports_of(case, person=request.user).first()
    return redirect("report", version.pseudonym) if version else redirect("cases")


def _case(request: SignedInRequest, pseudonym: UUID) -> Case:
    case = selectors.case_of_client(request.user, pseudonym)
    if case is None:
        raise Http404
    return case
