"""The requirement profile: its versions, what is hashed, and who has approved."""

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from second_opinion.accounts.models import Organisation, Person
from second_opinion.cases.models import (
    Case,
    Criterion,
    Decider,
    ProfileAnswer,
    RequirementProfile,
    StandardRule,
)
from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import STANDARD_LIMITS

FEWEST_LEVELS = 3  # described levels of a criterion
ASKS_DECIDERS = (CaseState.ORDERED, CaseState.PROFILE_LOCKED)


def current_profile(case: Case) -> RequirementProfile | None:
    """The newest version, locked or not."""
    return case.profiles.order_by("version").last()


def locked_profile(case: Case) -> RequirementProfile | None:
    """The newest version that is locked: what is assessed by."""
    return case.profiles.filter(locked_at__isnull=False).order_by("version").last()


def pending_profile(case: Case) -> RequirementProfile | None:
    """The newest version while it is not locked."""
    profile = current_profile(case)
    return profile if profile is not None and profile.locked_at is None else None


def profiles_of(case: Case) -> QuerySet[RequirementProfile]:
    """All versions with their criteria and answers, the oldest first."""
    answers = Prefetch("answers", ProfileAnswer.objects.select_related("person"))
    return case.profiles.prefetch_related("criteria", answers)


def criteria_of(case: Case) -> QuerySet[Criterion]:
    """Of the locked version, and before there is one of the newest."""
    profile = locked_profile(case) or current_profile(case)
    return Criterion.objects.filter(profile=profile) if profile else Criterion.objects.none()


def standard_rule_of(provider: Organisation) -> Mapping[str, float]:
    """The limits that this provider's new profiles begin with, by name; all of them."""
    newest = StandardRule.objects.filter(provider=provider).last()
    return STANDARD_LIMITS if newest is None else {**STANDARD_LIMITS, **newest.limits}


def rule_of(profile: RequirementProfile) -> Mapping[str, float]:
    """The limits that a profile's conclusions are drawn by, all of them, by name."""
    if profile.conclusion_rule is not None:
        return {**STANDARD_LIMITS, **profile.conclusion_rule}
    return STANDARD_LIMITS if profile.locked_at else standard_rule_of(profile.case.provider)


def profile_content(profile: RequirementProfile) -> dict[str, object]:
    """What is hashed when a profile is answered or locked."""
    was_kept = profile.conclusion_rule is not None or profile.locked_at is None
    rule = {"conclusion_rule": dict(rule_of(profile))} if was_kept else {}
    return {
        **rule,
        "case": str(profile.case.pseudonym),
        "version": profile.version,
        "scale": [profile.case.scale_low, profile.case.scale_high],
        "bar": profile.case.bar,
        "criteria": [_criterion_content(criterion) for criterion in profile.criteria.all()],
    }


def _criterion_content(criterion: Criterion) -> dict[str, object]:
    # What came later is left out where it is empty: profiles of before it keep their hash.
    later = {
        "reason": criterion.reason,
        "methods": criterion.methods,
        "library_key": criterion.library_key,
        "interview": criterion.interview,
    }
    return {
        "name": criterion.name,
        "definition": criterion.definition,
        "weight": criterion.weight,
        "minimum": criterion.minimum,
        "anchors": criterion.anchors,
    } | {name: value for name, value in later.items() if value}


def deciders_of(case: Case) -> QuerySet[Person]:
    """Who must approve the profile, and is asked for a decision."""
    return Person.objects.filter(decides_in__case=case)


def is_decider(person: Person, case: Case) -> bool:
    return case.deciders.filter(person=person).exists()


def answers_to(profile: RequirementProfile) -> list[ProfileAnswer]:
    """Each decider's latest answer to this version."""
    latest = {answer.person_id: answer for answer in profile.answers.select_related("person")}
    return list(latest.values())


def has_answers(profile: RequirementProfile) -> bool:
    return profile.answers.exists()


def approvals_awaited(of_cases: Iterable[Case]) -> dict[int, tuple[Person, ...]]:
    """By case, the deciders who have not approved the version that is not locked yet.

    Constant in the number of cases; a case that waits for nobody is not in it.
    """
    asking = [case for case in of_cases if case.state in ASKS_DECIDERS]
    if not asking:
        return {}
    newest = {
        profile.case_id: profile
        for profile in RequirementProfile.objects.filter(case__in=asking)
        .order_by("version")
        .prefetch_related("answers")
    }
    pending = {pk: profile for pk, profile in newest.items() if profile.locked_at is None}
    awaited: dict[int, list[Person]] = {}
    for decider in Decider.objects.filter(case__in=pending).select_related("person"):
        if not _has_approved(decider.person_id, pending[decider.case_id]):
            awaited.setdefault(decider.case_id, []).append(decider.person)
    return {pk: tuple(people) for pk, people in awaited.items()}


def is_approval_awaited(*, by: Person | None = None) -> Exists:
    """`approvals_awaited` for a query of cases: of anybody, or of one person."""
    newest = RequirementProfile.objects.filter(case=OuterRef("case")).order_by("-version")
    latest = ProfileAnswer.objects.filter(profile=OuterRef("pending"), person=OuterRef("person"))
    deciders = Decider.objects.filter(case=OuterRef("pk")).annotate(
        pending=Subquery(newest.values("pk")[:1]),
        locked_at=Subquery(newest.values("locked_at")[:1]),
        has_approved=Subquery(latest.order_by("-pk").values("is_approval")[:1]),
    )
    awaited = deciders.filter(
        Q(has_approved=False) | Q(has_approved__isnull=True),
        pending__isnull=False,
        locked_at__isnull=True,
    )
    return Exists(awaited.filter(person=by) if by else awaited)


def _has_approved(person_id: int, profile: RequirementProfile) -> bool:
    theirs = [answer for answer in profile.answers.all() if answer.person_id == person_id]
    return bool(theirs) and theirs[-1].is_approval
