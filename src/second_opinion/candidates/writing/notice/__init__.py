"""The notice: all that a candidate must be told before anything is assessed.

Complete under articles 13 and 14 of the GDPR: who is responsible, purpose, legal ground, source
and kinds of data, recipients, retention, rights, complaint, and how figures come about.
"""

from second_opinion.candidates.writing.notice.facts import (
    EXPERIENCE,
    FEEDBACK,
    INTERVIEW,
    KEPT_MONTHS,
    READ,
    REPORT,
    NoticeFacts,
    ToAnswer,
)
from second_opinion.candidates.writing.notice.sections import KEYS, write_sections

__all__ = [
    "EXPERIENCE",
    "FEEDBACK",
    "INTERVIEW",
    "KEPT_MONTHS",
    "KEYS",
    "READ",
    "REPORT",
    "NoticeFacts",
    "ToAnswer",
    "write_sections",
]
