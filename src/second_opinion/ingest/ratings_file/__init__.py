"""Ratings files: one of three shapes of delimited text, read into the engine's table."""

from second_opinion.ingest.ratings_file.columns import (
    AssessorsColumns,
    CriteriaColumns,
    LongColumns,
    RatingsColumns,
    ScaleOption,
    columns_from_options,
)
from second_opinion.ingest.ratings_file.reader import read_ratings_file
from second_opinion.ingest.ratings_file.result import RatingsFile

__all__ = [
    "AssessorsColumns",
    "CriteriaColumns",
    "LongColumns",
    "RatingsColumns",
    "RatingsFile",
    "ScaleOption",
    "columns_from_options",
    "read_ratings_file",
]
