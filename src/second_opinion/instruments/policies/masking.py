"""Who chooses that documents are masked, works on them, and releases them."""

from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.cases import policies as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.instruments import selectors
from second_opinion.instruments.models import MaskedDocument
from second_opinion.instruments.policies.instruments import IS_GUIDED, can_be_assessed


def may_choose_masking(person: Person, case: Case) -> Decision:
    """The coordinators, until somebody is asked to rate: what was read cannot be unread."""
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if case.state not in IS_GUIDED:
        return Denied(
            _("It is chosen after the criteria are locked and before the opinions are opened.")
        )
    if selectors.has_raters(case):
        return Denied(
            _(
                "Somebody has been asked to rate already, and what they may have read cannot be "
                "unread: it stays as it was chosen."
            )
        )
    return Allowed()


def may_mask(person: Person, candidacy: Candidacy) -> Decision:
    """The coordinators who rate nothing in the case, where masking was chosen."""
    case = candidacy.case
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if not selectors.is_masked(case):
        return Denied(_("In this case documents are not masked. Choose it first."))
    if candidacy.is_withdrawn:
        return Denied(_("The candidate has withdrawn: the assessment ends here."))
    if case.state not in IS_GUIDED:
        return Denied(_("The opinions are opened: what was released stays as it was read."))
    if selectors.is_rater(person, case):
        return Denied(_("You rate in this case, and read what the other raters read."))
    return Allowed()


def may_change_mask(person: Person, document: MaskedDocument) -> Decision:
    """Whoever has the original open beside it, until it is released."""
    if isinstance(denied := may_mask(person, document.candidacy), Denied):
        return denied
    if document.released_at is not None:
        return Denied(_("This text has been released: it stays as it was read."))
    if selectors.open_look_of(person, document) is None:
        return Denied(_("Open the original first: both texts are compared by a person."))
    return Allowed()


def may_release_document(person: Person, document: MaskedDocument) -> Decision:
    if isinstance(denied := may_change_mask(person, document), Denied):
        return denied
    return can_be_assessed(document.candidacy)


def may_be_blind(rater: Person, case: Case) -> Decision:
    """Of who is to rate where documents are masked: nobody who could open them."""
    if selectors.is_masked(case) and cases.may_run(rater, case):
        return Denied(
            _(
                "%(person)s runs cases at %(provider)s and sees who the candidates are. Here "
                "documents are masked: let somebody rate who does not."
            )
            % {"person": rater, "provider": case.provider}
        )
    return Allowed()


def has_opened_nothing(person: Person, case: Case) -> Decision:
    """Of who is to assess or rate: whoever compared a masked text has read its original."""
    if not selectors.has_opened_original(person, case):
        return Allowed()
    return Denied(
        _(
            "%(person)s has opened an unmasked document of this case, so an opinion of theirs "
            "would not be formed apart."
        )
        % {"person": person}
    )
