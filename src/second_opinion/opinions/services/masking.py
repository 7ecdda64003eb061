"""Opening an original where documents are masked: an act, which the log notes."""

from django.db import transaction

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.instruments.models import MaskedDocument, OriginalLook
from second_opinion.instruments.services import note_look
from second_opinion.opinions import policies


@transaction.atomic
def open_original(*, actor: Person, document: MaskedDocument) -> OriginalLook:
    """Note that somebody opens the unmasked text and its map, and let them read for a while."""
    require(policies.may_open_original(actor, document))
    return note_look(actor=actor, document=document)
