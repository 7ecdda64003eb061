"""Who takes part, where, and as what; inviting people, and entering organisations."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.accounts import policies, selectors, services
from second_opinion.accounts.errors import AccountsError, NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.web.pages.people.forms import InvitationForm, OrganisationForm
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    policies.require(policies.may_found_organisation(request.user))
    context = {
        "people": selectors.people_kept_by(request.user),
        "organisations": selectors.organisations_kept_by(request.user),
        "is_coordinator": Role.COORDINATOR in selectors.roles_of(request.user),
    }
    return render(request, "people/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest) -> HttpResponse:
    policies.require(policies.may_found_organisation(request.user))
    form = InvitationForm(
        request.POST or None,
        organisations=selectors.organisations_kept_by(request.user),
        initial={
            "organisation": request.GET.get("organisation", ""),
            "language": request.user.language,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            person = services.bring_in(actor=request.user, **form.cleaned_data)
        except (AccountsError, NotAllowedError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("%(person)s is told by mail how to sign in.") % {"person": person}
            )
            return redirect("person", person.pseudonym)
    return _form(request, "people/invite.html", form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: SignedInRequest) -> HttpResponse:
    policies.require(policies.may_found_organisation(request.user))
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.found_organisation(actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The organisation is there: now invite its people."))
            return redirect("people")
    return _form(request, "people/organisation.html", form)


def _form(
    request: SignedInRequest, template: str, form: InvitationForm | OrganisationForm
) -> HttpResponse:
    return render(request, template, {"form": form}, status=422 if form.errors else 200)
