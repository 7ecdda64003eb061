"""Which versions of a report a person may read, decided here once; and what is stored in one."""

import json
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from second_opinion.accounts.models import Person
from second_opinion.accounts.states import Role
from second_opinion.audit.errors import UnreadableError
from second_opinion.audit.services import content_hash, decrypt
from second_opinion.cases.models import Candidacy, Case
from second_opinion.ingest.case_file import (
    CaseFile,
    from_dict,
)
from second_opinion.reports.models import AuthorNaming, ReportVersion
from second_opinion.reports.selectors.deciders import decided_by


def reports_visible_to(person: Person) -> QuerySet[ReportVersion]:
    """The provider's coordinators see every version, orderer and deciders the released ones.

    An assessor who was named to write sees what he or she has signed, while still an assessor
    there, and no version of anybody else's.
    """
    runs = person.memberships.filter(role=Role.COORDINATOR).values("organisation")
    orders = person.memberships.filter(role=Role.ORDERER).values("organisation")
    is_reader = Q(case__orderer=person, case__client__in=orders) | Q(case__in=decided_by(person))
    assesses = person.memberships.filter(role=Role.ASSESSOR).values("organisation")
    named = AuthorNaming.objects.filter(case=OuterRef("case"), author=person)
    has_signed = Q(Exists(named), author=person, case__provider__in=assesses)
    return ReportVersion.objects.filter(
        Q(case__provider__in=runs) | (is_reader & Q(released_at__isnull=False)) | has_signed
    ).select_related("case__client", "case__provider", "author")


def report_for(person: Person, pseudonym: UUID) -> ReportVersion | None:
    return reports_visible_to(person).filter(pseudonym=pseudonym).first()


def reports_of(case: Case, *, person: Person) -> QuerySet[ReportVersion]:
    """Newest first."""
    return reports_visible_to(person).filter(case=case).order_by("-number")


def version_for_candidate(candidacy: Candidacy) -> ReportVersion | None:
    """The newest version that the candidates were given, for one who is still in the case."""
    if candidacy.is_withdrawn:
        return None
    shown = ReportVersion.objects.filter(
        case=candidacy.case_id, to_candidates_at__isnull=False
    ).select_related("case__client", "case__provider")
    return shown.order_by("number").last()


def case_file_of_version(version: ReportVersion) -> CaseFile:
    """What this report version was written from."""
    return from_dict(input_of(version))


def input_of(version: ReportVersion) -> dict[str, Any]:
    """Raises ErasedError where the case's key is gone."""
    text = decrypt(version.input, case=version.case, label=input_label(version.pseudonym))
    found: dict[str, Any] = json.loads(text)
    return found


def is_as_written(version: ReportVersion) -> bool:
    """Whether a stored version still is what its hash is of."""
    try:
        return content_hash(input_of(version)) == version.input_hash
    except UnreadableError:
        return False


def input_label(pseudonym: UUID) -> str:
    return f"report:{pseudonym}"
