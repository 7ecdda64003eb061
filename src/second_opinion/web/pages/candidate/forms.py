"""What pages with something to send have in common: do it, or say why not and keep the words."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.candidates.errors import CandidateError
from second_opinion.panels.errors import PanelError
from second_opinion.web.pages.candidate.door import page
from second_opinion.web.requests import CandidateRequest

Context = Callable[[CandidateRequest], dict[str, Any]]


def answered(
    request: CandidateRequest,
    act: Callable[[], object] | None,
    *,
    template: str,
    context: Context,
    leads_to: str,
) -> HttpResponse:
    """Show the page; after POST do what was asked for and say so, or show it with the reason."""
    sentence = ""
    if act is not None:
        try:
            act()
        except (CandidateError, PanelError, NotAllowedError) as error:
            sentence = str(error)
        else:
            messages.success(request, _("It has reached us."))
            return redirect(leads_to)
    shown = context(request) | {"sentence": sentence, "sent": request.POST}
    return page(request, template, shown, status=422 if sentence else 200)
