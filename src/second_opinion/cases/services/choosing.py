"""A profile built out of the library: criteria chosen, and weighed against each other."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import record_event
from second_opinion.cases import policies, selectors
from second_opinion.cases.analysis import whole_percent
from second_opinion.cases.errors import InvalidProfileError
from second_opinion.cases.models import Case, Criterion, RequirementProfile
from second_opinion.cases.services.journey import _locked_row
from second_opinion.cases.services.profile import (
    Grounds,
    _check_one,
    _check_sum,
    _criterion,
    _written,
    editable_profile,
)
from second_opinion.ingest.case_file import CriterionEntry
from second_opinion.library.criteria import LibraryCriterion, Seniority

FULL_WEIGHT = 100.0  # percent


@transaction.atomic
def choose_criterion(
    *, actor: Person, case: Case, key: str, seniority: Seniority, subject: str = ""
) -> Criterion:
    """Copy a criterion of the library into the profile, after the last, in the case's language.

    It gets what is left of the weights; where nothing is, a fair share, for which the others give
    way in proportion. A pattern needs the subject that is put in its place.
    """
    fresh = _locked_row(case)
    require(policies.may_change_profile(actor, fresh))
    criterion = _offered(key, subject=subject.strip())
    wording = criterion.wording(fresh.language)
    profile = editable_profile(fresh)
    others = list(profile.criteria.all())
    *changed, weight = _weights_with_one_more([other.weight for other in others])
    entry = CriterionEntry(
        name=wording.name,
        definition=wording.definition,
        weight=weight,
        anchors=selectors.anchors_on_scale(criterion, seniority, case=fresh),
    )
    _check_one(fresh, entry, others=[other.name for other in others])
    for other, fitting in zip(others, changed, strict=True):
        other.weight = fitting
    Criterion.objects.bulk_update(others, ["weight"])
    grounds = Grounds(reason=wording.why, methods=selectors.suggested_methods(criterion))
    last = max((other.position for other in others), default=0)
    chosen = _criterion(profile, last + 1, entry, grounds)
    chosen.library_key = criterion.key
    chosen.interview = selectors.interview_of(criterion, language=fresh.language)
    chosen.save()
    _written(actor, profile)
    return chosen


@transaction.atomic
def weigh_criteria(
    *, actor: Person, case: Case, weights: Mapping[str, float], by_comparison: bool = False
) -> RequirementProfile:
    """Give every criterion its weight, by its name and in per cent, all at once."""
    fresh = _locked_row(case)
    require(policies.may_change_profile(actor, fresh))
    profile = editable_profile(fresh)
    criteria = list(profile.criteria.all())
    if {criterion.name for criterion in criteria} != set(weights):
        raise InvalidProfileError(
            _("The criteria have changed meanwhile. Weigh those that there are now.")
        )
    for criterion in criteria:
        criterion.weight = weights[criterion.name]
    _check_sum(criteria)
    Criterion.objects.bulk_update(criteria, ["weight"])
    record_event(
        actor=actor,
        verb="profile.weighed",
        subject=profile,
        case=fresh,
        details={"case": fresh.pseudonym, "by_comparison": by_comparison},
    )
    return profile


def _offered(key: str, *, subject: str) -> LibraryCriterion:
    found = selectors.offered_criteria().criteria.get(key)
    if found is None:
        raise InvalidProfileError(_("There is no such criterion in the library."))
    if found.is_pattern and not subject:
        raise InvalidProfileError(_("Say which subject it is about."))
    return found.filled_in(subject)


def _weights_with_one_more(weights: list[float]) -> list[float]:
    """The weights there are, and after them the new one's."""
    left = FULL_WEIGHT - sum(weights)
    if left > 0:
        return [*weights, left]
    fair_share = sum(weights) / len(weights)
    return list(map(float, whole_percent([*weights, fair_share])))
