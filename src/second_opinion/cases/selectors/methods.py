"""What a profile's methods ask for: assessors, or instruments alone."""

from collections.abc import Iterable

from second_opinion.cases.models import Case, Criterion, RequirementProfile
from second_opinion.cases.selectors.profile import criteria_of
from second_opinion.cases.states import Method


def is_without_interview(case: Case) -> bool:
    """Whether instruments alone measure: every criterion has its methods, and none an interview.

    Nobody has to give an opinion then, and nobody meets the candidates: such a case opens on what
    the instruments say.
    """
    return leaves_out_interviews(criteria_of(case))


def without_interview(of_cases: Iterable[Case]) -> frozenset[int]:
    """Keys of the cases whose locked profile is measured by instruments alone; in two queries."""
    locked = RequirementProfile.objects.filter(case__in=of_cases, locked_at__isnull=False)
    newest = {one.case_id: one for one in locked.order_by("version").prefetch_related("criteria")}
    return frozenset(
        case for case, profile in newest.items() if leaves_out_interviews(profile.criteria.all())
    )


def leaves_out_interviews(criteria: Iterable[Criterion]) -> bool:
    methods = [criterion.methods for criterion in criteria]
    return bool(methods) and all(each and Method.INTERVIEW not in each for each in methods)
