"""An opinion as one canonical text, and the commitment to it."""

from collections.abc import Sequence

from second_opinion.audit.errors import UnreadableError
from second_opinion.audit.services import canonical_json
from second_opinion.engine.sealing import NONCE_LENGTH as NONCE_LENGTH
from second_opinion.engine.sealing import commitment
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.opinions import selectors
from second_opinion.opinions.models import Opinion

SCHEMA = "second-opinion/opinion/1"


def canonical_text(
    opinion: Opinion, *, ratings: Sequence[RatingEntry], conclusion: str, profile_hash: str
) -> bytes:
    """All that an opinion says, and which opinion on what it is."""
    return canonical_json(
        {
            "schema": SCHEMA,
            "opinion": str(opinion.pseudonym),
            "case": str(opinion.candidacy.case.pseudonym),
            "candidacy": str(opinion.candidacy.pseudonym),
            "kind": opinion.kind,
            "profile": profile_hash,
            "conclusion": conclusion,
            "ratings": [
                {
                    "criterion": rating.criterion,
                    "score": rating.score,
                    "evidence": list(rating.evidence),
                    "reason_not_observed": rating.reason_not_observed,
                }
                for rating in ratings
            ],
        }
    )


def commitment_to(text: bytes, *, nonce: bytes) -> str:
    """In hexadecimal."""
    return commitment(text, nonce=nonce).hex()


def is_as_committed(opinion: Opinion) -> bool:
    """Whether a sealed opinion still is what its commitment is to."""
    try:
        text, nonce = selectors.sealed_content(opinion), selectors.nonce_of(opinion)
    except UnreadableError:
        return False
    return commitment_to(text, nonce=nonce) == opinion.commitment
