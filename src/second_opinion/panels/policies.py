from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.accounts.selectors import has_role, people_with
from second_opinion.accounts.states import Role
from second_opinion.cases import policies as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import CaseState
from second_opinion.panels.models import Tie
from second_opinion.panels.selectors.proposals import Standing
from second_opinion.panels.states import Source, StepKind

CAN_BE_RULED_IN = frozenset({CaseState.ORDERED, CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT})
CAN_BE_ASKED_IN = frozenset({CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT})


def may_declare(person: Person, provider: Organisation) -> Decision:
    """One's own ties, as an assessor there; anybody's, as a coordinator there."""
    if any(has_role(person, role, provider) for role in (Role.ASSESSOR, Role.COORDINATOR)):
        return Allowed()
    return Denied(
        _("Only an assessor or a coordinator at %(provider)s declares ties in its register.")
        % {"provider": provider}
    )


def may_speak_for(person: Person, provider: Organisation, source: Source) -> Decision:
    """What candidates, clients and documents say is entered by a coordinator."""
    if source == Source.ASSESSOR or has_role(person, Role.COORDINATOR, provider):
        return Allowed()
    return Denied(_("Only a coordinator enters what others have declared."))


def may_correct(person: Person, tie: Tie) -> Decision:
    """A coordinator; and who declared it, as long as it stands as they wrote it."""
    if has_role(person, Role.COORDINATOR, tie.provider):
        return Allowed()
    if person.pk not in (tie.one.person_id, tie.other.person_id):
        return Denied(_("Only those it is about, and the coordinators, correct a tie."))
    if tie.source == Source.ASSESSOR and tie.author_id == person.pk:
        return Allowed()
    return Denied(
        _("Somebody else has said this of you: tell a coordinator what is wrong with it.")
    )


def may_decide_ties(person: Person, case: Case) -> Decision:
    """Of somebody in the case: its coordinators, until the opinions are opened."""
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if case.state in CAN_BE_RULED_IN:
        return Allowed()
    return Denied(
        _("Conflicts of interest are decided from the order until the opinions are opened.")
    )


def may_rule(person: Person, case: Case, assessor: Person, *, is_question: bool) -> Decision:
    """Nobody clears themselves; who works alone may say that a similar name is not theirs."""
    if isinstance(denied := may_decide_ties(person, case), Denied):
        return denied
    if person.pk != assessor.pk:
        return Allowed()
    others = people_with({Role.COORDINATOR}, case.provider).exclude(pk=person.pk)
    if is_question and not others.exists():
        return Allowed()
    return Denied(_("You cannot clear yourself: another coordinator has to decide that."))


def may_set_rule(person: Person, provider: Organisation) -> Decision:
    if has_role(person, Role.COORDINATOR, provider):
        return Allowed()
    return Denied(
        _("Only a coordinator at %(provider)s sets how far conflicts are looked for.")
        % {"provider": provider}
    )


def may_write_register(person: Person, assessor: Person, provider: Organisation) -> Decision:
    """Assessors say themselves what they can; a coordinator may enter it for them."""
    if not has_role(assessor, Role.ASSESSOR, provider):
        return Denied(
            _("%(person)s is no assessor at %(provider)s.")
            % {"person": assessor, "provider": provider}
        )
    if person.pk == assessor.pk or has_role(person, Role.COORDINATOR, provider):
        return Allowed()
    return Denied(_("Only the assessor and the coordinators write this."))


def may_enter(person: Person, provider: Organisation) -> Decision:
    """A word of the firm's own: a coordinator enters it, an assessor proposes it."""
    if any(has_role(person, role, provider) for role in (Role.ASSESSOR, Role.COORDINATOR)):
        return Allowed()
    return Denied(
        _("Only an assessor or a coordinator at %(provider)s enters competences.")
        % {"provider": provider}
    )


def may_confirm(person: Person, assessor: Person, provider: Organisation) -> Decision:
    """A coordinator; one's own only where nobody else could."""
    if not has_role(person, Role.COORDINATOR, provider):
        return Denied(
            _("Only a coordinator at %(provider)s confirms what assessors show.")
            % {"provider": provider}
        )
    others = people_with({Role.COORDINATOR}, provider).exclude(pk=person.pk)
    if person.pk != assessor.pk or not others.exists():
        return Allowed()
    return Denied(_("Let another coordinator confirm what you say of yourself."))


def may_require_certificate(person: Person, provider: Organisation) -> Decision:
    if has_role(person, Role.COORDINATOR, provider):
        return Allowed()
    return Denied(
        _("Only a coordinator at %(provider)s says which instruments take a certificate.")
        % {"provider": provider}
    )


def may_map_needs(person: Person, case: Case) -> Decision:
    return may_decide_ties(person, case)


def may_propose(person: Person, case: Case) -> Decision:
    """Between the lock and the opening, as assessors are engaged."""
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if case.state in CAN_BE_ASKED_IN:
        return Allowed()
    return Denied(
        _("Assessors are asked after the requirement profile is locked and before the opening.")
    )


def may_answer(person: Person, standing: Standing) -> Decision:
    if standing.proposal.assessor_id != person.pk:
        return Denied(_("Somebody else was asked."))
    if standing.is_awaited and standing.proposal.case.state in CAN_BE_ASKED_IN:
        return Allowed()
    return Denied(_("This has been answered, or is not asked any more."))


def may_tell_tie(candidacy: Candidacy, standing: Standing) -> Decision:
    """Each candidate, of who is to assess them, until the opinions are opened."""
    if candidacy.is_withdrawn or candidacy.case_id != standing.proposal.case_id:
        return Denied(_("This is not about you."))
    return _is_still_told(standing)


def may_tell_clients_tie(person: Person, standing: Standing) -> Decision:
    """The orderer, of who is to assess in their case, until the opinions are opened."""
    case = standing.proposal.case
    if person.pk != case.orderer_id or not has_role(person, Role.ORDERER, case.client):
        return Denied(_("Only %(person)s says this for the client.") % {"person": case.orderer})
    return _is_still_told(standing)


def _is_still_told(standing: Standing) -> Decision:
    if standing.is_accepted and standing.proposal.case.state in CAN_BE_ASKED_IN:
        return Allowed()
    return Denied(_("It is too late, or nobody is proposed any more. You can ask us instead."))


def may_challenge(candidacy: Candidacy, standing: Standing) -> Decision:
    """Each candidate once, of who is to assess them, until the opinions are opened."""
    if candidacy.is_withdrawn or candidacy.case_id != standing.proposal.case_id:
        return Denied(_("This is not about you."))
    if not standing.is_accepted or candidacy.case.state not in CAN_BE_ASKED_IN:
        return Denied(_("It is too late, or nobody is proposed any more. You can ask us instead."))
    if standing.own(candidacy, {StepKind.CHALLENGED}) is not None:
        return Denied(_("You have said that already, and it stands as you wrote it."))
    return Allowed()
