"""A candidate or the client tells how they know the assessor who is proposed."""

import pytest
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.audit.models import Event
from second_opinion.cases.models import Letter
from second_opinion.cases.states import LetterKind
from second_opinion.opinions.errors import EngagementError
from second_opinion.opinions.selectors import around_of, asking_in
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services
from second_opinion.panels.analysis import CONFLICT
from second_opinion.panels.errors import TieError
from second_opinion.panels.models import Tie
from second_opinion.panels.selectors import own_ties, tie_of, ties_told_by, ties_told_of
from second_opinion.panels.selectors.proposals import proposed_in, standings_in, step_words
from second_opinion.panels.services import ToldTie
from second_opinion.panels.states import Ending, Source, TieKind
from tests import factories
from tests.panels.test_ties import Panel

pytestmark = pytest.mark.django_db

TRAINED = ToldTie(kind=TieKind.TRAINED_BY, ending=Ending.HOLDS, words="A course in Lund.")


class Proposed(Panel):
    """An assessor has accepted, and nobody is engaged."""

    def __init__(self):
        super().__init__()
        services.propose_assessor(
            actor=self.cast.coordinator,
            case=self.case,
            assessor=self.cast.assessor,
            asking=asking_in(self.case),
            reason="Free now.",
        )
        self.accept()

    @property
    def standing(self):
        (standing,) = standings_in(self.case)
        return standing

    def accept(self):
        services.answer_proposal(
            actor=self.cast.assessor,
            standing=self.standing,
            around=around_of(self.case),
            declares_no_more=True,
        )

    def tell(self, told=TRAINED):
        return services.tell_tie(candidacy=self.kim, standing=self.standing, told=told)

    def tell_for_the_client(self, told=TRAINED, actor=None):
        orderer = actor or self.cast.orderer
        return services.tell_clients_tie(actor=orderer, standing=self.standing, told=told)


@pytest.fixture
def proposed():
    return Proposed()


def test_what_a_candidate_tells_is_a_declared_tie_that_blocks_until_it_is_decided(proposed):
    tie = proposed.tell()

    assert (tie.source, tie.author, tie.told_in.candidacy) == (
        Source.CANDIDATE,
        None,
        proposed.kim,
    )
    assert step_words(tie.told_in) == "A course in Lund."
    (conflict,) = proposed.found()
    assert conflict.verdict is CONFLICT
    with pytest.raises(EngagementError, match="conflict of interest"):
        proposed.engage(OpinionKind.SECOND)
    proposed.rule(conflict)
    assert proposed.engage()


def test_what_the_orderer_tells_is_a_tie_of_the_clients(proposed):
    tie = proposed.tell_for_the_client()

    assert (tie.source, tie.author) == (Source.CLIENT, proposed.cast.orderer)
    assert [one.side for one in proposed.found()] == ["client"]


def test_the_coordinator_is_mailed_and_the_log_says_that_it_was_told(proposed):
    proposed.tell()

    letter = Letter.objects.get(kind=LetterKind.TIE_TOLD)
    assert letter.reader == proposed.cast.coordinator
    event = Event.objects.get(verb="proposal.tied")
    assert event.details == {"candidacy": str(proposed.kim.pseudonym)}
    assert "Lund" not in str(list(Event.objects.values_list("details", flat=True)))


def test_only_those_who_run_cases_and_who_told_it_read_it(proposed):
    cast = proposed.cast
    tie = proposed.tell()

    assert own_ties(cast.assessor) == []
    assert tie_of(cast.assessor, tie.pseudonym) is None
    assert tie_of(cast.coordinator, tie.pseudonym) == tie
    assert ties_told_of(proposed.case, [cast.assessor]) == [tie]
    assert ties_told_by(proposed.kim, cast.assessor) == [tie]
    assert ties_told_by(cast.orderer, cast.assessor) == []


def test_a_correction_of_it_is_hidden_from_the_assessor_too(proposed):
    tie = proposed.tell()

    services.correct_tie(
        actor=proposed.cast.coordinator, tie=tie, reason="Asked them.", ending=Ending.UNKNOWN
    )

    assert own_ties(proposed.cast.assessor) == []
    assert ties_told_by(proposed.kim, proposed.cast.assessor) == [tie]  # as they told it


def test_it_stays_in_the_register_that_it_was_told_to(proposed):
    elsewhere = factories.make_organisation("Another provider")
    proposed.cast.assessor.memberships.create(organisation=elsewhere, role=Role.ASSESSOR)
    proposed.tell()
    case = factories.make_case(proposed.cast, reference="elsewhere")
    type(case).objects.filter(pk=case.pk).update(provider=elsewhere)
    case.refresh_from_db()

    assert ties_told_of(case, [proposed.cast.assessor]) == []


def test_the_same_is_told_once_and_another_kind_besides(proposed):
    proposed.tell()

    with pytest.raises(TieError, match="said that already"):
        proposed.tell()
    proposed.tell(ToldTie(kind=TieKind.FAMILY, ending=Ending.HOLDS))

    assert Tie.objects.count() == 2


def test_its_days_have_to_make_sense(proposed):
    today = timezone.localdate()

    with pytest.raises(TieError, match="which day it ended"):
        proposed.tell(ToldTie(kind=TieKind.FAMILY, ending=Ending.HOLDS, ended_on=today))

    assert not Tie.objects.exists()


def test_nobody_else_at_the_client_and_no_one_too_late_tells_anything(proposed):
    colleague = factories.make_person(
        Role.ORDERER, organisation=proposed.cast.client, name="Ola Other"
    )
    standing = proposed.standing

    with pytest.raises(NotAllowedError, match="for the client"):
        proposed.tell_for_the_client(actor=colleague)
    assert proposed_in(proposed.case, colleague) == []
    assert proposed_in(proposed.case, proposed.cast.orderer) == [standing]
    services.withdraw_proposal(
        actor=proposed.cast.coordinator, standing=standing, reason="The client waits."
    )
    with pytest.raises(NotAllowedError, match="too late"):
        proposed.tell()
    with pytest.raises(NotAllowedError, match="too late"):
        proposed.tell_for_the_client()


def test_the_candidate_of_another_case_tells_nothing(proposed):
    other = factories.make_case(proposed.cast, reference="other").candidacies.get()

    with pytest.raises(NotAllowedError, match="not about you"):
        services.tell_tie(candidacy=other, standing=proposed.standing, told=TRAINED)
