"""What an engaged assessor may do before the opening: see the file, meet, record, read answers."""

from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.cases.states import CaseState
from second_opinion.opinions import selectors
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.policies.certificates import is_certified
from second_opinion.opinions.policies.engaging import CAN_BE_ENGAGED_IN
from second_opinion.opinions.states import OpinionKind


def may_see_file(person: Person, opinion: Opinion) -> Decision:
    """The file of a case, for who is engaged: after they have declared their ties to it."""
    if opinion.assessor_id != person.pk:
        return Denied(_("This is another assessor's opinion."))
    if selectors.is_declared(opinion):
        return Allowed()
    return Denied(_("Say first whether you know anybody in this case. Then you see its file."))


def may_record(person: Person, opinion: Opinion) -> Decision:
    """One's own opinion, during the assessment, until it is sealed, and after the first opinion."""
    case = opinion.candidacy.case
    if opinion.assessor_id != person.pk:
        return Denied(_("This is another assessor's opinion."))
    if opinion.is_sealed:
        return Denied(_("Your assessment is sealed: nothing in it can change."))
    if opinion.candidacy.is_withdrawn:
        return Denied(_("The candidate has withdrawn: the assessment ends here."))
    if isinstance(denied := may_see_file(person, opinion), Denied):
        return denied
    if case.state not in CAN_BE_ENGAGED_IN:
        return Denied(_("Opinions are given while the case is in assessment."))
    return Denied(not_yet_sentence()) if _is_anything_awaited(opinion) else Allowed()


def _is_anything_awaited(opinion: Opinion) -> bool:
    """The start, the candidate, and, but by the client's own, the first opinion and an answer."""
    if opinion.candidacy.case.state != CaseState.IN_ASSESSMENT:
        return True
    if not selectors.is_candidate_told(opinion):
        return True
    return opinion.kind != OpinionKind.FIRST and (
        selectors.is_first_opinion_awaited(opinion)
        or selectors.is_challenged(opinion)
        or selectors.is_tie_open(opinion)
    )


def not_yet_sentence() -> str:
    """One for all that is waited for: what it is would tell of others and of their opinions."""
    return _("Not everything is ready for you to begin. You can begin as soon as it is.")


def may_meet(person: Person, opinion: Opinion) -> Decision:
    """Times for an interview are offered by the provider's assessors, before they seal.

    The candidate has read by then who assesses them. The client's own assessment needs no
    interview of ours.
    """
    if opinion.assessor_id != person.pk:
        return Denied(_("This is another assessor's opinion."))
    if opinion.kind == OpinionKind.FIRST:
        return Denied(_("The client’s own assessors meet the candidate without us."))
    if opinion.is_sealed:
        return Denied(_("Your assessment is sealed: nothing in it can change."))
    if opinion.candidacy.is_withdrawn:
        return Denied(_("The candidate has withdrawn: the assessment ends here."))
    if isinstance(denied := may_see_file(person, opinion), Denied):
        return denied
    if opinion.candidacy.case.state not in CAN_BE_ENGAGED_IN:
        return Denied(_("Opinions are given while the case is in assessment."))
    if not selectors.is_candidate_told(opinion):
        return Denied(
            _(
                "The candidate has not yet said that they have read what this is about. You can "
                "offer times as soon as they have."
            )
        )
    return Allowed()


def may_read_material(person: Person, opinion: Opinion) -> Decision:
    """What a candidate added, for the provider's assessors: not before they may begin."""
    if opinion.assessor_id != person.pk:
        return Denied(_("This is another assessor's opinion."))
    if opinion.kind == OpinionKind.FIRST:
        return Denied(_("What candidates send to our assessors stays with them."))
    if opinion.candidacy.is_withdrawn:
        return Denied(_("The candidate has withdrawn: the assessment ends here."))
    if opinion.is_sealed:
        return Allowed()
    return may_record(person, opinion)


def may_read_answers(person: Person, opinion: Opinion) -> Decision:
    """What a candidate answered to a questionnaire, for the assessors who are engaged on them.

    Never for the client's own, nor for who runs the case; what was scored out of it nobody sees
    before the opening.
    """
    if opinion.assessor_id != person.pk:
        return Denied(_("This is another assessor's opinion."))
    if opinion.kind == OpinionKind.FIRST:
        return Denied(_("What candidates answer to questionnaires stays with our own assessors."))
    if opinion.candidacy.is_withdrawn:
        return Denied(_("The candidate has withdrawn: the assessment ends here."))
    certified = is_certified(person, opinion.candidacy.case, OpinionKind(opinion.kind))
    if isinstance(certified, Denied):
        return certified
    if opinion.is_sealed:
        return Allowed()
    return may_record(person, opinion)
