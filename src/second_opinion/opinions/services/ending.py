"""Ending an engagement before its opinion is sealed: by the assessor, or for a reason of the case.

What is not sealed goes, with its draft; that it was there, and why it ended, stays in the log and
with the proposal. What is sealed stays, and counts.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import record_event
from second_opinion.candidates import services as candidates
from second_opinion.candidates.errors import NotAskedError
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.services import write_letter
from second_opinion.cases.states import LetterKind
from second_opinion.opinions import policies, selectors
from second_opinion.opinions.errors import EngagementError
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.services.until_opening import locked_case
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services as panels
from second_opinion.panels.models import ProposalStep
from second_opinion.panels.selectors.proposals import Standing, standing_of
from second_opinion.panels.services.deciding import keep_decision
from second_opinion.panels.states import DeclineReason


@transaction.atomic
def end_engagement(*, actor: Person, case: Case, assessor: Person, reason: str) -> None:
    """An assessor steps down, or a coordinator ends it; somebody else can be asked then.

    Raises
    ------
    EngagementError : nothing of theirs is unsealed, or no reason is given
    """
    case = locked_case(case)
    require(policies.may_end_engagement(actor, case, assessor))
    if not reason.strip():
        raise EngagementError(_("Say why: it stays with the case. Nothing was changed."))
    standing = standing_of(case, assessor)
    if standing is not None:
        panels.end_engagement(actor=actor, standing=standing, words=reason)
    _let_go(case, assessor, actor=actor)
    write_letter(case=case, kind=LetterKind.ANSWERED, reader=case.coordinator, author=actor)


@transaction.atomic
def decline_engagement(
    *, actor: Person, opinion: Opinion, because: DeclineReason, words: str = ""
) -> None:
    """Who was engaged without being asked first says no, before they see the file."""
    case = locked_case(opinion.candidacy.case)
    require(policies.may_end_engagement(actor, case, opinion.assessor))
    standing = standing_of(case, actor)
    if standing is None or not standing.is_awaited:
        raise EngagementError(_("You have answered. Tell the coordinator if you cannot assess."))
    panels.answer_proposal(
        actor=actor,
        standing=standing,
        around=selectors.around_of(case),
        declined_because=because,
        words=words,
    )
    _let_go(case, actor, actor=actor)


@transaction.atomic
def decide_challenge(
    *, actor: Person, standing: Standing, candidacy: Candidacy, is_upheld: bool, words: str
) -> ProposalStep:
    """As the room of panels decides it; one that is upheld ends the engagement too."""
    case, assessor = locked_case(standing.proposal.case), standing.proposal.assessor
    theirs = Opinion.objects.filter(candidacy__case=case, assessor=assessor)
    if is_upheld and theirs.filter(candidacy=candidacy, sealed_at__isnull=False).exists():
        raise EngagementError(
            _(
                "%(person)s has sealed their opinion on %(candidate)s, and what is sealed stays. "
                "Keep to the assessor, say so, and ask one more assessor if you agree with the "
                "candidate."
            )
            % {"person": assessor, "candidate": candidacy}
        )
    step = keep_decision(
        actor=actor, standing=standing, candidacy=candidacy, is_upheld=is_upheld, words=words
    )
    if is_upheld and theirs.exists():
        _let_go(case, assessor, actor=actor)
    return step


def _let_go(case: Case, assessor: Person, *, actor: Person) -> None:
    unsealed = Opinion.objects.filter(
        candidacy__case=case, assessor=assessor, sealed_at__isnull=True
    ).exclude(kind=OpinionKind.FIRST)
    for opinion in unsealed.select_related("candidacy__case"):
        _call_off(opinion, actor=actor)
        record_event(
            actor=actor,
            verb="assessor.let_go",
            subject=opinion,
            case=case,
            details={"case": case.pseudonym, "assessor": assessor.pseudonym},
        )
        opinion.delete()
    write_letter(case=case, kind=LetterKind.ENGAGEMENT_ENDED, reader=assessor, author=actor)


def _call_off(opinion: Opinion, *, actor: Person) -> None:
    talk = selectors.interview_of(opinion.assessor, opinion.candidacy)
    if talk is None:
        return
    try:
        candidates.call_off_meeting(actor=actor, meeting=talk.meeting)
    except NotAskedError:
        return  # it has taken place, and that stays true
