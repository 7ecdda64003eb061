"""What a candidate has against a proposed assessor, and what is decided on it."""

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.policies import require
from second_opinion.cases.models import Candidacy
from second_opinion.cases.services import write_letter
from second_opinion.cases.states import LetterKind
from second_opinion.panels import policies
from second_opinion.panels.errors import ProposalError
from second_opinion.panels.models import ProposalStep
from second_opinion.panels.selectors.proposals import Standing, standing_in
from second_opinion.panels.services.proposals import add_step, locked_case
from second_opinion.panels.states import StepKind


@transaction.atomic
def challenge_proposal(*, candidacy: Candidacy, standing: Standing, words: str) -> ProposalStep:
    """A candidate says why this assessor should not be theirs; nobody is engaged meanwhile."""
    case = locked_case(standing.proposal.case)
    fresh = standing_in(case, standing.proposal.pseudonym) or standing
    candidacy = Candidacy.objects.select_related("case").get(pk=candidacy.pk)
    require(policies.may_challenge(candidacy, fresh))
    if not words.strip():
        raise ProposalError(_("Write why. Nothing was sent."))
    step = add_step(case, fresh, StepKind.CHALLENGED, candidacy=candidacy, words=words)
    write_letter(case=case, kind=LetterKind.ATTENTION, reader=case.coordinator, about=candidacy)
    return step
