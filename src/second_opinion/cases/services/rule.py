"""The rule that conclusions are drawn by: the provider's standard, and a case's own."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import content_hash, record_event
from second_opinion.cases import policies, selectors
from second_opinion.cases.errors import InvalidProfileError
from second_opinion.cases.models import Case, RequirementProfile, StandardRule
from second_opinion.cases.services.journey import _locked_row
from second_opinion.cases.services.profile import editable_profile
from second_opinion.ingest.case_file import RULE_KEYS, limits_rise


@transaction.atomic
def set_standard_rule(
    *, actor: Person, provider: Organisation, limits: Mapping[str, float]
) -> StandardRule:
    """What the provider's profiles begin with from now on; no profile that is locked changes."""
    require(policies.may_set_standard(actor, provider))
    rule = StandardRule.objects.create(provider=provider, limits=_checked(limits), author=actor)
    record_event(
        actor=actor,
        verb="rule.set",
        subject=rule,
        case=None,
        details={"provider": provider.pseudonym, "sha256": content_hash(rule.limits)},
    )
    return rule


@transaction.atomic
def set_case_rule(*, actor: Person, case: Case, limits: Mapping[str, float]) -> RequirementProfile:
    """The rule of one case, until its requirement profile is locked."""
    case = _locked_row(case)
    require(policies.may_run(actor, case))  # the provider answers for how conclusions are drawn
    require(policies.may_change_profile(actor, case))
    if selectors.current_profile(case) is None:
        raise InvalidProfileError(_("Write the requirement profile before you set its rule."))
    profile = editable_profile(case)
    profile.conclusion_rule = _checked(limits)
    profile.save(update_fields=["conclusion_rule"])
    record_event(
        actor=actor,
        verb="profile.rule_set",
        subject=profile,
        case=case,
        details={"case": case.pseudonym, "sha256": content_hash(profile.conclusion_rule)},
    )
    return profile


def _checked(limits: Mapping[str, float]) -> dict[str, float]:
    if set(limits) != set(RULE_KEYS):
        raise InvalidProfileError(_("The rule needs every one of its limits, and no others."))
    # Written so that not-a-number fails too.
    if not all(0 <= limit <= 1 for limit in limits.values()):
        raise InvalidProfileError(_("Every limit of the rule lies between 0 and 100 %."))
    if not 0 < limits["interval_level"] < 1:
        raise InvalidProfileError(_("The interval must hold the truth sometimes and not always."))
    if not limits_rise(limits):
        raise InvalidProfileError(
            _(
                "The limits must rise: “does not support” up to the lowest, “with conditions” from "
                "the middle one, “supports” from the highest."
            )
        )
    return {key: float(limits[key]) for key in RULE_KEYS}
