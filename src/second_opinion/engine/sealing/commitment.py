"""A commitment: a hash that binds its author to content and tells nobody what it is."""

from __future__ import annotations

import hashlib
import hmac

from second_opinion.engine.errors import ArgumentError

TAG = b"second-opinion/commit/v1"
"""Keeps a commitment from being mistaken for any other hash."""

NONCE_LENGTH = 32
"""Bytes. Eight criteria rated 1 to 5 are 390,625 sheets, guessed in a second without a nonce."""


def commitment(content: bytes, *, nonce: bytes) -> bytes:
    """SHA-256 of the tag, a zero byte, the nonce and the content.

    Parameters
    ----------
    content : canonical JSON (RFC 8785), so that one content has one commitment
    nonce : 32 random bytes, drawn anew for every commitment and kept as secret as the content

    Returns
    -------
    32 bytes

    Raises
    ------
    ArgumentError : the nonce is not 32 bytes

    References
    ----------
    Hash commitments: Halevi and Micali (1996).
    """
    if len(nonce) != NONCE_LENGTH:
        raise ArgumentError(f"nonce must be {NONCE_LENGTH} bytes; got {len(nonce)}.")
    return hashlib.sha256(TAG + b"\x00" + nonce + content).digest()


def is_committed(content: bytes, *, nonce: bytes, to: bytes) -> bool:
    """Whether this content under this nonce is what was committed to."""
    return hmac.compare_digest(commitment(content, nonce=nonce), to)
