"""What kind of proof a competence rests on, and how far each kind can be trusted."""

from __future__ import annotations

from enum import StrEnum


class Proof(StrEnum):
    """The strongest proof there is of one competence of one assessor."""

    CASES = "cases"
    CERTIFICATE = "certificate"
    EMPLOYMENT = "employment"
    PUBLICATION = "publication"
    DECLARED = "declared"


# Our planning assumptions: no study that we know of has measured them side by side.
QUALITY = {
    Proof.CASES: 1.0,
    Proof.CERTIFICATE: 0.9,
    Proof.EMPLOYMENT: 0.8,
    Proof.PUBLICATION: 0.7,
    Proof.DECLARED: 0.4,
}
"""0 to 1, by kind."""
