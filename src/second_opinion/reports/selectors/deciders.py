"""Who decides in a case."""

from uuid import UUID

from django.db.models import Q, QuerySet

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import organisations_where, people_with
from second_opinion.accounts.states import Role
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case, Decider
from second_opinion.cases.states import CaseState


def deciders_of(case: Case) -> QuerySet[Person]:
    """By name: those named in the order, and where it names nobody all deciders of the client."""
    everybody = people_with({Role.DECIDER}, case.client)
    named = everybody.filter(pk__in=cases.deciders_of(case).values("pk"))
    return named if cases.deciders_of(case).exists() else everybody


def is_decider(person: Person, case: Case) -> bool:
    return deciders_of(case).filter(pk=person.pk).exists()


def case_of_client(person: Person, pseudonym: UUID) -> Case | None:
    """A case for those at the client who ordered it or decide in it; None for everybody else."""
    orders = Q(orderer=person, client__in=organisations_where(person, Role.ORDERER))
    return (
        Case.objects.filter(orders | Q(pk__in=decided_by(person)), pseudonym=pseudonym)
        .select_related("client", "provider", "orderer", "coordinator")
        .first()
    )


def decided_by(person: Person) -> QuerySet[Case]:
    """The cases in which this person takes part in the decision."""
    named = Decider.objects.filter(person=person).values("case")
    return Case.objects.filter(
        Q(pk__in=named) | Q(deciders__isnull=True),
        client__in=organisations_where(person, Role.DECIDER),
    ).exclude(state=CaseState.DRAFT)
