"""A provider's own norms: switched on or off, how many have agreed, and what was made of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.models import Organisation
from second_opinion.accounts.selectors import organisations_where
from second_opinion.accounts.states import Role
from second_opinion.instruments import selectors, services
from second_opinion.instruments.analysis import FEWEST_FOR_NORMS
from second_opinion.instruments.errors import NormError
from second_opinion.instruments.selectors import FEWEST_NEW, GroupState
from second_opinion.instruments.writing.language_names import name_of_language
from second_opinion.instruments.writing.norms import (
    SHOWN_PERCENTILES,
    NormLine,
    count_in_words,
    norm_line,
)
from second_opinion.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """One group as a coordinator may see it: a count in tens, and what was made."""

    pseudonym: UUID
    name: str
    version: str
    language: str
    count: str
    missing: str  # why no norm can be made or renewed now; empty where one can
    norm: NormLine | None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def norms(request: SignedInRequest) -> HttpResponse:
    """Of one provider, where a person has several."""
    providers = organisations_where(request.user, Role.COORDINATOR)
    asked = request.GET.get("provider")
    provider = get_object_or_404(providers, pseudonym=_uuid(asked)) if asked else providers.first()
    if provider is None:
        raise PermissionDenied(_("Norms are for the coordinators who run the cases."))
    sentence = ""
    if request.method == "POST":
        try:
            messages.success(request, _do(request, provider))
        except (NormError, NotAllowedError) as error:
            sentence = str(error)
        else:
            return redirect(request.get_full_path())
    context = {
        "provider": provider,
        "others": providers.exclude(pk=provider.pk),
        "setting": selectors.setting_of(provider),
        "lines": [_line(state) for state in selectors.groups_of(provider)],
        "fewest": FEWEST_FOR_NORMS,
        "fewest_new": FEWEST_NEW,
        "shown": SHOWN_PERCENTILES,
        "sentence": sentence,
    }
    return render(request, "coordinator/norms.html", context, status=422 if sentence else 200)


def _do(request: SignedInRequest, provider: Organisation) -> str:
    """What was asked for, and the sentence that it is done."""
    act = request.POST.get("act", "")
    if act in {"on", "off"}:
        services.set_norms(actor=request.user, provider=provider, is_on=act == "on")
        return _("Norms are switched on.") if act == "on" else _("Norms are switched off.")
    group = selectors.group_for(provider, _uuid(request.POST.get("group", "")))
    if act != "make" or group is None:
        raise Http404
    made = services.make_norm(actor=request.user, group=group)
    return _("Norm %(number)s is made, of %(n)s people.") % {
        "number": made.number,
        "n": made.n_people,
    }


def _line(state: GroupState) -> GroupLine:
    group, language = state.group, get_language() or "sv"
    asked = selectors.questionnaire_of(group)
    return GroupLine(
        pseudonym=group.pseudonym,
        name=asked.name.in_language(language),
        version=group.version,
        language=name_of_language(group.language),
        count=count_in_words(state.n_people),
        missing=services.why_not_made(state),
        norm=norm_line(state.newest, asked, language=language) if state.newest else None,
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
