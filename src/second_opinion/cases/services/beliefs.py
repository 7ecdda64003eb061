"""What the orderer would decide today: encrypted as it is written, sealed with the order."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import encrypt, record_event
from second_opinion.cases import policies, selectors
from second_opinion.cases.analysis import NONCE_LENGTH, belief_as_text, commitment_to
from second_opinion.cases.errors import InvalidOrderError
from second_opinion.cases.models import Belief, Candidacy, Case
from second_opinion.cases.selectors import BeliefContent
from second_opinion.cases.services.journey import _locked_row


@transaction.atomic
def record_belief(
    *, actor: Person, candidacy: Candidacy, would_hire: bool, sure_of_ten: int
) -> Belief:
    """Write the orderer's own belief on one candidate; nothing of it reaches the log.

    sure_of_ten is how many of ten decisions like this one would be right, 0 to 10.
    """
    case = _locked_row(candidacy.case)
    require(policies.may_submit_order(actor, case))
    if not 0 <= sure_of_ten <= 10:
        raise InvalidOrderError(_("Of ten decisions between 0 and 10 are right."))
    if selectors.is_belief_sealed(candidacy):
        raise InvalidOrderError(
            _("It was sealed when the order was sent: nothing in it can change.")
        )
    belief = Belief.objects.filter(candidacy=candidacy).first() or Belief(candidacy=candidacy)
    belief.person = actor
    content = BeliefContent(would_hire=would_hire, sure_of_ten=sure_of_ten)
    text = belief_as_text(belief, content)
    belief.content = encrypt(text, case=case, label=selectors.belief_label(belief))
    belief.save()
    return belief


def seal_beliefs(*, actor: Person, case: Case) -> None:
    """Commit to what is not sealed yet, inside the transaction that sends the order."""
    unsealed = Belief.objects.filter(candidacy__case=case, sealed_at__isnull=True)
    for belief in unsealed.select_related("candidacy__case"):
        nonce = secrets.token_bytes(NONCE_LENGTH)
        belief.commitment = commitment_to(selectors.belief_text(belief), nonce=nonce)
        belief.nonce = encrypt(nonce, case=case, label=selectors.belief_nonce_label(belief))
        belief.sealed_at = timezone.now()
        belief.save(update_fields=["commitment", "nonce", "sealed_at"])
        record_event(
            actor=actor,
            verb="belief.sealed",
            subject=belief,
            case=case,
            details={"case": case.pseudonym, "commitment": belief.commitment},
        )
