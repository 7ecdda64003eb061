"""Organisations, people and roles."""

import uuid
from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts import policies, selectors
from second_opinion.accounts.errors import AddressError, AlreadyInvitedError, LastError
from second_opinion.accounts.models import Membership, Organisation, Person
from second_opinion.accounts.states import Role
from second_opinion.audit.services import enqueue, record_event

INVITED = "person.invited"


@transaction.atomic
def found_organisation(
    *,
    actor: Person | None,
    name: str,
    registry_number: str = "",
    time_zone: str = "",
    mail_domains: str = "",
) -> Organisation:
    """Enter an organisation; what a coordinator enters is a client that their firm looks after.

    `actor` is None only for the operator at the command line.
    """
    organisation = Organisation(
        name=name.strip(),
        registry_number=registry_number.strip(),
        mail_domains=" ".join(mail_domains.lower().replace(",", " ").replace("@", " ").split()),
    )
    if actor is not None:
        policies.require(policies.may_found_organisation(actor))
        organisation.entered_by = selectors.organisations_where(actor, Role.COORDINATOR).first()
    if time_zone:
        organisation.time_zone = time_zone
    organisation.full_clean()
    organisation.save()
    record_event(actor=actor, verb="organisation.founded", subject=organisation, case=None)
    return organisation


@transaction.atomic
def bring_in(
    *,
    actor: Person,
    name: str,
    email: str,
    organisation: Organisation,
    roles: Collection[Role],
    language: str = "",
    is_elsewhere_meant: bool = False,
) -> Person:
    """Invite a person by mail; who has been invited already, elsewhere too, is given the roles.

    is_elsewhere_meant : the address is none of the organisation's own, and is meant to be
    """
    policies.require(policies.may_invite(actor, organisation))
    if not roles:
        raise AddressError(_("Choose at least one role. Nobody was invited."))
    _check_address(email, organisation, is_elsewhere_meant=is_elsewhere_meant)
    person = selectors.person_of_address(email)
    if person is None:
        if not name.strip():
            raise AddressError(_("Write the person’s name. Nobody was invited."))
        return invite_person(
            actor=actor,
            name=name,
            email=email,
            organisation=organisation,
            roles=frozenset(roles),
            language=language,
        )
    for role in sorted(roles):
        give_role(actor=actor, person=person, organisation=organisation, role=role)
    enqueue(kind=INVITED, subject=person)
    return person


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

    `actor` is None only for the operator at the command line, who tells the person themselves.
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
    record_event(actor=actor, verb="person.invited", subject=person, case=None)
    for role in sorted(roles):
        give_role(actor=actor, person=person, organisation=organisation, role=role)
    if actor is not None:
        enqueue(kind=INVITED, subject=person)
    return person


@transaction.atomic
def make_up_person(*, name: str, organisation: Organisation, role: Role) -> Person:
    """Somebody in a practice case: nobody can sign in as them, and no mail reaches them."""
    person = Person.objects.create_user(
        email=f"{uuid.uuid4().hex}@practice.invalid", name=name, is_active=False
    )
    record_event(actor=None, verb="person.made_up", subject=person, case=None)
    give_role(actor=None, person=person, organisation=organisation, role=role)
    return person


@transaction.atomic
def give_role(
    *, actor: Person | None, person: Person, organisation: Organisation, role: Role
) -> Membership:
    """Add a role; adding it twice changes nothing."""
    if actor is not None:
        policies.require(policies.may_give_role(actor, organisation, role))
    membership, is_new = Membership.objects.get_or_create(
        person=person, organisation=organisation, role=role
    )
    if is_new:
        _note(actor, "role.given", person, organisation, role)
    return membership


@transaction.atomic
def take_role(*, actor: Person, person: Person, organisation: Organisation, role: Role) -> None:
    """Take a role away; what was done in it stays done. Twice changes nothing."""
    policies.require(policies.may_give_role(actor, organisation, role))
    if role == Role.ADMINISTRATOR and selectors.is_last_administrator(person):
        raise LastError(
            _("%(person)s is the last administrator. Make somebody else one first.")
            % {"person": person}
        )
    taken, _kinds = Membership.objects.filter(
        person=person, organisation=organisation, role=role
    ).delete()
    if taken:
        _note(actor, "role.taken", person, organisation, role)


@transaction.atomic
def choose_language(*, actor: Person, language: str) -> None:
    """The language of this person's pages and mails from now on."""
    if language not in dict(settings.LANGUAGES):
        return
    actor.language = language
    actor.save(update_fields=["language"])
    record_event(
        actor=actor,
        verb="person.language_chosen",
        subject=actor,
        case=None,
        details={"language": language},
    )


def _note(
    actor: Person | None, verb: str, person: Person, organisation: Organisation, role: Role
) -> None:
    record_event(
        actor=actor,
        verb=verb,
        subject=person,
        case=None,
        details={"role": role.value, "organisation": organisation.pseudonym},
    )


def _check_address(email: str, organisation: Organisation, *, is_elsewhere_meant: bool) -> None:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise AddressError(
            _("That is not a complete mail address. Write it as anna@example.com.")
        ) from error
    domains = organisation.mail_domains.split()
    if domains and email.strip().lower().rpartition("@")[2] not in domains:
        if is_elsewhere_meant:
            return
        raise AddressError(
            _(
                "%(email)s is no address at %(organisation)s (%(domains)s). Is it meant to be? "
                "Then say so below. Nobody was invited."
            )
            % {
                "email": email.strip(),
                "organisation": organisation,
                "domains": ", ".join(domains),
            }
        )
