"""Ratings files: one of three shapes of delimited text, read into the engine's table."""

from second_opinion.ingest.ratings_file.columns import (
    AssessorsColumns,
    CriteriaColumns,
    LongColumns,
    RatingsColumns,
    ScaleOption,
    columns_from_options,
    scale_options,
)
from second_opinion.ingest.ratings_file.numbers import number_of
from second_opinion.ingest.ratings_file.reader import (
    ratings_of_part,
    ratings_of_sheet,
    read_ratings_file,
    read_sheet,
)
from second_opinion.ingest.ratings_file.rearranged import numbered, transposed, with_codes
from second_opinion.ingest.ratings_file.result import RatingsFile
from second_opinion.ingest.ratings_file.sheet import Header, Sheet, joined_sheet
from second_opinion.ingest.ratings_file.values import TextColumn

__all__ = [
    "AssessorsColumns",
    "CriteriaColumns",
    "Header",
    "LongColumns",
    "RatingsColumns",
    "RatingsFile",
    "ScaleOption",
    "Sheet",
    "TextColumn",
    "columns_from_options",
    "joined_sheet",
    "number_of",
    "numbered",
    "ratings_of_part",
    "ratings_of_sheet",
    "read_ratings_file",
    "read_sheet",
    "scale_options",
    "transposed",
    "with_codes",
]
