"""One sign-in link for each role, to somebody who speaks the language asked for."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from second_opinion.accounts.models import Membership, Person
from second_opinion.accounts.services import demo_sign_in_token
from second_opinion.accounts.states import Role

BUILT = (Role.COORDINATOR, Role.ORDERER, Role.ASSESSOR)
"""Roles that have pages to look at; a role joins here when its first page is built."""


@dataclass(frozen=True, slots=True)
class SignInLink:
    role: Role
    person: str
    organisation: str
    url: str


def sign_in_links(language: str) -> list[SignInLink]:
    """For every role that is built."""
    memberships = Membership.objects.select_related("person", "organisation").order_by("pk")
    links = []
    for role in BUILT:
        holders = [membership for membership in memberships if membership.role == role]
        # False sorts before True: those who speak the language first, else anybody.
        holders.sort(key=lambda membership: membership.person.language != language)
        links += [_link(role, holder) for holder in holders[:1]]
    return links


def _link(role: Role, membership: Membership) -> SignInLink:
    return SignInLink(
        role=role,
        person=membership.person.name,
        organisation=membership.organisation.name,
        url=settings.SECOND_OPINION_PUBLIC_URL + _address(membership.person),
    )


def _address(person: Person) -> str:
    return reverse("demo_sign_in", args=[demo_sign_in_token(person)])
