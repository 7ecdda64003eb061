"""One text for one content, so that a hash proves what it was."""

import hashlib

import rfc8785


def canonical_json(content: object) -> bytes:
    """RFC 8785; refuses what JSON cannot say (not-a-number, infinity, whole numbers past 2**53)."""
    return rfc8785.dumps(content)  # type: ignore[arg-type]  # its own type is JSON, ours anything


def content_hash(content: object) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical_json(content)).hexdigest()
