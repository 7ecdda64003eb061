"""The proof that an opinion was sealed, and that its revisions were made."""

import json
from typing import Any

from second_opinion.accounts.models import Person
from second_opinion.audit.analysis.receipts import receipt_of
from second_opinion.audit.selectors import events_of
from second_opinion.cases.states import IS_OPENED
from second_opinion.opinions.models import Opinion, Revision
from second_opinion.opinions.selectors.contents import (
    nonce_of,
    revision_content,
    revision_nonce,
    sealed_content,
)
from second_opinion.opinions.selectors.opinions import opinions_visible_to


def receipt_for(person: Person, opinion: Opinion) -> dict[str, Any] | None:
    """The proof that an opinion was sealed, for its assessor; with its content once it is open.

    None while it is not sealed, and for everybody who may not see the opinion.
    """
    case = opinion.candidacy.case
    if not opinions_visible_to(person, case=case).filter(pk=opinion.pk).exists():
        return None
    event = events_of(opinion.pseudonym).filter(verb="opinion.sealed").first()
    if event is None:
        return None
    is_opened = case.state in IS_OPENED
    # The log grows with whatever others write: before the opening a receipt must not tell that.
    receipt = receipt_of(event, as_of_then=not is_opened)
    if is_opened:
        receipt["opened"] = {
            "opinion": json.loads(sealed_content(opinion)),
            "nonce": nonce_of(opinion).hex(),
        }
        receipt["revisions"] = [_receipt_of_revision(one) for one in opinion.revisions.all()]
    return receipt


def _receipt_of_revision(revision: Revision) -> dict[str, Any]:
    event = events_of(revision.pseudonym).get(verb="rating.revised")
    return receipt_of(event) | {
        "opened": {
            "revision": json.loads(revision_content(revision)),
            "nonce": revision_nonce(revision).hex(),
        }
    }
