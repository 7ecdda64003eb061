"""Case files: one TOML that describes a whole case, read into plain objects."""

from second_opinion.ingest.case_file.entries import (
    CaseFile,
    Connection,
    CriterionEntry,
    DependenceEntry,
    InstrumentEntry,
    InstrumentKind,
    OpinionEntry,
    OpinionKind,
    OutlookEntry,
    RatingEntry,
    ReadingEntry,
)
from second_opinion.ingest.case_file.examples import EXAMPLE, EXAMPLES
from second_opinion.ingest.case_file.reader import read_case_file
from second_opinion.ingest.case_file.storage import as_dict, from_dict

__all__ = [
    "EXAMPLE",
    "EXAMPLES",
    "CaseFile",
    "Connection",
    "CriterionEntry",
    "DependenceEntry",
    "InstrumentEntry",
    "InstrumentKind",
    "OpinionEntry",
    "OpinionKind",
    "OutlookEntry",
    "RatingEntry",
    "ReadingEntry",
    "as_dict",
    "from_dict",
    "read_case_file",
]
