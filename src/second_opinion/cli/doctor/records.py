"""The rules of the house, asked of what is stored: each check names what breaks it."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from second_opinion.accounts.models import Person
from second_opinion.audit.analysis.log_tree import log_faults
from second_opinion.audit.models import Event, LogHead
from second_opinion.audit.selectors import rows_in_trouble
from second_opinion.audit.services import content_hash, has_case_key
from second_opinion.cases.models import Candidacy, Case, RequirementProfile
from second_opinion.cases.selectors import is_real, is_without_interview, profile_content
from second_opinion.cases.states import (
    BEGINS_AS,
    HAS_LOCKED_PROFILE,
    IS_OPENED,
    CaseState,
    may_become,
)
from second_opinion.cli.doctor.findings import Finding
from second_opinion.instruments.models import Result
from second_opinion.instruments.states import ResultKind
from second_opinion.opinions import analysis as opinions
from second_opinion.opinions.models import Opinion, Revision
from second_opinion.opinions.policies import CAN_BE_ENGAGED_IN
from second_opinion.opinions.selectors import around_of, content_of
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels.analysis import unresolved_in
from second_opinion.reports.models import ReportVersion, Share
from second_opinion.reports.selectors import case_file_of_version, is_as_written

MEND_RECORD = (
    "Somebody changed the database by hand; compare with a backup, and tell who it concerns."
)
MEND_OUTBOX = "Look at the row's last error and the mail server; it is tried again by itself."


# A report is given out by the first of these.
GIVEN = ("report.to_candidates", "report.released")


def record_findings() -> list[Finding]:
    checks = (
        _log_changed,
        _opened_before_all_was_sealed,
        _sealed_before_the_first,
        _seals_broken,
        _revisions_broken,
        _revised_after_a_report,
        _profiles_not_locked,
        _profiles_changed_since_locked,
        _journeys_with_illegal_steps,
        _reports_changed_since_written,
        _reports_released_too_early,
        _reports_of_what_was_not_sealed,
        _shared_before_released,
        _engaged_with_a_conflict,
    )
    findings = [
        Finding(area="records", problem=problem, mend=MEND_RECORD, stops_serving=False)
        for check in checks
        for problem in check()
    ]
    return findings + [
        Finding(
            area="records",
            problem=f"{row.kind} has failed {row.attempts} times: {row.last_error}",
            mend=MEND_OUTBOX,
            stops_serving=False,
        )
        for row in rows_in_trouble()
    ]


def _log_changed() -> Iterator[str]:
    try:
        head = LogHead.objects.first() or LogHead()
    except ValueError:
        yield "The head of the log cannot be read."
    else:
        yield from log_faults(head)


def _opened_before_all_was_sealed() -> Iterator[str]:
    opened = Case.objects.filter(state__in=IS_OPENED).exclude(opening__is_at_deadline=True)
    remaining = Candidacy.objects.filter(withdrawn_at__isnull=True)
    unsealed = remaining.filter(opinions__isnull=False, opinions__sealed_at__isnull=True)
    found = list(opened.filter(candidacies__in=unsealed).distinct())
    unrated = remaining.filter(opinions__isnull=True, case__in=opened).annotate(
        is_read=Exists(
            Result.objects.filter(candidacy=OuterRef("pk")).exclude(kind=ResultKind.QUESTIONNAIRE)
        )
    )
    found += [
        one.case
        for one in unrated.select_related("case")
        if not (one.is_read and is_without_interview(one.case))
    ]
    for case in dict.fromkeys(found):
        yield f"Case {case.reference} is {case.state}, but not all of its opinions are sealed."


def _sealed_before_the_first() -> Iterator[str]:
    # A first opinion that was asked for only afterwards could not have been waited for.
    awaited = Opinion.objects.filter(
        Q(sealed_at__isnull=True) | Q(sealed_at__gt=OuterRef("sealed_at")),
        candidacy__case=OuterRef("candidacy__case"),
        kind=OpinionKind.FIRST,
        candidacy__withdrawn_at__isnull=True,
        engaged_at__lt=OuterRef("sealed_at"),
    )
    later = Opinion.objects.exclude(kind=OpinionKind.FIRST).filter(sealed_at__isnull=False)
    for opinion in later.filter(Exists(awaited)).select_related("candidacy__case"):
        case = opinion.candidacy.case
        yield f"Case {case.reference}: opinion {opinion.pseudonym} was sealed before the first one."


def _seals_broken() -> Iterator[str]:
    """What can still be read must be what was committed to; what was erased cannot lie."""
    sealed = Opinion.objects.filter(sealed_at__isnull=False).select_related("candidacy__case")
    for opinion in sealed.iterator():
        case = opinion.candidacy.case
        if has_case_key(case) and not opinions.is_as_committed(opinion):
            yield f"Case {case.reference}: opinion {opinion.pseudonym} is not what was sealed."


def _revisions_broken() -> Iterator[str]:
    revisions = Revision.objects.select_related("opinion__candidacy__case")
    for revision in revisions.iterator():
        case = revision.opinion.candidacy.case
        if has_case_key(case) and not opinions.is_revision_as_committed(revision):
            yield f"Case {case.reference}: revision {revision.pseudonym} is not what was kept."


def _revised_after_a_report() -> Iterator[str]:
    """Whoever was given a report would have read something else."""
    given = ReportVersion.objects.filter(
        case=OuterRef("opinion__candidacy__case"), to_candidates_at__lt=OuterRef("at")
    )
    late = Revision.objects.filter(Exists(given)).select_related("opinion__candidacy__case")
    for revision in late:
        if _is_logged_before_any_report(revision):
            continue  # the clock was set back meanwhile: the log's order is the true one
        reference = revision.opinion.candidacy.case.reference
        yield f"Case {reference}: a rating was revised after a report had been given out."


def _is_logged_before_any_report(revision: Revision) -> bool:
    case = revision.opinion.candidacy.case.pseudonym
    revised = Event.objects.filter(subject=revision.pseudonym, verb="rating.revised").first()
    given = Event.objects.filter(case=case, verb__in=GIVEN).order_by("position").first()
    return revised is not None and given is not None and revised.position < given.position


def _profiles_not_locked() -> Iterator[str]:
    for case in Case.objects.filter(state__in=HAS_LOCKED_PROFILE).prefetch_related("profiles"):
        locked = [each for each in case.profiles.all() if each.locked_at is not None]
        if not locked:
            yield f"Case {case.reference} is {case.state} with 0 locked profiles."
        for profile in locked[1:]:
            if not profile.reason:
                yield f"Case {case.reference}: profile {profile.version} was locked with no reason."


def _profiles_changed_since_locked() -> Iterator[str]:
    locked = RequirementProfile.objects.filter(locked_at__isnull=False)
    for profile in locked.select_related("case").prefetch_related("criteria"):
        if content_hash(profile_content(profile)) != profile.content_hash:
            yield f"Case {profile.case.reference}: the locked requirement profile was changed."


def _journeys_with_illegal_steps() -> Iterator[str]:
    for case in Case.objects.prefetch_related("transitions"):
        steps = [(step.source, step.target) for step in case.transitions.all()]
        at = ""
        for source, target in steps:
            if source != at or not _is_legal(source, target):
                yield f"Case {case.reference} went from {source or 'nothing'} to {target}."
            at = target
        if at != case.state:
            yield f"Case {case.reference} is {case.state}, but its steps end at {at or 'nothing'}."


def _is_legal(source: str, target: str) -> bool:
    if not source:
        return target in BEGINS_AS
    return may_become(source, CaseState(target))


def _reports_changed_since_written() -> Iterator[str]:
    for version in ReportVersion.objects.select_related("case").iterator():
        if has_case_key(version.case) and not is_as_written(version):
            yield f"Case {version.case.reference}: report version {version.number} was changed."


def _reports_released_too_early() -> Iterator[str]:
    reported = IS_OPENED - {CaseState.OPENED}
    released = ReportVersion.objects.filter(released_at__isnull=False)
    for version in released.exclude(case__state__in=reported).select_related("case"):
        yield (
            f"Case {version.case.reference} is {version.case.state}, but report version "
            f"{version.number} was released."
        )


def _reports_of_what_was_not_sealed() -> Iterator[str]:
    """Whoever was given a report read nothing in it that no assessor has sealed."""
    given = ReportVersion.objects.filter(to_candidates_at__isnull=False).select_related("case")
    for version in given.iterator():
        if not has_case_key(version.case) or not is_as_written(version):
            continue
        sealed = Opinion.objects.filter(
            candidacy__case=version.case_id, sealed_at__isnull=False
        ).select_related("candidacy__case")
        written = [(opinion.kind, content_of(opinion).ratings) for opinion in sealed]
        if not all(
            (opinion.kind.value, opinion.ratings) in written
            for opinion in case_file_of_version(version).opinions
        ):
            yield (
                f"Case {version.case.reference}: report version {version.number} was given out "
                "with ratings that nobody has sealed."
            )


def _shared_before_released() -> Iterator[str]:
    early = Share.objects.filter(
        Q(version__released_at__isnull=True) | Q(version__released_at__gt=F("made_at"))
    )
    for share in early.select_related("version__case"):
        version = share.version
        yield (
            f"Case {version.case.reference}: report version {version.number} was shared before it "
            "was released."
        )


def _engaged_with_a_conflict() -> Iterator[str]:
    """Whatever was declared after somebody was engaged counts too, until the opening."""
    live = Case.objects.filter(is_real(), state__in=CAN_BE_ENGAGED_IN)
    for case in live.select_related("client", "provider", "orderer"):
        engaged = Opinion.objects.filter(candidacy__case=case).exclude(kind=OpinionKind.FIRST)
        people = Person.objects.filter(opinions__in=engaged).distinct()
        for key in unresolved_in(case, people, around=around_of(case)):
            opinion = engaged.filter(assessor=key).order_by("pk")[0]
            yield (
                f"Case {case.reference}: opinion {opinion.pseudonym} is an assessor’s with a "
                "conflict of interest that nobody has cleared."
            )
