from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.candidates import policies as candidates
from second_opinion.candidates.models import Referee
from second_opinion.candidates.selectors import acknowledgement_of, has_acknowledged, referees_of
from second_opinion.cases import policies as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import locked_profile
from second_opinion.cases.states import CaseState
from second_opinion.instruments import selectors
from second_opinion.instruments.models import GivenQuestionnaire, WorkSampleRating

IS_GUIDED = frozenset({CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT})


def may_read_guide(person: Person, case: Case) -> Decision:
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if locked_profile(case) is None:
        return Denied(_("There is an interview guide once the requirement profile is locked."))
    return Allowed()


def may_write_guide(person: Person, case: Case) -> Decision:
    """The coordinators of the provider, until the first assessor has been shown it."""
    if isinstance(denied := may_read_guide(person, case), Denied):
        return denied
    if case.state not in IS_GUIDED:
        return Denied(_("The interviews of this case are over: its guide stays as it is."))
    guide = selectors.guide_of(case)
    if guide is not None and guide.is_frozen:
        return Denied(
            _(
                "An assessor has been shown this guide, so it stays as it is: every finalist is "
                "asked the same. A new version of the requirement profile gets a new guide."
            )
        )
    return Allowed()


def can_be_assessed(candidacy: Candidacy) -> Decision:
    """The order of time, whoever asks: told < assessed < opened, and nothing of who withdrew."""
    if candidacy.is_withdrawn:
        return Denied(_("The candidate has withdrawn: the assessment ends here."))
    if candidacy.case.state != CaseState.IN_ASSESSMENT:
        return Denied(
            _(
                "Results are entered while the case is in assessment: after the criteria are "
                "locked, and before anything is opened."
            )
        )
    if not has_acknowledged(candidacy):
        return Denied(
            _(
                "The candidate has not yet said that they have read what this is about. Nothing "
                "is assessed before that."
            )
        )
    return Allowed()


def may_give_questionnaires(person: Person, case: Case) -> Decision:
    """The coordinators of the provider, where the locked profile measures something so."""
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if case.state not in IS_GUIDED:
        return Denied(
            _(
                "A questionnaire is given after the requirement profile is locked, and before the "
                "opinions are opened."
            )
        )
    if not selectors.measured_by_questionnaire(case):
        return Denied(
            _(
                "The requirement profile measures no criterion by a questionnaire. What is not "
                "needed is not asked of a candidate."
            )
        )
    return Allowed()


def may_take_back(person: Person, case: Case, key: str) -> Decision:
    """The coordinators, while no candidate has sent it in: finalists are asked the same."""
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if case.state not in IS_GUIDED:
        return Denied(_("The opinions are opened: what was given stays given."))
    standing = GivenQuestionnaire.objects.filter(
        candidacy__case=case, form__key=key, taken_back_at__isnull=True
    )
    if not standing.exists():
        return Denied(_("There is no such questionnaire to take back. Nothing was changed."))
    if standing.filter(sent__isnull=False).exists():
        return Denied(
            _(
                "A candidate has sent in their answers, so it stays given: all finalists are "
                "asked the same."
            )
        )
    return Allowed()


def may_answer(given: GivenQuestionnaire) -> Decision:
    """The candidate, from having read what it is about until they have sent it in."""
    candidacy = given.candidacy
    if isinstance(denied := candidates.may_take_part(candidacy), Denied):
        return denied
    if given.taken_back_at is not None:
        return Denied(
            _(
                "This questionnaire is no longer needed. Nothing is asked of you here, and what "
                "you may have answered is not used."
            )
        )
    if hasattr(given, "sent"):
        return Denied(_("You have sent in your answers. They stay as they are."))
    read = acknowledgement_of(candidacy)
    if read is None:
        return Denied(_("Please read first what this is about, and say that you have."))
    if read.notice.written_at < given.at:
        return Denied(
            _(
                "You have not been told of this questionnaire yet. We write to you, and then you "
                "can answer it."
            )
        )
    if candidacy.case.state != CaseState.IN_ASSESSMENT:
        return Denied(_("The assessment has not begun yet. You can answer as soon as it has."))
    return Allowed()


def may_set_norms(person: Person, provider: Organisation) -> Decision:
    """Who sets the provider's other rules sets this one, too."""
    if has_role(person, Role.COORDINATOR, provider):
        return Allowed()
    return Denied(
        _("Only a coordinator at %(provider)s decides on its norms.") % {"provider": provider}
    )


def may_make_norms(person: Person, provider: Organisation) -> Decision:
    if isinstance(denied := may_set_norms(person, provider), Denied):
        return denied
    if not selectors.makes_norms(provider):
        return Denied(_("Norms of your own are switched off. Switch them on first."))
    return Allowed()


def may_be_counted(given: GivenQuestionnaire) -> Decision:
    """A candidate who has sent in, once that is done: it is asked apart from everything else."""
    candidacy = given.candidacy
    if not selectors.can_be_counted_in(candidacy.case):
        return Denied(_("Nobody is asked to be counted here."))
    if candidacy.is_withdrawn or candidacy.case.removed_at is not None:
        return Denied(_("You have withdrawn. Nothing more is asked of you."))
    if not candidacy.email.strip():
        return Denied(
            _("Without a mail address nobody can see to it that you are counted only once.")
        )
    if given.taken_back_at is not None or not hasattr(given, "sent"):
        return Denied(_("You are asked this once you have sent in your answers."))
    return Allowed()


def may_answer_reference(referee: Referee) -> Decision:
    """By who holds the referee's link: once, while the candidate wants it and the case is on."""
    if selectors.reference_of(referee) is not None:
        return Denied(_("You have answered. Thank you: nothing more is asked of you."))
    named = referees_of(referee.candidacy)
    if not any(one.referee.pk == referee.pk and one.may_be_written_to for one in named):
        return Denied(_("This reference is no longer asked for. Nothing is asked of you."))
    if isinstance(can_be_assessed(referee.candidacy), Denied):
        return Denied(_("The time for references is over. Nothing more is asked of you."))
    return Allowed()


def may_write_task(person: Person, case: Case) -> Decision:
    """The coordinators, once the criteria are locked and until the finalists have it."""
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if case.state not in IS_GUIDED:
        return Denied(
            _("A work sample is written after the criteria are locked and before the opening.")
        )
    sample = selectors.work_sample_of(case)
    if sample is not None and sample.given_at is not None:
        return Denied(_("The finalists have this task, so it stays as it is: all get the same."))
    return Allowed()


def may_give_task(person: Person, case: Case) -> Decision:
    if isinstance(denied := may_write_task(person, case), Denied):
        return denied
    if case.state != CaseState.IN_ASSESSMENT:
        return Denied(_("The task is given once the assessment has begun."))
    if selectors.work_sample_of(case) is None:
        return Denied(_("Write the task first."))
    return Allowed()


def may_take_task(candidacy: Candidacy) -> Decision:
    """The candidate, on their own page."""
    sample = selectors.work_sample_of(candidacy.case)
    if sample is None or sample.given_at is None:
        return Denied(_("There is no task for you here."))
    return can_be_assessed(candidacy)


def may_answer_task(candidacy: Candidacy) -> Decision:
    if isinstance(denied := may_take_task(candidacy), Denied):
        return denied
    attempt = selectors.attempt_of(candidacy)
    if attempt is None:
        return Denied(_("Open the task first."))
    if attempt.answered_at is not None:
        return Denied(_("Your answer has reached us. It stays as it is."))
    return Allowed()


def is_there_to_read(candidacy: Candidacy) -> Decision:
    """For raters; the same words whether nothing was sent or nothing is released yet."""
    if selectors.is_masked(candidacy.case):
        if selectors.released_answer_of(candidacy) is not None:
            return Allowed()
        return Denied(
            _("There is nothing for you to read yet. It stands here as soon as it is released.")
        )
    attempt = selectors.attempt_of(candidacy)
    if attempt is not None and attempt.answered_at is not None:
        return Allowed()
    return Denied(_("The candidate has not answered yet."))


def may_rate(person: Person, rating: WorkSampleRating) -> Decision:
    """One's own, once the candidate has answered, until it is sealed."""
    if rating.rater_id != person.pk:
        return Denied(_("This is another rater's."))
    if rating.sealed_at is not None:
        return Denied(_("Your rating is sealed: nothing in it can change."))
    if isinstance(denied := is_there_to_read(rating.candidacy), Denied):
        return denied
    attempt = selectors.attempt_of(rating.candidacy)
    if attempt is not None and attempt.counted_alone_at is not None:
        return Denied(_("One rating has been counted alone: no other is taken in."))
    return can_be_assessed(rating.candidacy)


def may_count_one_rater(person: Person, candidacy: Candidacy) -> Decision:
    if isinstance(denied := cases.may_run(person, candidacy.case), Denied):
        return denied
    attempt = selectors.attempt_of(candidacy)
    sealed = [one for one in selectors.ratings_on([candidacy]) if one.sealed_at is not None]
    if attempt is None or len(sealed) != 1 or attempt.counted_alone_at is not None:
        return Denied(_("One rating counts alone where exactly one is sealed, and once."))
    return can_be_assessed(candidacy)
