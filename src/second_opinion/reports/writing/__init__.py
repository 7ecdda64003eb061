"""From a case and its figures to words: the report as one plain object."""

from second_opinion.reports.writing.afterwards import with_addendum, with_revisions_for_candidate
from second_opinion.reports.writing.annex import write_test_annex
from second_opinion.reports.writing.document import ReportDocument
from second_opinion.reports.writing.explanation import write_explanation
from second_opinion.reports.writing.for_candidate import write_for_candidate
from second_opinion.reports.writing.memo import write_memo
from second_opinion.reports.writing.oral_summary import write_oral_summary
from second_opinion.reports.writing.report import write_document
from second_opinion.reports.writing.starting import write_getting_started

__all__ = [
    "ReportDocument",
    "with_addendum",
    "with_revisions_for_candidate",
    "write_document",
    "write_explanation",
    "write_for_candidate",
    "write_getting_started",
    "write_memo",
    "write_oral_summary",
    "write_test_annex",
]
