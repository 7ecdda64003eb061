from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.cases import policies as cases
from second_opinion.cases import selectors as cases_selectors
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import first_opinion_waiver_of
from second_opinion.cases.states import IS_OPENED, CaseState, Part, illegal_move, may_become
from second_opinion.instruments.models import Result
from second_opinion.instruments.policies import can_be_assessed, may_be_blind
from second_opinion.instruments.selectors import is_rater
from second_opinion.opinions import selectors
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.policies.certificates import is_certified
from second_opinion.opinions.policies.early import has_not_read_early
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels.analysis import unresolved_in
from second_opinion.panels.selectors.proposals import is_challenged

ONE_MINUTE = timedelta(minutes=1)
CAN_BE_DISCUSSED_IN = frozenset({CaseState.OPENED, CaseState.REPORTED})
CAN_BE_ENGAGED_IN = frozenset({CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT})


def may_engage(person: Person, case: Case) -> Decision:
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if case.state in CAN_BE_ENGAGED_IN:
        return Allowed()
    return Denied(
        _("Assessors are engaged after the requirement profile is locked and before the opening.")
    )


def may_end_engagement(person: Person, case: Case, assessor: Person) -> Decision:
    """Who runs the case, and the assessor of themselves, while something of theirs is unsealed."""
    if person.pk != assessor.pk and isinstance(denied := may_engage(person, case), Denied):
        return denied
    if case.state in CAN_BE_ENGAGED_IN and selectors.has_unsealed_in(assessor, case):
        return Allowed()
    return Denied(_("Nothing is open to be ended here: what is sealed stays as it is."))


def may_give(assessor: Person, case: Case, kind: OpinionKind) -> Decision:
    """Whether this person's opinion would be what it is called, and independent."""
    part = Part.FIRST_ASSESSOR if kind == OpinionKind.FIRST else Part.ASSESSOR
    held = selectors.assessor_parts(assessor, case)
    if is_rater(assessor, case):
        return Denied(
            _("%(person)s rates the work sample: their opinion would count the same eyes twice.")
            % {"person": assessor}
        )
    if isinstance(denied := has_not_read_early(assessor, case), Denied):
        return denied
    apart = cases.keeps_interests_apart(assessor, case, part, held=held)
    if isinstance(apart, Denied):
        return apart
    if kind == OpinionKind.FIRST:
        return _may_give_first(assessor, case)
    if any(has_role(assessor, role, case.client) for role in (Role.ORDERER, Role.DECIDER)):
        return Denied(
            _("%(person)s orders or decides at %(client)s and cannot give an independent opinion.")
            % {"person": assessor, "client": case.client}
        )
    if kind == OpinionKind.SECOND and not has_role(assessor, Role.ASSESSOR, case.provider):
        return Denied(
            _("%(person)s is no assessor at %(provider)s, and the second opinion is theirs.")
            % {"person": assessor, "provider": case.provider}
        )
    if not assessor.memberships.filter(role=Role.ASSESSOR).exists():
        return Denied(_("%(person)s is no assessor.") % {"person": assessor})
    return _runs_alone_or_not_at_all(assessor, case)


def is_free_of_conflict(assessor: Person, case: Case, kind: OpinionKind) -> Decision:
    """Whether all that ties an assessor to the case has been cleared; the client's own may be tied.

    Asked of the register as it is now, each time.
    """
    if kind == OpinionKind.FIRST:
        return Allowed()
    if unresolved_in(case, [assessor], around=selectors.around_of(case)):
        return Denied(conflict_sentence(assessor))
    if is_challenged(case, assessor):
        return Denied(
            _("A candidate has challenged %(person)s, and that is not decided or was upheld.")
            % {"person": assessor}
        )
    return Allowed()


def conflict_sentence(assessor: Person) -> str:
    """Who may engage is told what there is on the page of conflicts, and nobody else is."""
    return _(
        "%(person)s has, or may have, a conflict of interest in this case that nobody has cleared."
    ) % {"person": assessor}


def _runs_alone_or_not_at_all(assessor: Person, case: Case) -> Decision:
    """Who runs a case assesses in it only where nobody else could run it."""
    if assessor.pk != case.coordinator_id or selectors.is_lone_coordinator(assessor, case):
        return Allowed()
    return Denied(
        _(
            "%(person)s runs the case and others at %(provider)s could: let one of them run it, "
            "or somebody else assess."
        )
        % {"person": assessor, "provider": case.provider}
    )


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
    if case.state != CaseState.IN_ASSESSMENT:
        return Denied(_("Opinions are given while the case is in assessment."))
    if not selectors.is_candidate_told(opinion) or (
        opinion.kind != OpinionKind.FIRST
        and (selectors.is_first_opinion_awaited(opinion) or selectors.is_challenged(opinion))
    ):
        return Denied(not_yet_sentence())
    return Allowed()


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


def may_enter_test(person: Person, candidacy: Candidacy) -> Decision:
    """The coordinators, and the provider's assessors of this candidate: who gave it knows it."""
    if not selectors.is_second_assessor(person, candidacy) and isinstance(
        denied := cases.may_run(person, candidacy.case), Denied
    ):
        return denied
    return can_be_assessed(candidacy)


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


def may_correct_result(person: Person, result: Result) -> Decision:
    """Who entered it, or a coordinator who may see it; until the opening."""
    if isinstance(denied := may_enter_test(person, result.candidacy), Denied):
        return denied
    visible = selectors.results_visible_to(person, case=result.candidacy.case)
    if any(kept.result.pk == result.pk for kept in visible):
        return Allowed()
    return Denied(_("Only who entered this result corrects it."))


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


def may_open(person: Person, case: Case) -> Decision:
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if not may_become(case.state, CaseState.OPENED):
        return Denied(illegal_move(case.state, CaseState.OPENED))
    if selectors.has_opinion_in(person, case) and not selectors.is_everything_sealed(case):
        return Denied(
            _(
                "You give an opinion in this case yourself, so you cannot choose when it opens: it "
                "opens by itself as soon as all opinions are sealed."
            )
        )
    return Allowed()


def may_read_discussion(person: Person, case: Case) -> Decision:
    """The case's assessors and coordinators, once it is open; who orders or decides, later."""
    if selectors.is_in_discussion(person, case):
        return Allowed()
    if case.state not in IS_OPENED:
        return Denied(_("Opinions are discussed after they have been opened together."))
    return Denied(
        _(
            "The discussion is for those who sealed an opinion and for the coordinators. Who "
            "orders or decides reads what came of it in the report, once that is released."
        )
    )


def may_discuss(person: Person, candidacy: Candidacy) -> Decision:
    """From the opening to the client's decision."""
    if isinstance(denied := may_read_discussion(person, candidacy.case), Denied):
        return denied
    if candidacy.is_withdrawn:
        return Denied(_("The candidate has withdrawn: nothing more is said of them."))
    if candidacy.case.state in CAN_BE_DISCUSSED_IN:
        return Allowed()
    return Denied(_("The client has decided: the discussion is over, and stays to be read."))


def may_revise(person: Person, opinion: Opinion, *, report_given_at: datetime | None) -> Decision:
    """One's own rating, from the opening until a report is in anybody's hands.

    report_given_at : when candidates or client could first read one, which a higher room knows
    """
    if opinion.assessor_id != person.pk:
        return Denied(_("This is another assessor's opinion."))
    if not opinion.is_sealed:
        return Denied(
            _("A rating is revised after it was sealed and opened, and this one was not.")
        )
    if isinstance(denied := may_discuss(person, opinion.candidacy), Denied):
        return denied
    if report_given_at is not None:
        return Denied(
            _(
                "A report has been given out, so ratings are no longer revised: whoever read it "
                "would have read something else. You can still say what you think of it now."
            )
        )
    return Allowed()


def is_ready_to_open(case: Case) -> Decision:
    """All is sealed; or the deadline has passed, and there is something to open."""
    if selectors.is_everything_sealed(case):
        return Allowed()
    if cases_selectors.is_without_interview(case):
        return _is_ready_without_interview(case)
    if not cases_selectors.is_past_due(case):
        return Denied(
            _(
                "A case opens when every candidate has an opinion and all opinions are sealed. "
                "After its deadline, %(when)s, you can open it without those that are not."
            )
            % {"when": _moment(cases_selectors.due_at(case))}
        )
    if not selectors.is_anything_to_open(case):
        return Denied(
            _(
                "The deadline has passed, but no opinion beside the client's own is sealed: there "
                "is no second opinion to open."
            )
        )
    return Allowed()


def _is_ready_without_interview(case: Case) -> Decision:
    if cases_selectors.is_past_due(case) and selectors.is_anything_to_open(case):
        return Allowed()
    return Denied(
        _(
            "Instruments alone measure here. The case opens when every candidate has a test, a "
            "reference or a work sample that counts, and every opinion that was asked for is "
            "sealed. After its deadline, %(when)s, you can open it with what there is."
        )
        % {"when": _moment(cases_selectors.due_at(case))}
    )


def _moment(at: datetime) -> str:
    """A due date ends at 24:00, so the minute before it is what people call the day."""
    return _("%(day)s at 24:00") % {"day": date_format(at - ONE_MINUTE, "j F Y")}


def _may_give_first(assessor: Person, case: Case) -> Decision:
    if first_opinion_waiver_of(case) is not None:
        return Denied(_("This case has no first opinion: the client wanted none."))
    roles = (Role.ORDERER, Role.DECIDER, Role.ASSESSOR)
    if any(has_role(assessor, role, case.client) for role in roles):
        return Allowed()
    return Denied(
        _("The first opinion is the client's own, and %(person)s has no role at %(client)s.")
        % {"person": assessor, "client": case.client}
    )
