"""Masked documents as somebody may come to them: to compare, or in the discussion."""

from uuid import UUID

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.instruments.models import MaskedDocument
from second_opinion.instruments.selectors import (
    Original,
    masked_document,
    open_look_of,
    original_in,
)
from second_opinion.instruments.states import DocumentKind
from second_opinion.opinions.selectors.after import candidacy_known_to, is_in_discussion


def masked_document_for(person: Person, pseudonym: UUID) -> MaskedDocument | None:
    """For the provider's coordinators; after the opening for all who discuss the case."""
    document = masked_document(pseudonym)
    if document is None or candidacy_known_to(person, document.candidacy.pseudonym) is None:
        return None
    if has_role(person, Role.COORDINATOR, document.candidacy.case.provider):
        return document
    return document if is_read_in_discussion(person, document) else None


def is_read_in_discussion(person: Person, document: MaskedDocument) -> bool:
    """After the opening: what raters read, for who discusses; all of it for who runs the case.

    The answer too where nobody released it: without that nobody could read it any more.
    """
    case = document.candidacy.case
    if not is_in_discussion(person, case):
        return False
    is_answer = document.kind == DocumentKind.ANSWER
    return (
        is_answer
        or document.released_at is not None
        or has_role(person, Role.COORDINATOR, case.provider)
    )


def original_for(person: Person, document: MaskedDocument) -> Original | None:
    """What lies behind the masks, while this person has it open; None before."""
    if open_look_of(person, document) is None:
        return None
    return original_in(document)
