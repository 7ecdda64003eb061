"""Writing and releasing reports, and what the client does with them."""

from second_opinion.reports.services.deciding import (
    answer_quickly,
    close_case,
    is_against_report,
    record_decision,
)
from second_opinion.reports.services.versions import (
    REPORT_RELEASED,
    REPORT_TO_CANDIDATES,
    release_report,
    release_to_candidates,
    write_report,
)

__all__ = [
    "REPORT_RELEASED",
    "REPORT_TO_CANDIDATES",
    "answer_quickly",
    "close_case",
    "is_against_report",
    "record_decision",
    "release_report",
    "release_to_candidates",
    "write_report",
]
