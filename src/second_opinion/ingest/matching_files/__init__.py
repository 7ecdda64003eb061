"""Files of cases, assessors and conflicts of interest, to be matched."""

from second_opinion.ingest.matching_files.assessors import read_assessors
from second_opinion.ingest.matching_files.cases import MOST_ASSESSORS, read_cases
from second_opinion.ingest.matching_files.conflicts import read_conflicts
from second_opinion.ingest.matching_files.entries import (
    Conflict,
    MatchingAssessor,
    MatchingCase,
    Shown,
    key_of,
)
from second_opinion.ingest.matching_files.examples import MATCHING_EXAMPLES

__all__ = [
    "MATCHING_EXAMPLES",
    "MOST_ASSESSORS",
    "Conflict",
    "MatchingAssessor",
    "MatchingCase",
    "Shown",
    "key_of",
    "read_assessors",
    "read_cases",
    "read_conflicts",
]
