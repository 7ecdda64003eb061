"""The tables of this room. What was declared, decided or said stays: corrections are new rows."""

from second_opinion.panels.models.imports import (
    CompetenceImport,
    ImportedCompetence,
    VocabularyIndex,
)
from second_opinion.panels.models.mails import CertificateMail
from second_opinion.panels.models.proposals import (
    Declaration,
    NeedsVersion,
    Proposal,
    ProposalStep,
)
from second_opinion.panels.models.register import (
    AssessorVersion,
    CompetenceConfirmation,
    Confirmation,
    OwnCompetence,
    RequiredCertificate,
)
from second_opinion.panels.models.ties import Party, Ruling, Tie, TieRule

__all__ = [
    "AssessorVersion",
    "CertificateMail",
    "CompetenceConfirmation",
    "CompetenceImport",
    "Confirmation",
    "Declaration",
    "ImportedCompetence",
    "NeedsVersion",
    "OwnCompetence",
    "Party",
    "Proposal",
    "ProposalStep",
    "RequiredCertificate",
    "Ruling",
    "Tie",
    "TieRule",
    "VocabularyIndex",
]
