"""An opinion as one canonical text, and the commitment to it."""

from collections.abc import Sequence

from second_opinion.audit.errors import UnreadableError
from second_opinion.audit.services import canonical_json
from second_opinion.engine.sealing import NONCE_LENGTH as NONCE_LENGTH
from second_opinion.engine.sealing import commitment
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.opinions import selectors
from second_opinion.opinions.models import Opinion, Revision

SCHEMA = "second-opinion/opinion/1"
REVISION_SCHEMA = "second-opinion/revision/1"


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
            "ratings": [_plain(rating) for rating in ratings],
        }
    )


def canonical_revision(revision: Revision, *, rating: RatingEntry, reason: str) -> bytes:
    """What a revision says, and of which sealed opinion: that one stays as it was committed."""
    opinion = revision.opinion
    return canonical_json(
        {
            "schema": REVISION_SCHEMA,
            "revision": str(revision.pseudonym),
            "number": revision.number,
            "opinion": str(opinion.pseudonym),
            "original": opinion.commitment,
            "reason": reason,
            **_plain(rating),
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


def is_revision_as_committed(revision: Revision) -> bool:
    """The same of a revision."""
    try:
        text, nonce = selectors.revision_content(revision), selectors.revision_nonce(revision)
    except UnreadableError:
        return False
    return commitment_to(text, nonce=nonce) == revision.commitment


def _plain(rating: RatingEntry) -> dict[str, object]:
    return {
        "criterion": rating.criterion,
        "score": rating.score,
        "evidence": list(rating.evidence),
        "reason_not_observed": rating.reason_not_observed,
    }
