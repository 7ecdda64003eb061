"""The cases that still need somebody, for assigning many at once. Visibility is decided here."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from second_opinion.panels.models import NeedsVersion

STILL_ASKED_IN = frozenset({CaseState.ORDERED, CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT})


def cases_to_match(coordinator: Person, provider: Organisation) -> QuerySet[Case]:
    """A provider's real cases in which needs are confirmed and opinions not opened, by reference.

    None for anybody but its coordinators, whatever else they may see of a case.
    """
    if not has_role(coordinator, Role.COORDINATOR, provider):
        return Case.objects.none()
    confirmed = NeedsVersion.objects.filter(case=OuterRef("pk"))
    seen = cases.cases_visible_to(coordinator).filter(
        Exists(confirmed), cases.is_real(), provider=provider, state__in=STILL_ASKED_IN
    )
    return seen.select_related("client", "provider", "orderer").order_by("reference")
