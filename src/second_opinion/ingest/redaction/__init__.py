"""A text with what says who somebody is put out of sight, for raters who only read.

It is less recognisable, and never more than that: who knows the person may know them still.
"""

from second_opinion.ingest.redaction.documents import text_of_document
from second_opinion.ingest.redaction.entities import Entities, Kind
from second_opinion.ingest.redaction.masking import Mask, Redacted, places_of, redact, restored
from second_opinion.ingest.redaction.residue import Residue, Risk, residual_risks
from second_opinion.ingest.redaction.sheet import Fact, standard_sheet

__all__ = [
    "Entities",
    "Fact",
    "Kind",
    "Mask",
    "Redacted",
    "Residue",
    "Risk",
    "places_of",
    "redact",
    "residual_risks",
    "restored",
    "standard_sheet",
    "text_of_document",
]
