"""Organisations, people and roles."""

import uuid

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts import policies, selectors
from second_opinion.accounts.errors import AlreadyInvitedError
from second_opinion.accounts.models import Membership, Organisation, Person
from second_opinion.accounts.states import Role
from second_opinion.audit.services import record_event


@transaction.atomic
def found_organisation(
    *, actor: Person | None, name: str, registry_number: str = "", time_zone: str = ""
) -> Organisation:
    """Enter an organisation. `actor` is None only for the operator at the command line."""
    if actor is not None:
        policies.require(policies.may_found_organisation(actor))
    organisation = Organisation(name=name.strip(), registry_number=registry_number.strip())
    if time_zone:
        organisation.time_zone = time_zone
    organisation.full_clean()
    organisation.save()
    record_event(actor=actor, verb="organisation.founded", subject=organisation)
    return organisation


@transaction.atomic
def invite_person(
    *,
    actor: Person | None,
    name: str,
    email: str,
    organisation: Organisation,
    roles: frozenset[Role] | set[Role],
    language: str = "",
    time_zone: str = "",
) -> Person:
    """Enter a person with the roles they hold; from then on they can ask for a sign-in code.

    `actor` is None only for the operator at the command line.
    """
    if actor is not None:
        policies.require(policies.may_invite(actor, organisation))
    if selectors.person_of_address(email) is not None:
        raise AlreadyInvitedError(
            _("%(email)s belongs to somebody who has been invited already. Give them the role.")
            % {"email": email}
        )
    person = Person.objects.create_user(
        email=email,
        name=name.strip(),
        language=language or settings.LANGUAGE_CODE,
        time_zone=time_zone or organisation.time_zone,
    )
    # Inviting vouches for the address; the first code then proves that the person reads it.
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    record_event(actor=actor, verb="person.invited", subject=person)
    for role in sorted(roles):
        give_role(actor=actor, person=person, organisation=organisation, role=role)
    return person


@transaction.atomic
def make_up_person(*, name: str, organisation: Organisation, role: Role) -> Person:
    """Somebody in a practice case: nobody can sign in as them, and no mail reaches them."""
    person = Person.objects.create_user(
        email=f"{uuid.uuid4().hex}@practice.invalid", name=name, is_active=False
    )
    record_event(actor=None, verb="person.made_up", subject=person)
    give_role(actor=None, person=person, organisation=organisation, role=role)
    return person


@transaction.atomic
def give_role(
    *, actor: Person | None, person: Person, organisation: Organisation, role: Role
) -> Membership:
    """Add a role; adding it twice changes nothing."""
    if actor is not None:
        policies.require(policies.may_invite(actor, organisation))
    membership, is_new = Membership.objects.get_or_create(
        person=person, organisation=organisation, role=role
    )
    if is_new:
        record_event(
            actor=actor,
            verb="role.given",
            subject=person,
            details={"role": role.value, "organisation": organisation.pseudonym},
        )
    return membership


@transaction.atomic
def choose_language(*, actor: Person, language: str) -> None:
    """The language of this person's pages and mails from now on."""
    if language not in dict(settings.LANGUAGES):
        return
    actor.language = language
    actor.save(update_fields=["language"])
    record_event(
        actor=actor, verb="person.language_chosen", subject=actor, details={"language": language}
    )
