"""Who may open an original where documents are masked for those who only read."""

from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.instruments.models import MaskedDocument
from second_opinion.instruments.policies import may_mask
from second_opinion.opinions import selectors


def may_open_original(person: Person, document: MaskedDocument) -> Decision:
    """Whoever compares the texts and assesses nothing; after the opening, who discusses the case.

    Each time it is noted: `services.open_original`.
    """
    candidacy = document.candidacy
    if selectors.is_read_in_discussion(person, document):
        return Allowed()
    if isinstance(denied := may_mask(person, candidacy), Denied):
        return denied
    if selectors.has_opinion_in(person, candidacy.case):
        return Denied(
            _(
                "You assess in this case, and would see what others are to rate: let another "
                "coordinator compare the texts."
            )
        )
    return Allowed()
