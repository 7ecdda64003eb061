"""What a person may see of cases, decided here once: every list, count and mail starts here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.states import Role
from second_opinion.cases.models import (
    Candidacy,
    Case,
    CaseTransition,
    Criterion,
    RequirementProfile,
    StandardRule,
)
from second_opinion.cases.states import CaseState, NextAction
from second_opinion.ingest.case_file import STANDARD_LIMITS

# Of what each state waits for; what an assessment waits for only the opinions room knows.
WAITS_FOR = {
    CaseState.ORDERED: NextAction.LOCK_PROFILE,
    CaseState.PROFILE_LOCKED: NextAction.START_ASSESSMENT,
    CaseState.IN_ASSESSMENT: NextAction.SEAL_OPINIONS,
    CaseState.OPENED: NextAction.RELEASE_REPORT,
    CaseState.REPORTED: NextAction.DECIDE,
    CaseState.DECIDED: NextAction.CLOSE_CASE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStep:
    state: CaseState
    at: datetime
    who: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    action: NextAction
    waiting_for: tuple[str, ...]  # display names; empty where they are not the reader's business
    since: datetime
    due_on: date  # ends at 24:00

    @property
    def sentence(self) -> str:
        """In the words of somebody who looks on, for example "Waiting for Anna to decide."."""
        if not self.waiting_for:
            return _("The assessment is under way.")
        return _sentence(self.action) % {"who": _listed(self.waiting_for)}


def cases_visible_to(person: Person) -> QuerySet[Case]:
    """A coordinator sees the provider's cases, an orderer what they ordered themselves."""
    runs = person.memberships.filter(role=Role.COORDINATOR).values("organisation")
    orders = person.memberships.filter(role=Role.ORDERER).values("organisation")
    latest = CaseTransition.objects.filter(case=OuterRef("pk")).order_by("-pk").values("at")[:1]
    return (
        Case.objects.filter(Q(provider__in=runs) | Q(orderer=person, client__in=orders))
        .select_related("client", "provider", "orderer", "coordinator")
        .prefetch_related("candidacies")
        .annotate(state_since=Subquery(latest))
    )


def case_for(person: Person, pseudonym: UUID) -> Case | None:
    return cases_visible_to(person).filter(pseudonym=pseudonym).first()


def timeline_of(case: Case) -> list[TimelineStep]:
    return [
        TimelineStep(
            state=CaseState(step.target), at=step.at, who=step.actor.name, reason=step.reason
        )
        for step in case.transitions.select_related("actor")
    ]


def state_since(case: Case) -> datetime:
    """When the case came into its state; no query for cases out of `cases_visible_to`."""
    since: datetime | None = getattr(case, "state_since", None)
    if since is None:
        latest = case.transitions.last()
        since = latest.at if latest else case.ordered_at
    return since


def due_at(case: Case) -> datetime:
    """The end of the due date, 24:00 where the provider is."""
    zone = ZoneInfo(case.provider.time_zone)
    return datetime.combine(case.due_on + timedelta(days=1), time.min, tzinfo=zone)


def is_past_due(case: Case) -> bool:
    return due_at(case) <= timezone.now()


def next_step(
    case: Case, *, action: NextAction | None = None, waiting_for: Sequence[str] | None = None
) -> NextStep | None:
    """What moves the case on, and by whom; None when it is over.

    Where the names are not handed in it waits for the orderer to decide, and otherwise for the
    coordinator. Whom an assessment waits for, `opinions.selectors.next_step` says, on top of this.
    """
    action = action or WAITS_FOR.get(CaseState(case.state))
    if action is None:
        return None
    if waiting_for is None:
        person = case.orderer if action == NextAction.DECIDE else case.coordinator
        waiting_for = [person.name]
    return NextStep(
        action=action,
        waiting_for=tuple(waiting_for),
        since=state_since(case),
        due_on=case.due_on,
    )


def current_profile(case: Case) -> RequirementProfile | None:
    return case.profiles.order_by("version").last()


def locked_profile(case: Case) -> RequirementProfile | None:
    return case.profiles.filter(locked_at__isnull=False).order_by("version").last()


def criteria_of(case: Case) -> QuerySet[Criterion]:
    """Of the newest version of the requirement profile."""
    profile = current_profile(case)
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
    """What is hashed when a profile is locked."""
    was_kept = profile.conclusion_rule is not None or profile.locked_at is None
    rule = {"conclusion_rule": dict(rule_of(profile))} if was_kept else {}
    return {
        **rule,
        "case": str(profile.case.pseudonym),
        "version": profile.version,
        "scale": [profile.case.scale_low, profile.case.scale_high],
        "bar": profile.case.bar,
        "criteria": [
            {
                "name": criterion.name,
                "definition": criterion.definition,
                "weight": criterion.weight,
                "minimum": criterion.minimum,
                "anchors": criterion.anchors,
            }
            for criterion in profile.criteria.all()
        ],
    }


def candidacies_of(case: Case) -> QuerySet[Candidacy]:
    """All of them, withdrawn ones too."""
    return case.candidacies.all()


def remaining_candidacies_of(case: Case) -> QuerySet[Candidacy]:
    """Those that have not withdrawn: whom opinions and the opening are waited for."""
    return case.candidacies.filter(withdrawn_at__isnull=True)


def _sentence(action: NextAction) -> str:
    return {
        NextAction.LOCK_PROFILE: _("Waiting for %(who)s to lock the requirement profile."),
        NextAction.START_ASSESSMENT: _("Waiting for %(who)s to start the assessment."),
        NextAction.ENGAGE_ASSESSORS: _("Waiting for %(who)s to engage assessors."),
        NextAction.SEAL_OPINIONS: _("Waiting for %(who)s to seal the assessment."),
        NextAction.OPEN_CASE: _("All is sealed. Waiting for %(who)s to open the case."),
        NextAction.RELEASE_REPORT: _("Waiting for %(who)s to write and release the report."),
        NextAction.DECIDE: _("Waiting for %(who)s to decide."),
        NextAction.CLOSE_CASE: _("Waiting for %(who)s to close the case."),
    }[action]


def _listed(names: Sequence[str]) -> str:
    """Names as one writes them in a sentence: Anna, Bo and Cilla."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
