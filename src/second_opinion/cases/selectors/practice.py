"""Practice cases: whose they are, and that they count nowhere; and what has been removed.

The one filter of all three.
"""

from django.db.models import Q

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Case


def is_real(prefix: str = "") -> Q:
    """For a query of cases, or of rows that lead to one by `prefix`: no practice, not erased."""
    return Q(**{f"{prefix}practised_by__isnull": True, f"{prefix}removed_at__isnull": True})


def is_own_practice(person: Person, prefix: str = "") -> Q:
    """A person's own practice cases that have not been removed."""
    return Q(**{f"{prefix}practised_by": person, f"{prefix}removed_at__isnull": True})


def is_there_for(person: Person, prefix: str = "") -> Q:
    """What a person may come across at all: real cases, and their own practice."""
    return is_real(prefix) | is_own_practice(person, prefix)


def practice_cases_of(person: Person) -> list[Case]:
    """Newest first."""
    cases = Case.objects.filter(is_own_practice(person)).order_by("-pk")
    return list(cases.select_related("provider", "client", "coordinator", "orderer"))
