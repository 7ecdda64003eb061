"""Who may enter and correct what instruments say, and who may rate a work sample."""

from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.cases import policies as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import CaseState
from second_opinion.instruments.models import Result
from second_opinion.instruments.policies import can_be_assessed, may_be_blind
from second_opinion.opinions import selectors
from second_opinion.opinions.policies.early import has_not_read_early


def may_enter_test(person: Person, candidacy: Candidacy) -> Decision:
    """The coordinators, and the provider's assessors of this candidate: who gave it knows it."""
    if not selectors.is_second_assessor(person, candidacy) and isinstance(
        denied := cases.may_run(person, candidacy.case), Denied
    ):
        return denied
    return can_be_assessed(candidacy)


def may_correct_result(person: Person, result: Result) -> Decision:
    """Who entered it, or a coordinator who may see it; until the opening."""
    if isinstance(denied := may_enter_test(person, result.candidacy), Denied):
        return denied
    visible = selectors.results_visible_to(person, case=result.candidacy.case)
    if any(kept.result.pk == result.pk for kept in visible):
        return Allowed()
    return Denied(_("Only who entered this result corrects it."))


def may_engage_rater(person: Person, case: Case) -> Decision:
    """Raters of a work sample, while the case is in assessment."""
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if case.state == CaseState.IN_ASSESSMENT:
        return Allowed()
    return Denied(_("Raters are engaged while the case is in assessment."))


def may_rate_work_sample(rater: Person, case: Case) -> Decision:
    """One of the provider's who gives no opinion in it: the same eyes would count twice."""
    roles = (Role.ASSESSOR, Role.COORDINATOR)
    if not any(has_role(rater, role, case.provider) for role in roles):
        return Denied(
            _("%(person)s neither assesses nor runs cases at %(provider)s.")
            % {"person": rater, "provider": case.provider}
        )
    apart = cases.is_on_one_side(rater, case.client, case.provider)
    if isinstance(apart, Denied):
        return apart
    if isinstance(denied := has_not_read_early(rater, case), Denied):
        return denied
    if selectors.has_opinion_in(rater, case):
        return Denied(
            _(
                "%(person)s gives an opinion in this case, and the same eyes would count twice: "
                "let somebody else rate the work sample."
            )
            % {"person": rater}
        )
    return may_be_blind(rater, case)
