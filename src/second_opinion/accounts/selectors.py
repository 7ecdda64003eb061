from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.states import Role


def language_of_address(email: str) -> str | None:
    """The language of the person behind an address; None for a stranger."""
    language = Person.objects.filter(email=email.strip().lower()).values_list("language", flat=True)
    return language.first()


def has_role(person: Person, role: Role, organisation: Organisation) -> bool:
    return person.memberships.filter(role=role, organisation=organisation).exists()


def roles_of(person: Person) -> frozenset[Role]:
    return frozenset(Role(role) for role in person.memberships.values_list("role", flat=True))


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
