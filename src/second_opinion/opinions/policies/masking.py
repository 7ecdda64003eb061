"""Who may open an original where documents are masked for those who only read."""

from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.cases.models import Candidacy, Case
from second_opinion.instruments.models import MaskedDocument
from second_opinion.instruments.policies import may_choose_masking, may_mask
from second_opinion.instruments.selectors import is_masked
from second_opinion.opinions import selectors


def may_open_original(person: Person, document: MaskedDocument) -> Decision:
    """Whoever compares the texts and assesses nothing; after the opening, who discusses the case.

    Each time it is noted: `services.open_original`.
    """
    if selectors.is_read_in_discussion(person, document):
        return Allowed()
    return may_compare(person, document.candidacy)


def may_open_answer(person: Person, candidacy: Candidacy) -> Decision:
    """After the opening, what was answered where raters read it masked, or nobody released it."""
    if is_masked(candidacy.case) and selectors.is_in_discussion(person, candidacy.case):
        return Allowed()
    return may_compare(person, candidacy)


def may_compare(person: Person, candidacy: Candidacy) -> Decision:
    """The coordinators who neither rate nor assess in the case."""
    if isinstance(denied := may_mask(person, candidacy), Denied):
        return denied
    if not selectors.has_opinion_in(person, candidacy.case):
        return Allowed()
    if selectors.is_lone_coordinator(person, candidacy.case):
        return Denied(nobody_to_compare(candidacy.case))
    return Denied(
        _(
            "You assess in this case, and would see what others are to rate: let another "
            "coordinator compare the texts."
        )
    )


def may_have_masked(person: Person, case: Case) -> Decision:
    """Not where nobody could compare the texts: then no rater would ever get one."""
    if isinstance(denied := may_choose_masking(person, case), Denied):
        return denied
    if selectors.is_lone_coordinator(person, case) and selectors.has_opinion_in(person, case):
        return Denied(nobody_to_compare(case))
    return Allowed()


def nobody_to_compare(case: Case) -> str:
    return _(
        "You assess in this case and are the only one who runs cases at %(provider)s, so nobody "
        "could compare the texts: make somebody who does not assess here a coordinator, under "
        "People, or let raters read the answer as it was sent."
    ) % {"provider": case.provider}
