"""Who decides in a case, and who at the client reaches it after the report."""

from uuid import UUID

from django.db.models import Q, QuerySet

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import has_role, organisations_where
from second_opinion.accounts.states import Role
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState


def deciders_of(case: Case) -> QuerySet[Person]:
    """Those who were named, and still decide at the client."""
    return cases.deciders_of(case).filter(
        memberships__role=Role.DECIDER, memberships__organisation=case.client
    )


def is_decider(person: Person, case: Case) -> bool:
    return has_role(person, Role.DECIDER, case.client) and cases.is_decider(person, case)


def case_of_client(person: Person, pseudonym: UUID) -> Case | None:
    """A case for those at the client who ordered it or decide in it; None for everybody else."""
    orders = Q(orderer=person, client__in=organisations_where(person, Role.ORDERER))
    return (
        Case.objects.filter(orders | Q(pk__in=decided_by(person)), pseudonym=pseudonym)
        .select_related("client", "provider", "orderer", "coordinator")
        .first()
    )


def is_orderer(person: Person, case: Case) -> bool:
    """Whether it is ordered in this person's name, who still orders at the client."""
    return person.pk == case.orderer_id and has_role(person, Role.ORDERER, case.client)


def orders_or_decides(person: Person, case: Case) -> bool:
    return is_orderer(person, case) or is_decider(person, case)


def decided_by(person: Person) -> QuerySet[Case]:
    """The cases in which this person takes part in the decision; not while one is written."""
    return Case.objects.filter(
        client__in=organisations_where(person, Role.DECIDER), deciders__person=person
    ).exclude(state=CaseState.DRAFT)
