"""Practice: cases made up for one person, to learn on. Nothing in them is sent or counted."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from second_opinion.accounts.states import Role
from second_opinion.candidates.services import make_token
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.models import Opinion
from second_opinion.reports import services
from second_opinion.web import desk
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: SignedInRequest) -> HttpResponse:
    """What one has, and the buttons that make more of it."""
    roles = desk.roles_of(request.user)
    if not roles & {Role.COORDINATOR, Role.ASSESSOR}:
        raise PermissionDenied(_("Practice is for coordinators and assessors."))
    if request.method == "POST":
        return _begin(request)
    found = cases.practice_cases_of(request.user)
    assessments = {opinion.candidacy.case_id: opinion for opinion in _assessments(request)}
    context = {
        "rows": [(case, assessments.get(case.pk)) for case in found],
        "is_coordinator": Role.COORDINATOR in roles,
        "is_assessor": Role.ASSESSOR in roles,
    }
    return render(request, "practice/practice.html", context)


@never_cache
@require_POST
def play(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Let the made-up people do what waits for them."""
    case = _own(request, pseudonym)
    try:
        is_done = services.play_others(actor=request.user, case=case)
    except REFUSED as error:
        messages.error(request, str(error))
    else:
        words = _("The made-up people have done their part.")
        messages.success(request, words if is_done else _("Nothing waits for them right now."))
    return redirect("case", case.pseudonym)


@never_cache
@require_POST
def as_candidate(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The made-up candidate's own page, by a link as a mail would hold it."""
    candidacy = _own(request, pseudonym).candidacies.first()
    if candidacy is None:
        raise Http404
    _link, token = make_token(candidacy=candidacy)
    return redirect("personal_link", token)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Ask first: it cannot be undone."""
    case = _own(request, pseudonym)
    if request.method != "POST":
        return render(request, "practice/remove.html", {"case": case})
    services.remove_practice(actor=request.user, case=case)
    messages.success(request, _("The practice case is removed."))
    return redirect("practice")


def _begin(request: SignedInRequest) -> HttpResponse:
    if request.POST.get("act") == "assessment":
        opinion = services.begin_practice_assessment(actor=request.user)
        return redirect("assessment", opinion.pseudonym)
    return redirect("case", services.begin_practice_case(actor=request.user).pseudonym)


def _assessments(request: SignedInRequest) -> list[Opinion]:
    return list(opinions.practice_of(request.user))


def _own(request: SignedInRequest, pseudonym: UUID) -> Case:
    for case in cases.practice_cases_of(request.user):
        if case.pseudonym == pseudonym:
            return case
    raise Http404
