"""When the candidates' time for a reply ends."""

from datetime import datetime

from django.utils import timezone

from second_opinion.candidates import selectors as candidates
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.cases.states import ReportOrder


def to_candidates_at(case: Case) -> datetime | None:
    """When the candidates could first read a report; None until then."""
    shown = case.report_versions.filter(to_candidates_at__isnull=False)
    first: datetime | None = (
        shown.order_by("to_candidates_at").values_list("to_candidates_at", flat=True).first()
    )
    return first


def replies_close_at(case: Case) -> datetime | None:
    """At 24:00 of the second working day after it, where the provider is; None until then."""
    shown_at = to_candidates_at(case)
    if shown_at is None:
        return None
    return candidates.replies_close_at(case, shown_at)


def are_replies_closed(case: Case) -> bool:
    """In practice nobody waits: its candidate is made up."""
    closes_at = replies_close_at(case)
    return closes_at is not None and (case.is_practice or closes_at <= timezone.now())


def is_candidate_first(case: Case) -> bool:
    """Whether the candidates read their report before the client does, as the order says."""
    return cases.report_order_of(case) == ReportOrder.CANDIDATE_FIRST
