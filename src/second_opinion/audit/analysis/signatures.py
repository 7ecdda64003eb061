"""Signed tree heads: what a key signed, checked by whoever holds the signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from second_opinion.audit.analysis.canonical import canonical_json

HEAD = "second-opinion/head/1"
"""Stands in what is signed, so that no other signature can be taken for one of a head."""


def signed(root: bytes, *, size: int, secret: bytes) -> dict[str, str]:
    """The key and its signature of a head, in hexadecimal; the same whenever it is made anew.

    secret : 32 bytes

    References
    ----------
    Ed25519: RFC 8032, section 5.1.
    """
    key = Ed25519PrivateKey.from_private_bytes(secret)
    return {
        "key": key.public_key().public_bytes_raw().hex(),
        "signature": key.sign(_signed_text(root, size)).hex(),
    }


def public_key(*, secret: bytes) -> str:
    """In hexadecimal: what a stranger checks signatures with."""
    key = Ed25519PrivateKey.from_private_bytes(secret)
    return key.public_key().public_bytes_raw().hex()


def is_signed(root: bytes, *, size: int, by: Mapping[str, Any]) -> bool:
    """Whether this key signed this head."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(str(by.get("key"))))
        key.verify(bytes.fromhex(str(by.get("signature"))), _signed_text(root, size))
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed_text(root: bytes, size: int) -> bytes:
    return canonical_json({"schema": HEAD, "size": size, "root": root.hex()})
