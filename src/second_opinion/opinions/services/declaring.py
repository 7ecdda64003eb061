"""Who was engaged without being asked first declares their ties before they see the file."""

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Denied, require
from second_opinion.opinions import selectors
from second_opinion.opinions.models import Opinion
from second_opinion.panels import services as panels
from second_opinion.panels.selectors.proposals import standing_of


@transaction.atomic
def declare_ties(*, actor: Person, opinion: Opinion, declares_no_more: bool) -> None:
    """Say of oneself that one knows of no tie beside those declared; once for the whole case.

    That accepts the engagement too.

    Raises
    ------
    ProposalError : nothing was said, or what is declared has to be decided on first
    """
    if opinion.assessor_id != actor.pk:
        require(Denied(_("This is another assessor's opinion.")))
    case = opinion.candidacy.case
    around, standing = selectors.around_of(case), standing_of(case, actor)
    if standing is not None and standing.is_awaited:
        panels.answer_proposal(
            actor=actor, standing=standing, around=around, declares_no_more=declares_no_more
        )
    else:
        panels.declare_for_case(
            actor=actor, case=case, around=around, declares_no_more=declares_no_more
        )
