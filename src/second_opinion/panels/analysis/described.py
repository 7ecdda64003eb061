"""What the log commits to when an assessor describes themselves."""

from second_opinion.audit.analysis.canonical import canonical_json
from second_opinion.engine.sealing import NONCE_LENGTH, commitment
from second_opinion.panels.models import AssessorVersion

__all__ = ["NONCE_LENGTH", "commitment_to_version"]

SCHEMA = "second-opinion/assessor-version/1"


def commitment_to_version(version: AssessorVersion) -> str:
    """In hexadecimal; of all that the version says, and of whom at which provider.

    Whoever holds the version and its nonce can show that nothing was changed since.
    """
    text = canonical_json(
        {
            "schema": SCHEMA,
            "version": str(version.pseudonym),
            "provider": str(version.provider.pseudonym),
            "assessor": str(version.person.pseudonym),
            "number": version.number,
            "content": version.content,
        }
    )
    return commitment(text, nonce=bytes(version.nonce or b"")).hex()
