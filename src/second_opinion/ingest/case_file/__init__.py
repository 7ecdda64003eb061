"""Case files: one TOML that describes a whole case, read into plain objects."""

from second_opinion.ingest.case_file.course import CommissionEntry, GuideEntry, UsedEntry
from second_opinion.ingest.case_file.entries import (
    BeliefEntry,
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
    StandingEntry,
)
from second_opinion.ingest.case_file.examples import EXAMPLE, EXAMPLES
from second_opinion.ingest.case_file.judging import RULE_KEYS, STANDARD_LIMITS, limits_rise
from second_opinion.ingest.case_file.reader import read_case_file
from second_opinion.ingest.case_file.storage import as_dict, from_dict
from second_opinion.ingest.case_file.written import (
    CONCLUSIONS,
    MOST_REASONS,
    AnswerEntry,
    OverrideEntry,
    SentenceEntry,
    SourceEntry,
    SourceKind,
    WrittenEntry,
    written_as_dict,
    written_from_dict,
)

__all__ = [
    "CONCLUSIONS",
    "EXAMPLE",
    "EXAMPLES",
    "MOST_REASONS",
    "RULE_KEYS",
    "STANDARD_LIMITS",
    "AnswerEntry",
    "BeliefEntry",
    "CaseFile",
    "CommissionEntry",
    "Connection",
    "CriterionEntry",
    "DependenceEntry",
    "GuideEntry",
    "InstrumentEntry",
    "InstrumentKind",
    "OpinionEntry",
    "OpinionKind",
    "OutlookEntry",
    "OverrideEntry",
    "RatingEntry",
    "ReadingEntry",
    "SentenceEntry",
    "SourceEntry",
    "SourceKind",
    "StandingEntry",
    "UsedEntry",
    "WrittenEntry",
    "as_dict",
    "from_dict",
    "limits_rise",
    "read_case_file",
    "written_as_dict",
    "written_from_dict",
]
