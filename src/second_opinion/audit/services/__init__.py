"""Recording what happened, and asking for what is to be done after it."""

from second_opinion.audit.analysis.canonical import canonical_json, content_hash
from second_opinion.audit.services.case_keys import (
    decrypt,
    destroy_case_key,
    destroy_erased_keys,
    encrypt,
    has_case_key,
    make_case_key,
    opens_case_key,
)
from second_opinion.audit.services.events import record_event
from second_opinion.audit.services.outbox import (
    claim_next,
    enqueue,
    mark_done,
    mark_failed,
    wait_after,
)

__all__ = [
    "canonical_json",
    "claim_next",
    "content_hash",
    "decrypt",
    "destroy_case_key",
    "destroy_erased_keys",
    "encrypt",
    "enqueue",
    "has_case_key",
    "make_case_key",
    "mark_done",
    "mark_failed",
    "opens_case_key",
    "record_event",
    "wait_after",
]
