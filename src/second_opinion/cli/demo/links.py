"""One sign-in link for each role, to somebody who speaks the language asked for."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from second_opinion.accounts.models import Membership, Person
from second_opinion.accounts.services import demo_sign_in_token
from second_opinion.accounts.states import Role
from second_opinion.candidates.selectors import has_acknowledged
from second_opinion.candidates.services import make_token
from second_opinion.cases.models import Candidacy
from second_opinion.cases.states import CaseState

BUILT = (Role.COORDINATOR, Role.ORDERER, Role.DECIDER, Role.ASSESSOR)
"""Roles that have pages to look at; a role joins here when its first page is built."""


@dataclass(frozen=True, slots=True)
class SignInLink:
    role: str
    person: str
    organisation: str
    url: str


def sign_in_links(language: str) -> list[SignInLink]:
    """For every role that is built."""
    memberships = Membership.objects.select_related("person", "organisation").order_by("pk")
    links: list[SignInLink] = []
    linked: set[str] = set()
    for role in BUILT:
        holders = [membership for membership in memberships if membership.role == role]
        # False sorts before True: those who speak the language first, and have no link yet.
        holders.sort(key=lambda one: (one.person.language != language, one.person.name in linked))
        links += [_link(role, holder) for holder in holders[:1]]
        linked.update(holder.person.name for holder in holders[:1])
    return links


def candidate_links(language: str) -> list[SignInLink]:
    """A personal link, new each time, of one candidate: under assessment if there is one."""
    told = [
        candidacy
        for candidacy in Candidacy.objects.filter(language=language).order_by("case_id", "pk")
        if has_acknowledged(candidacy)
    ]
    told.sort(key=lambda one: one.case.state != CaseState.IN_ASSESSMENT)
    return [_personal_link(candidacy) for candidacy in told[:1]]


def _personal_link(candidacy: Candidacy) -> SignInLink:
    _stored, token = make_token(candidacy=candidacy)
    return SignInLink(
        role="candidate",
        person=candidacy.name,
        organisation=candidacy.case.role,
        url=settings.SECOND_OPINION_PUBLIC_URL + reverse("personal_link", args=[token]),
    )


def _link(role: Role, membership: Membership) -> SignInLink:
    return SignInLink(
        role=role,
        person=membership.person.name,
        organisation=membership.organisation.name,
        url=settings.SECOND_OPINION_PUBLIC_URL + _address(membership.person),
    )


def _address(person: Person) -> str:
    return reverse("demo_sign_in", args=[demo_sign_in_token(person)])
