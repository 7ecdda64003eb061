"""One person: the roles they hold where the reader may give roles, and no others."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts import selectors, services
from second_opinion.accounts.errors import AccountsError, NotAllowedError
from second_opinion.accounts.models import Membership, Person
from second_opinion.accounts.selectors import KeptPerson
from second_opinion.accounts.states import Role
from second_opinion.web.pages.people.forms import RolesForm
from second_opinion.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Held:
    """A role that is held, and whether the reader may take it away."""

    membership: Membership
    can_be_taken: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    found = selectors.person_kept_by(request.user, pseudonym)
    if found is None:
        raise Http404
    form = RolesForm(
        request.POST if request.POST.get("act") == "give" else None,
        organisations=selectors.organisations_kept_by(request.user),
    )
    if request.method == "POST":
        try:
            is_done = _do(request, found, form)
        except (AccountsError, NotAllowedError) as error:
            form = RolesForm(organisations=selectors.organisations_kept_by(request.user))
            return _show(request, found, form, sentence=str(error))
        if is_done:
            messages.success(request, _("That is noted in the log, and holds from now on."))
            return _onward(request, pseudonym)
    return _show(request, found, form)


def _do(request: SignedInRequest, found: KeptPerson, form: RolesForm) -> bool:
    if request.POST.get("act") == "take":
        _take(request.user, found, request.POST.get("membership", ""))
        return True
    if not form.is_valid():
        return False
    for role in form.cleaned_data["roles"]:
        services.give_role(
            actor=request.user,
            person=found.person,
            organisation=form.cleaned_data["organisation"],
            role=role,
        )
    return True


def _take(actor: Person, found: KeptPerson, number: str) -> None:
    for membership in found.memberships:
        if str(membership.pk) == number:
            services.take_role(
                actor=actor,
                person=found.person,
                organisation=membership.organisation,
                role=Role(membership.role),
            )


def _onward(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Who holds no role any more that the reader may know of has no page any more."""
    if selectors.person_kept_by(request.user, pseudonym) is None:
        return redirect("people")
    return redirect("person", pseudonym)


def _show(
    request: SignedInRequest, found: KeptPerson, form: RolesForm, *, sentence: str = ""
) -> HttpResponse:
    context = {
        "kept": found,
        "held": list(_held(request.user, found)),
        "form": form,
        "sentence": sentence,
    }
    status = 422 if sentence or form.errors else 200
    return render(request, "people/person.html", context, status=status)


def _held(reader: Person, found: KeptPerson) -> Iterator[Held]:
    for membership in found.memberships:
        given = selectors.roles_given_by(reader, membership.organisation)
        yield Held(membership, can_be_taken=Role(membership.role) in given)
