"""An engagement ends before its seal: the assessor says no, steps down, or is challenged."""

import pytest

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.audit.models import Event
from second_opinion.candidates.models import Mailing
from second_opinion.candidates.states import MailKind
from second_opinion.cases.models import Candidacy, Letter
from second_opinion.cases.states import CaseState, LetterKind
from second_opinion.opinions import policies, services
from second_opinion.opinions.errors import EngagementError
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services as panels
from second_opinion.panels.selectors.proposals import proposed_to, standing_of, step_words
from second_opinion.panels.states import DeclineReason, StepKind
from tests import factories

pytestmark = pytest.mark.django_db


class Engaged:
    """A case with one assessor, engaged without being asked first, and the candidate told."""

    def __init__(self):
        self.cast = cast = factories.Cast()
        self.case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
        self.kim = self.case.candidacies.get()
        self.opinion = services.engage_assessor(
            actor=cast.coordinator,
            candidacy=self.kim,
            assessor=cast.assessor,
            kind=OpinionKind.SECOND,
        )

    def accept(self):
        return factories.declare(self.opinion)

    def challenge(self):
        standing = standing_of(self.case, self.cast.assessor)
        panels.challenge_proposal(candidacy=self.kim, standing=standing, words="We are cousins.")
        return standing

    def decide(self, standing, *, is_upheld):
        return services.decide_challenge(
            actor=self.cast.coordinator,
            standing=standing,
            candidacy=self.kim,
            is_upheld=is_upheld,
            words="Thank you.",
        )

    def letters(self, kind):
        return list(Letter.objects.filter(kind=kind).values_list("reader", flat=True))


@pytest.fixture
def engaged():
    return Engaged()


def test_who_is_engaged_unasked_stands_on_the_candidates_page_once_they_accept(engaged):
    Candidacy.objects.update(email="kim@example.com")
    before = proposed_to(engaged.kim)
    engaged.accept()
    (shown,) = proposed_to(engaged.kim)

    assert before == []
    assert shown.proposal.assessor == engaged.cast.assessor
    told = Mailing.objects.filter(candidacy=engaged.kim, kind=MailKind.NEWS)
    assert told.count() == 1


def test_they_decline_before_they_see_the_file_and_somebody_else_can_be_asked(engaged):
    services.decline_engagement(
        actor=engaged.cast.assessor,
        opinion=engaged.opinion,
        because=DeclineReason.CONFLICT,
        words="My old boss.",
    )

    assert not Opinion.objects.exists()
    assert proposed_to(engaged.kim) == []
    assert engaged.letters(LetterKind.ANSWERED) == [engaged.cast.coordinator.pk]
    assert standing_of(engaged.case, engaged.cast.assessor) is None


def test_after_they_have_accepted_they_step_down_with_a_reason(engaged):
    engaged.accept()
    with pytest.raises(EngagementError, match="You have answered"):
        services.decline_engagement(
            actor=engaged.cast.assessor, opinion=engaged.opinion, because=DeclineReason.NO_TIME
        )
    with pytest.raises(EngagementError, match="Say why"):
        services.end_engagement(
            actor=engaged.cast.assessor,
            case=engaged.case,
            assessor=engaged.cast.assessor,
            reason=" ",
        )
    standing = standing_of(engaged.case, engaged.cast.assessor)
    services.end_engagement(
        actor=engaged.cast.assessor,
        case=engaged.case,
        assessor=engaged.cast.assessor,
        reason="I fell ill.",
    )

    ended = standing.proposal.steps.last()
    assert (ended.kind, step_words(ended)) == (StepKind.WITHDRAWN, "I fell ill.")
    assert not Opinion.objects.exists()
    assert Event.objects.filter(verb="assessor.let_go", case=engaged.case.pseudonym).count() == 1
    assert proposed_to(engaged.kim) == []


def test_what_is_sealed_stays_and_what_is_not_goes(engaged):
    engaged.accept()
    factories.seal(engaged.opinion)

    assert not policies.may_end_engagement(
        engaged.cast.coordinator, engaged.case, engaged.cast.assessor
    )
    with pytest.raises(NotAllowedError, match="what is sealed stays"):
        services.end_engagement(
            actor=engaged.cast.coordinator,
            case=engaged.case,
            assessor=engaged.cast.assessor,
            reason="Too late.",
        )
    assert Opinion.objects.get().is_sealed


def test_a_challenge_holds_the_assessment_up_until_it_is_answered(engaged):
    engaged.accept()
    assert policies.may_record(engaged.cast.assessor, engaged.opinion)
    standing = engaged.challenge()
    held_up = policies.may_record(engaged.cast.assessor, engaged.opinion)
    engaged.decide(standing, is_upheld=False)

    assert held_up.reason == policies.not_yet_sentence()
    assert policies.may_record(engaged.cast.assessor, engaged.opinion)


def test_a_challenge_that_is_upheld_ends_the_engagement(engaged):
    engaged.accept()
    engaged.decide(engaged.challenge(), is_upheld=True)

    assert not Opinion.objects.exists()
    assert engaged.letters(LetterKind.ENGAGEMENT_ENDED) == [engaged.cast.assessor.pk]
    (after,) = proposed_to(engaged.kim)
    assert after.is_over
    with pytest.raises(EngagementError, match="challenged"):
        services.engage_assessor(
            actor=engaged.cast.coordinator,
            candidacy=engaged.kim,
            assessor=engaged.cast.assessor,
            kind=OpinionKind.SECOND,
        )


def test_a_challenge_of_whoever_has_sealed_is_answered_and_not_upheld(engaged):
    engaged.accept()
    factories.seal(engaged.opinion)
    standing = engaged.challenge()

    with pytest.raises(EngagementError, match="has sealed their opinion on Kim Karlsson"):
        engaged.decide(standing, is_upheld=True)
    engaged.decide(standing, is_upheld=False)
    assert Opinion.objects.get().is_sealed


def test_only_who_runs_the_case_and_the_assessor_end_it(engaged):
    engaged.accept()
    others = [
        engaged.cast.orderer,
        factories.make_person(Role.ASSESSOR, organisation=engaged.cast.provider),
        engaged.cast.stranger,
    ]

    for other in others:
        assert not policies.may_end_engagement(other, engaged.case, engaged.cast.assessor)
    assert policies.may_end_engagement(
        engaged.cast.coordinator, engaged.case, engaged.cast.assessor
    )


def test_one_sentence_tells_nothing_of_what_is_waited_for(engaged):
    """Whether the client's own opinion is there, the candidate has read, or has challenged."""
    engaged.accept()
    factories.engage(engaged.cast, engaged.kim, engaged.cast.decider, OpinionKind.FIRST)
    waits_for_first = policies.may_record(engaged.cast.assessor, engaged.opinion)

    assert waits_for_first.reason == policies.not_yet_sentence()
