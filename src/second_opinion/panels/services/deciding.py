"""The decision on a challenge, for `opinions` alone: it ends the engagement that goes with it."""

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.candidates.services import tell_candidate
from second_opinion.cases.models import Candidacy
from second_opinion.panels import policies
from second_opinion.panels.errors import ProposalError
from second_opinion.panels.models import ProposalStep
from second_opinion.panels.selectors.proposals import Standing, standing_in
from second_opinion.panels.services.proposals import add_step, locked_case
from second_opinion.panels.states import StepKind


@transaction.atomic
def keep_decision(
    *, actor: Person, standing: Standing, candidacy: Candidacy, is_upheld: bool, words: str
) -> ProposalStep:
    """Ask somebody else, or not, with a reason that the candidate reads.

    It ends no engagement: `opinions.services.decide_challenge` does both.
    """
    case = locked_case(standing.proposal.case)
    require(policies.may_propose(actor, case))
    fresh = standing_in(case, standing.proposal.pseudonym) or standing
    if candidacy.pk not in {step.candidacy_id for step in fresh.open_challenges}:
        raise ProposalError(_("There is no challenge that waits for an answer."))
    if not words.strip():
        raise ProposalError(_("Say why: the candidate reads it. Nothing was decided."))
    kind = StepKind.UPHELD if is_upheld else StepKind.DISMISSED
    step = add_step(case, fresh, kind, author=actor, candidacy=candidacy, words=words)
    tell_candidate(candidacy, author=actor)
    return step
