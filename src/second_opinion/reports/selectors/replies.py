"""When the candidates' time for a reply ends.

Each time the client is to read something new, the candidates read it and can reply first. The
versions between one release to the client and the next are one turn: their time for a reply is
counted from the first that the candidates were given, and the version that holds their replies
goes to the client without another wait.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from second_opinion.candidates import selectors as candidates
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.cases.states import ReportOrder
from second_opinion.reports.models import ReportVersion


def to_candidates_at(case: Case) -> datetime | None:
    """When the newest turn began for the candidates; None until they could read any report."""
    newest = _shown_in(case).order_by("number").last()
    return None if newest is None else _turn_began_at(newest)


def replies_close_at(case: Case) -> datetime | None:
    """At 24:00 of the second working day after it, where the provider is; None until then."""
    return _closes_at(case, to_candidates_at(case))


def replies_to_close_at(version: ReportVersion) -> datetime | None:
    """The same for the turn of one version; None while it has not begun for the candidates."""
    return _closes_at(version.case, _turn_began_at(version))


def is_passed_over(version: ReportVersion) -> bool:
    """Whether the client has been given a later version: an older one goes nowhere any more."""
    later = version.case.report_versions.filter(
        number__gt=version.number, released_at__isnull=False
    )
    return later.exists()


def replies_open_until(case: Case) -> datetime | None:
    """When the candidates' time ends, while it runs."""
    return None if are_replies_closed(case) else replies_close_at(case)


def are_replies_closed(case: Case) -> bool:
    return is_past(case, replies_close_at(case))


def is_past(case: Case, closes_at: datetime | None) -> bool:
    """In practice nobody waits: its candidate is made up."""
    return closes_at is not None and (case.is_practice or closes_at <= timezone.now())


def is_candidate_first(case: Case) -> bool:
    """Whether the candidates read their report before the client does, as the order says."""
    return cases.report_order_of(case) == ReportOrder.CANDIDATE_FIRST


def _turn_began_at(version: ReportVersion) -> datetime | None:
    """When the candidates were first given a version after what the client had been given."""
    case = version.case
    before = case.report_versions.filter(number__lt=version.number, released_at__isnull=False)
    last = before.order_by("number").values_list("number", flat=True).last() or 0
    shown = _shown_in(case).filter(number__gt=last).order_by("to_candidates_at")
    first: datetime | None = shown.values_list("to_candidates_at", flat=True).first()
    return first


def _closes_at(case: Case, shown_at: datetime | None) -> datetime | None:
    return None if shown_at is None else candidates.replies_close_at(case, shown_at)


def _shown_in(case: Case) -> QuerySet[ReportVersion]:
    return case.report_versions.filter(to_candidates_at__isnull=False)
