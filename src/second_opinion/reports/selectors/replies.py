"""When the candidates' time for a reply ends.

Each time the client is to read something new, the candidates read it and can reply first. The
versions between one release to the client and the next are one turn: their time for a reply is
counted from the first that the candidates were given, and the version that holds their replies
goes to the client without another wait.
"""

from datetime import datetime
from typing import TypeAlias

from django.utils import timezone

from second_opinion.candidates import selectors as candidates
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.cases.states import ReportOrder
from second_opinion.reports.models import ReportVersion

_Given: TypeAlias = tuple[int, datetime | None, datetime | None]


def to_candidates_at(case: Case) -> datetime | None:
    """When the newest turn began for the candidates; None until they could read any report."""
    given = _given_out(case)
    shown = [number for number, to_candidates, _ in given if to_candidates is not None]
    return _turn_began_at(given, shown[-1]) if shown else None


def replies_close_at(case: Case) -> datetime | None:
    """At 24:00 of the second working day after it, where the provider is; None until then."""
    return _closes_at(case, to_candidates_at(case))


def replies_to_close_at(version: ReportVersion) -> datetime | None:
    """The same for the turn of one version; None while it has not begun for the candidates."""
    given = _given_out(version.case)
    return _closes_at(version.case, _turn_began_at(given, version.number))


def is_passed_over(version: ReportVersion) -> bool:
    """Whether the client has been given a later version: an older one goes nowhere any more."""
    later = version.case.report_versions.filter(
        number__gt=version.number, released_at__isnull=False
    )
    return later.exists()


def replies_open_until(case: Case) -> datetime | None:
    """When the candidates' time ends, while it runs."""
    closes_at = replies_close_at(case)
    return None if is_past(case, closes_at) else closes_at


def are_replies_closed(case: Case) -> bool:
    return is_past(case, replies_close_at(case))


def is_past(case: Case, closes_at: datetime | None) -> bool:
    """In practice nobody waits: its candidate is made up."""
    return closes_at is not None and (case.is_practice or closes_at <= timezone.now())


def is_candidate_first(case: Case) -> bool:
    """Whether the candidates read their report before the client does, as the order says."""
    return cases.report_order_of(case) == ReportOrder.CANDIDATE_FIRST


def _given_out(case: Case) -> list[_Given]:
    """Of each version, oldest first: its number, when the candidates and the client were given it.

    A case has a handful, and pages ask for them in several ways.
    """
    versions = case.report_versions.order_by("number")
    return list(versions.values_list("number", "to_candidates_at", "released_at"))


def _turn_began_at(given: list[_Given], number: int) -> datetime | None:
    """When the candidates were first given a version after what the client had been given."""
    before = max((each for each, _, at in given if each < number and at is not None), default=0)
    shown = [at for each, at, _ in given if each > before and at is not None]
    return min(shown, default=None)


def _closes_at(case: Case, shown_at: datetime | None) -> datetime | None:
    return None if shown_at is None else candidates.replies_close_at(case, shown_at)
