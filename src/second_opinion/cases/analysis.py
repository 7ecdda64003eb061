"""A belief as one canonical text, and the commitment to it."""

from second_opinion.audit.services import canonical_json
from second_opinion.cases.models import Belief
from second_opinion.cases.selectors import BeliefContent
from second_opinion.engine.sealing import NONCE_LENGTH as NONCE_LENGTH
from second_opinion.engine.sealing import commitment

BELIEF_SCHEMA = "second-opinion/belief/1"


def belief_as_text(belief: Belief, content: BeliefContent) -> bytes:
    """All that a belief says, and about which candidate of which case."""
    candidacy = belief.candidacy
    return canonical_json(
        {
            "schema": BELIEF_SCHEMA,
            "belief": str(belief.pseudonym),
            "case": str(candidacy.case.pseudonym),
            "candidacy": str(candidacy.pseudonym),
            "would_hire": content.would_hire,
            "sure_of_ten": content.sure_of_ten,
        }
    )


def commitment_to(text: bytes, *, nonce: bytes) -> str:
    """In hexadecimal."""
    return commitment(text, nonce=nonce).hex()
