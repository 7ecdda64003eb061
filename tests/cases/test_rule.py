"""The rule that conclusions are drawn by: whose it is, and when it is fixed."""

import dataclasses

import pytest
from django.db import IntegrityError, transaction

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.models import Event
from second_opinion.audit.services import content_hash
from second_opinion.cases import selectors, services
from second_opinion.cases.errors import InvalidProfileError
from second_opinion.cases.models import RequirementProfile, StandardRule
from second_opinion.cases.states import CaseState
from second_opinion.engine.decision import ConclusionRule
from second_opinion.ingest.case_file import STANDARD_LIMITS
from tests import factories

pytestmark = pytest.mark.django_db

STRICT = {**STANDARD_LIMITS, "supported_from": 0.9}
STRICTER = {**STANDARD_LIMITS, "supported_from": 0.95}


def profile_of(case):
    return RequirementProfile.objects.get(case=case)


def test_the_standard_limits_are_the_engines():
    assert dict(STANDARD_LIMITS) == dataclasses.asdict(ConclusionRule())


def test_a_case_locks_the_standard_rule_where_nobody_set_another(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)

    assert profile_of(case).conclusion_rule == dict(STANDARD_LIMITS)


def test_a_case_locks_the_providers_standard(cast):
    services.set_standard_rule(actor=cast.coordinator, provider=cast.provider, limits=STRICT)

    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)

    assert profile_of(case).conclusion_rule == STRICT


def test_a_cases_own_rule_goes_before_the_providers(cast):
    services.set_standard_rule(actor=cast.coordinator, provider=cast.provider, limits=STRICT)
    case = factories.make_case(cast)
    services.write_profile(actor=cast.coordinator, case=case, criteria=factories.CRITERIA)
    services.set_case_rule(actor=cast.coordinator, case=case, limits=STRICTER)

    services.lock_profile(actor=cast.coordinator, case=case)

    assert profile_of(case).conclusion_rule == STRICTER


def test_a_new_standard_changes_no_locked_profile(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    before = profile_of(case)

    services.set_standard_rule(actor=cast.coordinator, provider=cast.provider, limits=STRICT)

    profile = profile_of(case)
    assert selectors.rule_of(profile) == STANDARD_LIMITS
    assert content_hash(selectors.profile_content(profile)) == before.content_hash


def test_the_rule_is_part_of_what_is_hashed(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    content = selectors.profile_content(profile_of(case))

    assert content["conclusion_rule"] == dict(STANDARD_LIMITS)
    assert content_hash({**content, "conclusion_rule": STRICT}) != profile_of(case).content_hash


def test_a_profile_from_before_rules_were_kept_keeps_its_hash_and_the_standard(cast):
    case = factories.make_case(cast)
    services.write_profile(actor=cast.coordinator, case=case, criteria=factories.CRITERIA)
    profile = profile_of(case)
    content = selectors.profile_content(profile)
    del content["conclusion_rule"]
    RequirementProfile.objects.filter(pk=profile.pk).update(
        locked_at=case.ordered_at, content_hash=content_hash(content)
    )
    services.set_standard_rule(actor=cast.coordinator, provider=cast.provider, limits=STRICT)

    profile = profile_of(case)
    assert content_hash(selectors.profile_content(profile)) == profile.content_hash
    assert selectors.rule_of(profile) == STANDARD_LIMITS


def test_a_locked_rule_cannot_be_set_by_the_service_nor_behind_its_back(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)

    with pytest.raises(NotAllowedError, match="until it is locked"):
        services.set_case_rule(actor=cast.coordinator, case=case, limits=STRICT)
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        RequirementProfile.objects.filter(case=case).update(conclusion_rule=STRICT)


def test_a_standard_rule_is_never_changed_or_taken_away(cast):
    services.set_standard_rule(actor=cast.coordinator, provider=cast.provider, limits=STRICT)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        StandardRule.objects.update(limits=STRICTER)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        StandardRule.objects.all().delete()


@pytest.mark.parametrize("who", ["orderer", "assessor", "stranger"])
def test_only_the_providers_coordinators_set_a_rule(who, cast):
    case = factories.make_case(cast)

    with pytest.raises(NotAllowedError, match="Only a coordinator"):
        services.set_standard_rule(actor=getattr(cast, who), provider=cast.provider, limits=STRICT)
    with pytest.raises(NotAllowedError, match="Only a coordinator"):
        services.set_case_rule(actor=getattr(cast, who), case=case, limits=STRICT)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"supported_from": 1.2}, "between 0 and 100"),
        ({"widest_interval": float("nan")}, "between 0 and 100"),
        ({"interval_level": 1.0}, "sometimes and not always"),
        ({"conditions_from": 0.2}, "must rise"),
        ({"made_up": 0.5}, "every one of its limits"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_and_nothing_is_kept(change, sentence, cast):
    with pytest.raises(InvalidProfileError, match=sentence):
        services.set_standard_rule(
            actor=cast.coordinator, provider=cast.provider, limits={**STANDARD_LIMITS, **change}
        )

    assert not StandardRule.objects.exists()
    assert not Event.objects.filter(verb="rule.set").exists()
