"""The register of questionnaires: what there is, what it is for, and what is refused."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.accounts.selectors import organisations_where
from second_opinion.accounts.states import Role
from second_opinion.instruments.selectors import offered_questionnaires
from second_opinion.instruments.writing.register import (
    refused_tools,
    register_lines,
)
from second_opinion.web import desk
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_safe
def register(request: SignedInRequest) -> HttpResponse:
    if Role.COORDINATOR not in desk.roles_of(request.user):
        raise PermissionDenied(_("The register is for the coordinators who run the cases."))
    language = get_language() or "sv"
    tools, reason = refused_tools(language)
    context = {
        "lines": register_lines(
            language, providers=list(organisations_where(request.user, Role.COORDINATOR))
        ),
        "faults": offered_questionnaires().faults,
        "tools": tools,
        "reason": reason,
    }
    return render(request, "coordinator/register.html", context)
