"""A receipt: one event of the log, with the proof that it is there. It holds no content."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from second_opinion.audit.analysis.heads import head_at
from second_opinion.audit.analysis.log_tree import entry_of, proof_of, proofs_of
from second_opinion.audit.analysis.verification import EXPORT, RECEIPT
from second_opinion.audit.models import Event, LogHead


def receipt_of(event: Event, *, as_of_then: bool = False) -> dict[str, Any]:
    """Under the log's present head, or under the one that the event itself made.

    The latter is always the same: who fetches it anew learns nothing of what others did since.
    A constant number of queries however long the log is.
    """
    size = event.position + 1 if as_of_then else LogHead.objects.get(pk=LogHead.THE_ONE).size
    proof = proof_of(event, size=size)
    return {
        "schema": RECEIPT,
        "entry": entry_of(event),
        "path": [one.hex() for one in proof.path],
        **head_at(size),
    }


def export_of(case: UUID, events: Sequence[Event]) -> dict[str, Any]:
    """A case's events with the proof of each, all under one head; it holds no words and no names.

    The head is the one that the last of them made, so the file tells nothing of what came after.

    events : in the order of the log, at least one
    """
    size = events[-1].position + 1
    proofs = proofs_of(events, size=size)
    return {
        "schema": EXPORT,
        "case": str(case),
        **head_at(size),
        "events": [
            {"entry": entry_of(event), "path": [one.hex() for one in proofs[event.position].path]}
            for event in events
        ],
    }
