"""Heads of the log with the service's signature, and the proof that one log grew into the other."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from second_opinion.audit.analysis.log_tree import consistency_between, root_at
from second_opinion.audit.analysis.signatures import signed
from second_opinion.audit.analysis.verification import CONSISTENCY


def head_at(size: int) -> dict[str, Any]:
    """The head that the log had when it was of that size, signed; one query."""
    root = root_at(size)
    secret = bytes.fromhex(settings.SECOND_OPINION_SIGNING_SECRET)
    return {
        "size": size,
        "root": root.hex(),
        "signed": signed(root, size=size, secret=secret),
    }


def consistency_of(first_size: int, second_size: int) -> dict[str, Any]:
    """The proof that the longer log begins with the shorter; it holds hashes and nothing else.

    Raises
    ------
    ArgumentError : the sizes are not 1 or more, in their order, and within the log
    """
    path = consistency_between(first_size, second_size)
    return {
        "schema": CONSISTENCY,
        "first": head_at(first_size),
        "second": head_at(second_size),
        "path": [one.hex() for one in path],
    }
