"""Everything that was sent, by whom, when, and how far it has come."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Case
from second_opinion.reports import selectors, services
from second_opinion.reports.errors import ReportError
from second_opinion.web import desk
from second_opinion.web.mails import words_of
from second_opinion.web.pages.coordinator.asking import own_case
from second_opinion.web.requests import SignedInRequest

MAILS_PER_PAGE = 50


@never_cache
@require_safe
def all_mails(request: SignedInRequest) -> HttpResponse:
    if Role.COORDINATOR not in desk.roles_of(request.user):
        raise PermissionDenied(_("What was mailed is for the coordinators who run the cases."))
    return _show(request, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_mails(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The mails of one case; a POST notes that one of them came back."""
    case = own_case(request, pseudonym)
    if request.method != "POST":
        return _show(request, case)
    try:
        wanted = UUID(request.POST.get("mail", ""))
        services.mark_mail_returned(actor=request.user, case=case, mail=wanted)
    except ValueError:
        raise Http404 from None
    except (ReportError, NotAllowedError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is noted that the mail came back."))
    return redirect("case_mails", pseudonym)


def _show(request: SignedInRequest, case: Case | None) -> HttpResponse:
    found = selectors.mails_visible_to(request.user, case=case)
    page = Paginator(found, MAILS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [(mail, words_of(mail)) for mail in selectors.sent_mails(list(page))]
    context = {"case": case, "page": page, "rows": rows}
    return render(request, "coordinator/sent.html", context)
