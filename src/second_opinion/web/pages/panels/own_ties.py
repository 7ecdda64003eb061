"""What ties an assessor to people and firms, by their own word."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.policies import Denied, require
from second_opinion.accounts.selectors import organisations_where
from second_opinion.accounts.states import Role
from second_opinion.panels import policies, selectors, services
from second_opinion.panels.errors import PanelError
from second_opinion.panels.states import Ending, Source
from second_opinion.web.pages.ending_form import EndingForm
from second_opinion.web.pages.panels.forms import TieForm
from second_opinion.web.requests import SignedInRequest
from second_opinion.web.ties import line_of_tie, says_so


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_ties(request: SignedInRequest) -> HttpResponse:
    provider = organisations_where(request.user, Role.ASSESSOR).first()
    if provider is None:
        require(Denied(_("Assessors declare their ties here, and you are none.")))
    form = TieForm(request.POST or None)
    sentence = ""
    if request.method == "POST" and form.is_valid() and provider is not None:
        try:
            services.declare_tie(
                actor=request.user,
                provider=provider,
                one=request.user,
                other=form.named(),
                kind=form.cleaned_data["kind"],
                ending=form.cleaned_data["ending"],
                began_on=form.cleaned_data["began_on"],
                ended_on=form.cleaned_data["ended_on"],
                source=Source.ASSESSOR,
                document=form.cleaned_data["document"],
            )
        except (PanelError, NotAllowedError) as error:
            sentence = str(error)
        else:
            messages.success(request, _("Saved. The check counts it from now on."))
            return redirect("own_ties")
    return _show(request, form, sentence)


@never_cache
@require_http_methods(["POST"])
def correct_tie(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    tie = selectors.tie_of(request.user, pseudonym)
    if tie is None:
        raise Http404
    form = EndingForm(request.POST)
    is_mistaken = request.POST.get("ending") == "never"
    if not is_mistaken and not form.is_valid():
        messages.error(request, _("Say whether it still holds, or when it ended."))
        return _back(request)
    try:
        corrected = services.correct_tie(
            actor=request.user,
            tie=tie,
            reason=request.POST.get("reason", ""),
            ending=Ending.HOLDS if is_mistaken else Ending(form.cleaned_data["ending"]),
            began_on=None if is_mistaken else form.cleaned_data["began_on"],
            ended_on=None if is_mistaken else form.cleaned_data["ended_on"],
            document="" if is_mistaken else form.cleaned_data["document"],
            name=request.POST.get("name", ""),
            is_mistaken=is_mistaken,
        )
    except (PanelError, NotAllowedError) as error:
        messages.error(request, str(error))
        return _back(request)
    messages.success(request, _("Corrected. What was said before stays in the register."))
    if corrected.stands_for is None and not is_mistaken:
        messages.info(request, _("It says more than before: what was decided on it is asked anew."))
    return _back(request)


def _back(request: SignedInRequest) -> HttpResponse:
    """To the case that it was corrected from, or to one's own."""
    try:
        return redirect("conflicts", UUID(request.POST.get("case", "")))
    except ValueError:
        return redirect("own_ties")


def _show(request: SignedInRequest, form: TieForm, sentence: str) -> HttpResponse:
    context = {
        "ties": [
            (tie, line_of_tie(tie), says_so(tie), policies.may_correct(request.user, tie))
            for tie in selectors.own_ties(request.user)
        ],
        "form": form,
        "sentence": sentence,
    }
    status = 422 if sentence or form.errors else 200
    return render(request, "panels/own-ties.html", context, status=status)
