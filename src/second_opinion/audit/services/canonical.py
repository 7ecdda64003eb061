"""One text for one content, so that a hash proves what it was."""

import hashlib
import json


def canonical_json(content: object) -> bytes:
    """Sorted keys, no spaces, UTF-8; refuses what JSON cannot say (NaN, infinity)."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def content_hash(content: object) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical_json(content)).hexdigest()
