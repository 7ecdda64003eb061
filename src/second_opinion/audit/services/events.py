"""Appending to the log."""

import re
from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from django.db import transaction

from second_opinion.audit.analysis.log_tree import entry_of, with_entry
from second_opinion.audit.errors import ContentInEventError
from second_opinion.audit.models import Event, LogHead, LogNode

# An id, a hash, a state or a verb: one short word. Names and sentences have no way in.
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_.:\-]{0,79}\Z")

Detail = str | int | bool | UUID | None


class Pseudonymous(Protocol):
    """Whatever the log can name without saying who it is."""

    @property
    def pseudonym(self) -> UUID: ...


@transaction.atomic
def record_event(
    *,
    actor: Pseudonymous | None,
    verb: str,
    subject: Pseudonymous,
    case: Pseudonymous | None,
    details: Mapping[str, Detail] | None = None,
    is_hidden_until_opening: bool = False,
) -> Event:
    """Append to the log, inside the transaction of what happened. No actor: the system itself.

    case : whose log it stands in; None for what belongs to no case
    is_hidden_until_opening : it would tell how far an assessor has come
    """
    kind = subject.__class__.__name__.lower()  # not type(): the signed-in person is a lazy object
    head, _ = LogHead.objects.select_for_update().get_or_create(pk=LogHead.THE_ONE)
    event = Event.objects.create(
        position=head.size,
        actor=actor.pseudonym if actor else None,
        verb=identifier(verb),
        subject_kind=kind,
        subject=subject.pseudonym,
        case=case.pseudonym if case else None,
        is_hidden_until_opening=is_hidden_until_opening,
        details={identifier(name): _safe(value) for name, value in (details or {}).items()},
    )
    head.size, head.peaks, nodes = with_entry(head, entry_of(event))
    head.save(update_fields=["size", "peaks"])
    LogNode.objects.bulk_create(nodes)
    return event


def identifier(text: str) -> str:
    if not IDENTIFIER.match(text):
        raise ContentInEventError(
            f"The log takes ids, hashes and states, and {text!r} is none of them: record the id "
            "of what holds the words."
        )
    return text


def _safe(value: Detail) -> str | int | bool | None:
    if isinstance(value, UUID):
        return str(value)
    return identifier(value) if isinstance(value, str) else value
