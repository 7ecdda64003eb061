"""Why opinions on one candidate differ: what figures can tell, and what must be asked."""

from second_opinion.engine.combination.disagreement.causes import (
    REMEDIES,
    DeclaredFact,
    DisagreementPrior,
    DisagreementType,
    Fact,
    Remedy,
)
from second_opinion.engine.combination.disagreement.diagnosis import Diagnosis, diagnose

__all__ = [
    "REMEDIES",
    "DeclaredFact",
    "Diagnosis",
    "DisagreementPrior",
    "DisagreementType",
    "Fact",
    "Remedy",
    "diagnose",
]
