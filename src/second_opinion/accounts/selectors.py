import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone

from second_opinion.accounts.models import Mail, Membership, Organisation, Person
from second_opinion.accounts.states import MailState, Role

OPEN_TO_ANYBODY = frozenset(
    {
        "gmail.com",
        "gmx.com",
        "gmx.net",
        "hotmail.com",
        "hotmail.se",
        "icloud.com",
        "live.com",
        "live.se",
        "me.com",
        "msn.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "telia.com",
        "yahoo.com",
        "yahoo.se",
    }
)
"""Mail hosts where anybody can have an address: it says nothing of where one works."""

ROLES_OF_A_CLIENT = frozenset({Role.ORDERER, Role.DECIDER, Role.ASSESSOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    number: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """How a person can sign in, beside the mailed code."""

    passkeys: tuple[Passkey, ...]
    has_app: bool
    has_spare_codes: bool
    has_e_id: bool


@dataclass(frozen=True, slots=True)
class KeptPerson:
    """Somebody as those see them who give roles: with the roles that these may know of."""

    person: Person
    memberships: tuple[Membership, ...]


def language_of_address(email: str) -> str | None:
    """The language of the person behind an address; None for a stranger."""
    person = person_of_address(email)
    return person.language if person else None


def has_role(person: Person, role: Role, organisation: Organisation) -> bool:
    """Asked many times a page: who has signed in brings the memberships along (backend.py)."""
    return any(
        held.role == role and held.organisation_id == organisation.pk
        for held in person.memberships.all()
    )


def roles_of(person: Person) -> frozenset[Role]:
    return frozenset(Role(held.role) for held in person.memberships.all())


def organisations_by_role(person: Person) -> dict[Role, frozenset[int]]:
    """Keys of the organisations in which a person holds each role; a role not held has none."""
    held: dict[Role, set[int]] = {role: set() for role in Role}
    for membership in person.memberships.all():
        held[Role(membership.role)].add(membership.organisation_id)
    return {role: frozenset(keys) for role, keys in held.items()}


def organisations_where(person: Person, role: Role) -> QuerySet[Organisation]:
    return Organisation.objects.filter(
        memberships__person=person, memberships__role=role
    ).distinct()


def people_with(roles: Collection[Role], organisation: Organisation) -> QuerySet[Person]:
    """Who can sign in and holds one of the roles there, by name."""
    return Person.objects.filter(
        memberships__organisation=organisation, memberships__role__in=roles, is_active=True
    ).distinct()


def roles_given_by(person: Person, organisation: Organisation) -> frozenset[Role]:
    """The roles that a person may give and take there; no coordinator makes an administrator."""
    if is_administrator(person):
        return frozenset(Role)
    if has_role(person, Role.COORDINATOR, organisation):
        return frozenset(Role) - {Role.ADMINISTRATOR}
    entered_by = organisation.entered_by
    if entered_by is not None and has_role(person, Role.COORDINATOR, entered_by):
        return ROLES_OF_A_CLIENT
    return frozenset()


def organisations_named(name: str) -> list[Organisation]:
    """For the operator at the command line."""
    return list(Organisation.objects.filter(name__iexact=name.strip()))


def providers() -> list[Organisation]:
    """Where somebody runs cases; for the operator at the command line."""
    return list(Organisation.objects.filter(memberships__role=Role.COORDINATOR).distinct())


def organisations_kept_by(person: Person) -> QuerySet[Organisation]:
    """Where a person may invite people and give roles."""
    organisations = Organisation.objects.select_related("entered_by")
    if is_administrator(person):
        return organisations
    own = organisations_where(person, Role.COORDINATOR)
    return organisations.filter(Q(pk__in=own) | Q(entered_by__in=own))


def people_kept_by(person: Person) -> list[KeptPerson]:
    """Everybody with a role in those organisations, by name, with these roles and no others."""
    memberships = Membership.objects.filter(
        organisation__in=organisations_kept_by(person)
    ).select_related("person", "organisation__entered_by")
    kept: dict[Person, list[Membership]] = {}
    for membership in memberships.order_by("person__name", "person__pk", "organisation__name"):
        kept.setdefault(membership.person, []).append(membership)
    return [KeptPerson(one, tuple(roles)) for one, roles in kept.items()]


def person_kept_by(person: Person, pseudonym: UUID) -> KeptPerson | None:
    kept = people_kept_by(person)
    return next((one for one in kept if one.person.pseudonym == pseudonym), None)


def addresses_of(person: Person) -> QuerySet[EmailAddress]:
    """A person's own, the one that mails go to first."""
    addresses: QuerySet[EmailAddress] = EmailAddress.objects.filter(user=person)
    return addresses.order_by("-primary", "email")


def is_last_administrator(person: Person) -> bool:
    administrators = Membership.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True)
    return not administrators.exclude(person=person).exists()


def is_administrator(person: Person) -> bool:
    return person.memberships.filter(role=Role.ADMINISTRATOR).exists()


def person_of_address(email: str) -> Person | None:
    """By any of the addresses that a person has shown to be theirs."""
    address = email.strip().lower()
    verified = EmailAddress.objects.filter(email=address, verified=True).values("user")
    return Person.objects.filter(Q(email=address) | Q(pk__in=verified)).first()


def person_of_pseudonym(pseudonym: UUID | str) -> Person | None:
    return Person.objects.filter(pseudonym=pseudonym).first()


def token_hash(token: str) -> str:
    """Tokens of links hold 256 random bits, so a plain hash cannot be guessed backwards."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def is_at(address: str, domain: str) -> bool:
    """Whether a mail address belongs to a domain or to a part of it."""
    domain = domain.strip().lower().removeprefix("@").removeprefix("www.")
    at = address.rpartition("@")[2].lower()
    return bool(domain) and (at == domain or at.endswith(f".{domain}"))


def mail_domains_of(organisation: Organisation) -> frozenset[str]:
    """Those named for it, and those its people sign in from; a host open to anybody is nobody's."""
    addresses = Person.objects.filter(
        memberships__organisation=organisation, is_active=True
    ).values_list("email", flat=True)
    found = {address.rpartition("@")[2] for address in addresses}
    return frozenset(found | set(organisation.mail_domains.split())) - OPEN_TO_ANYBODY


def means_of(person: Person) -> Means:
    """A person's own; nobody else is ever shown them."""
    found = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    kinds = {each.type for each in found}
    return Means(
        passkeys=tuple(
            Passkey(
                number=each.pk,
                name=each.data["name"],
                added_at=each.created_at,
                used_at=each.last_used_at,
            )
            for each in found
            if each.type == Authenticator.Type.WEBAUTHN
        ),
        has_app=Authenticator.Type.TOTP in kinds,
        has_spare_codes=Authenticator.Type.RECOVERY_CODES in kinds,
        has_e_id=SocialAccount.objects.filter(user=person).exists(),
    )


def sessions_of(person: Person) -> QuerySet[UserSession]:
    """Where a person is signed in now, newest first."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    sessions: QuerySet[UserSession] = UserSession.objects.filter(user=person)
    return sessions.filter(session_key__in=live).order_by("-created_at", "-pk")


def mail_state(mail: Mail, *, is_practice: bool, is_delayed: bool) -> MailState:
    """How far a mail has come; `is_delayed` where it was tried and not taken yet."""
    if is_practice:
        return MailState.PRACTISED
    for at, reached in (
        (mail.returned_at, MailState.RETURNED),
        (mail.dropped_at, MailState.DROPPED),
        (mail.refused_at, MailState.REFUSED),
        (mail.sent_at, MailState.SENT),
    ):
        if at is not None:
            return reached
    return MailState.DELAYED if is_delayed else MailState.QUEUED
