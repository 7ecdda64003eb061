"""The requirement profile: written until it is locked, and hashed into the log when it is."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import content_hash, record_event
from second_opinion.cases import policies, selectors
from second_opinion.cases.errors import InvalidProfileError
from second_opinion.cases.models import Case, Criterion, RequirementProfile
from second_opinion.cases.services.journey import _locked_row, _move
from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import CriterionEntry

WEIGHT_TOLERANCE = 0.01  # percent


@transaction.atomic
def write_profile(
    *, actor: Person, case: Case, criteria: Sequence[CriterionEntry]
) -> RequirementProfile:
    """Write the criteria of a case, in place of those that were there, until it is locked."""
    require(policies.may_change_profile(actor, _locked_row(case)))
    _check_criteria(case, criteria)
    profile = selectors.current_profile(case) or RequirementProfile.objects.create(case=case)
    profile.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(
            profile=profile,
            position=position,
            name=entry.name.strip(),
            definition=entry.definition,
            weight=entry.weight,
            minimum=entry.minimum,
            anchors=[[point, text] for point, text in sorted(entry.anchors.items())],
        )
        for position, entry in enumerate(criteria, start=1)
    )
    record_event(
        actor=actor,
        verb="profile.written",
        subject=profile,
        details={"case": case.pseudonym, "criteria": len(criteria)},
    )
    return profile


@transaction.atomic
def lock_profile(*, actor: Person, case: Case) -> RequirementProfile:
    """Fix criteria, weights and rule before anybody's data is opened; their hash is logged."""
    require(policies.may_lock_profile(actor, _locked_row(case)))
    profile = selectors.current_profile(case)
    if profile is None:
        raise InvalidProfileError(_("Write the requirement profile before you lock it."))
    profile.conclusion_rule = dict(selectors.rule_of(profile))
    profile.content_hash = content_hash(selectors.profile_content(profile))
    profile.locked_at = timezone.now()
    profile.save(update_fields=["conclusion_rule", "content_hash", "locked_at"])
    record_event(
        actor=actor,
        verb="profile.locked",
        subject=profile,
        details={"case": case.pseudonym, "sha256": profile.content_hash},
    )
    _move(case=case, target=CaseState.PROFILE_LOCKED, actor=actor)
    return profile


def _check_criteria(case: Case, criteria: Sequence[CriterionEntry]) -> None:
    if not criteria:
        raise InvalidProfileError(_("A requirement profile needs at least one criterion."))
    names = [entry.name.strip() for entry in criteria]
    if not all(names) or len(set(names)) < len(names):
        raise InvalidProfileError(_("Every criterion needs a name of its own."))
    total = sum(entry.weight for entry in criteria)
    if not all(entry.weight > 0 for entry in criteria) or abs(total - 100) > WEIGHT_TOLERANCE:
        raise InvalidProfileError(
            _("The weights must be above 0 and sum to 100; they sum to %(total)s.")
            % {"total": f"{total:g}"}
        )
    for entry in criteria:
        _check_points(case, entry)


def _check_points(case: Case, entry: CriterionEntry) -> None:
    points = [*entry.anchors, *([] if entry.minimum is None else [entry.minimum])]
    for point in points:
        if not case.scale_low <= point <= case.scale_high:
            raise InvalidProfileError(
                _("%(criterion)s: %(point)s lies outside the scale %(low)s to %(high)s.")
                % {
                    "criterion": entry.name,
                    "point": f"{point:g}",
                    "low": f"{case.scale_low:g}",
                    "high": f"{case.scale_high:g}",
                }
            )
