"""Opening an original where documents are masked: an act, which the log notes."""

from django.db import transaction

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.cases.models import Candidacy, Case
from second_opinion.instruments import services as instruments
from second_opinion.instruments.models import MaskedDocument, MaskingChoice, OriginalLook
from second_opinion.opinions import policies


@transaction.atomic
def open_original(*, actor: Person, document: MaskedDocument) -> OriginalLook:
    """Note that somebody opens the unmasked text and its map, and let them read for a while."""
    require(policies.may_open_original(actor, document))
    return instruments.note_look(actor=actor, document=document)


@transaction.atomic
def open_answer(*, actor: Person, candidacy: Candidacy) -> MaskedDocument:
    """The same of an answer, which nobody may have prepared before the opening."""
    require(policies.may_open_answer(actor, candidacy))
    document = instruments.prepared_answer(actor=actor, candidacy=candidacy)
    open_original(actor=actor, document=document)
    return document


@transaction.atomic
def choose_masking(*, actor: Person, case: Case, is_masked: bool) -> MaskingChoice:
    """Say whether raters get documents masked, where somebody can compare them."""
    if is_masked:
        require(policies.may_have_masked(actor, case))
    return instruments.choose_masking(actor=actor, case=case, is_masked=is_masked)
