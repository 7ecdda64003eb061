"""What a report says of one criterion."""

from second_opinion.reports.writing.criterion.evidence import paragraphs_of
from second_opinion.reports.writing.criterion.section import criterion_section

__all__ = ["criterion_section", "paragraphs_of"]
