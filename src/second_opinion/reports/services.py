from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import content_hash, enqueue, record_event
from second_opinion.cases.models import Case
from second_opinion.cases.services import mark_reported
from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import as_dict
from second_opinion.reports import policies, selectors
from second_opinion.reports.analysis import method_of
from second_opinion.reports.models import ReportVersion

REPORT_RELEASED = "report.released"


@transaction.atomic
def write_report(*, actor: Person, case: Case) -> ReportVersion:
    """Fix what the report is made from as a new version, for the coordinators' eyes only."""
    case = _locked_case(case)
    require(policies.may_write_report(actor, case))
    unblinded = selectors.case_file_of(case)
    case_file = as_dict(unblinded)
    newest = case.report_versions.aggregate(newest=Max("number"))["newest"] or 0
    version = ReportVersion.objects.create(
        case=case,
        number=newest + 1,
        input=case_file,
        input_hash=content_hash(case_file),
        method=method_of(unblinded, selectors.earlier_opinions(case)),
        author=actor,
    )
    record_event(
        actor=actor,
        verb="report.written",
        subject=version,
        details={"case": case.pseudonym, "number": version.number, "sha256": version.input_hash},
    )
    return version


@transaction.atomic
def release_report(*, actor: Person, version: ReportVersion) -> ReportVersion:
    """Let the orderer read a version; tell them by a mail that says nothing of its content."""
    case = _locked_case(version.case)
    version = ReportVersion.objects.select_for_update().get(pk=version.pk)
    version.case = case
    require(policies.may_release_report(actor, version))
    version.released_at = timezone.now()
    version.save(update_fields=["released_at"])
    record_event(
        actor=actor,
        verb=REPORT_RELEASED,
        subject=version,
        details={"case": case.pseudonym, "number": version.number, "sha256": version.input_hash},
    )
    if case.state == CaseState.OPENED:
        mark_reported(actor=actor, case=case)
    enqueue(kind=REPORT_RELEASED, subject=version)
    return version


def _locked_case(case: Case) -> Case:
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("client", "provider")
        .get(pk=case.pk)
    )
