import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.states import Role

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


def language_of_address(email: str) -> str | None:
    """The language of the person behind an address; None for a stranger."""
    language = Person.objects.filter(email=email.strip().lower()).values_list("language", flat=True)
    return language.first()


def has_role(person: Person, role: Role, organisation: Organisation) -> bool:
    return person.memberships.filter(role=role, organisation=organisation).exists()


def roles_of(person: Person) -> frozenset[Role]:
    return frozenset(Role(role) for role in person.memberships.values_list("role", flat=True))


def organisations_by_role(person: Person) -> dict[Role, frozenset[int]]:
    """Keys of the organisations in which a person holds each role; a role not held has none."""
    held: dict[Role, set[int]] = {role: set() for role in Role}
    for role, organisation in person.memberships.values_list("role", "organisation"):
        held[Role(role)].add(organisation)
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


def is_administrator(person: Person) -> bool:
    return person.memberships.filter(role=Role.ADMINISTRATOR).exists()


def person_of_address(email: str) -> Person | None:
    return Person.objects.filter(email=email.strip().lower()).first()


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
    """The domains from which its people sign in; a host that anybody can use is nobody's."""
    addresses = Person.objects.filter(
        memberships__organisation=organisation, is_active=True
    ).values_list("email", flat=True)
    return frozenset(address.rpartition("@")[2] for address in addresses) - OPEN_TO_ANYBODY


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
    )


def sessions_of(person: Person) -> QuerySet[UserSession]:
    """Where a person is signed in now, newest first."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    sessions: QuerySet[UserSession] = UserSession.objects.filter(user=person)
    return sessions.filter(session_key__in=live).order_by("-created_at", "-pk")
