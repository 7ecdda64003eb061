"""Whether a chain of relations ties an assessor to a side of a case."""

from second_opinion.engine.matching.conflicts.index import NameIndex
from second_opinion.engine.matching.conflicts.relations import (
    Finding,
    Identity,
    Party,
    Relation,
    Verdict,
)
from second_opinion.engine.matching.conflicts.search import Limits, find_conflicts

__all__ = [
    "Finding",
    "Identity",
    "Limits",
    "NameIndex",
    "Party",
    "Relation",
    "Verdict",
    "find_conflicts",
]
