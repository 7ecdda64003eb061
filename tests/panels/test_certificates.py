"""Instruments that take a certificate: who has none that is valid is not asked, and uses none."""

from datetime import timedelta

import pytest
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.policies import Denied
from second_opinion.accounts.states import Role
from second_opinion.cases.states import CaseState
from second_opinion.instruments.errors import GivingError
from second_opinion.opinions import policies
from second_opinion.opinions.errors import EngagementError
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import asking_in
from second_opinion.opinions.services import take_up_guide
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services
from second_opinion.panels.analysis import Gate, shortlist_for
from second_opinion.panels.errors import ProposalError
from second_opinion.panels.selectors.assessors import (
    Certificate,
    Shown,
    ShownCompetence,
    registered_at,
)
from second_opinion.panels.selectors.certificates import (
    Instrument,
    certificates_at,
    ending_soon,
    lacks_certificate,
)
from second_opinion.panels.selectors.proposals import Need
from second_opinion.panels.states import Level, Proof
from tests import factories, questionnaires

pytestmark = pytest.mark.django_db

INTERVIEW = "Structured  Interview"


def day(days):
    return timezone.localdate() + timedelta(days=days)


class Firm:
    """Two assessors who know contract law; what each is certified on is written in the tests."""

    def __init__(self, state=CaseState.PROFILE_LOCKED):
        self.cast = factories.Cast()
        self.case = factories.make_case(self.cast, state=state)
        self.kim = self.case.candidacies.get()
        self.other = factories.make_person(
            Role.ASSESSOR, organisation=self.cast.provider, name="Siv Some"
        )
        for person in (self.cast.assessor, self.other):
            self.certify(person)

    def certify(self, person, *certificates):
        law = ShownCompetence(key="contract_law", level=Level.EXPERT, proof=Proof.CASES)
        shown = Shown(
            competences=(law,),
            instruments=tuple(
                Certificate(instrument=name, valid_until=until) for name, until in certificates
            ),
        )
        version = services.save_assessor(
            actor=person, assessor=person, provider=self.cast.provider, shown=shown
        )
        services.confirm_assessor(actor=self.cast.coordinator, version=version)

    def shortlist(self):
        services.confirm_needs(
            actor=self.cast.coordinator,
            case=self.case,
            needs=[Need(words="avtal", key="contract_law", level=3)],
        )
        asking = asking_in(self.case)
        return shortlist_for(
            self.case,
            around=asking.around,
            load=asking.load,
            instruments=asking.instruments,
            language="en",
        )

    def propose(self, person):
        return services.propose_assessor(
            actor=self.cast.coordinator,
            case=self.case,
            assessor=person,
            asking=asking_in(self.case),
            reason="Knows it.",
        )


@pytest.fixture
def firm():
    return Firm()


def test_nothing_takes_a_certificate_before_the_register_names_it(firm):
    found = firm.shortlist()

    assert {one.person for one in found.listed} == {firm.cast.assessor, firm.other}
    assert found.left_out == ()


def test_who_has_none_that_is_valid_is_left_out_of_the_shortlist_with_the_instrument_named(firm):
    firm.certify(firm.cast.assessor, (INTERVIEW, day(400)))
    firm.certify(firm.other, (INTERVIEW, day(-1)))

    found = firm.shortlist()

    assert [one.person for one in found.listed] == [firm.cast.assessor]
    (left_out,) = found.left_out
    assert (left_out.person, left_out.gate) == (firm.other, Gate.CERTIFICATE)
    assert left_out.instrument == "structured interview"


def test_they_are_neither_asked_nor_engaged_in_one_sentence(firm):
    firm.certify(firm.cast.assessor, (INTERVIEW, None))
    sentence = "Structured interview takes a certificate here, and the register confirms none of"

    with pytest.raises(ProposalError, match=sentence):
        firm.propose(firm.other)
    with pytest.raises(EngagementError, match=sentence):
        factories.engage(firm.cast, firm.kim, firm.other, OpinionKind.SECOND)
    factories.engage(firm.cast, firm.kim, firm.cast.assessor, OpinionKind.SECOND)


def test_the_clients_own_assessors_need_none(firm):
    firm.certify(firm.cast.assessor, (INTERVIEW, None))

    own = factories.engage(firm.cast, firm.kim, firm.cast.decider, OpinionKind.FIRST)

    assert list(Opinion.objects.filter(candidacy=firm.kim)) == [own]


def test_a_certificate_that_runs_out_during_the_case_takes_the_guide_away(firm):
    firm = Firm(CaseState.IN_ASSESSMENT)
    opinion = factories.engage(firm.cast, firm.kim, firm.cast.assessor, OpinionKind.SECOND)
    assert take_up_guide(actor=firm.cast.assessor, opinion=opinion)

    firm.certify(firm.cast.assessor, (INTERVIEW, day(-1)))
    with pytest.raises(NotAllowedError, match="takes a certificate here"):
        take_up_guide(actor=firm.cast.assessor, opinion=opinion)
    assert policies.may_record(firm.cast.assessor, opinion)

    firm.certify(firm.cast.assessor, (INTERVIEW, day(300)))
    assert take_up_guide(actor=firm.cast.assessor, opinion=opinion)


def test_that_one_ends_before_the_case_is_due_or_soon_is_told_ahead(firm):
    firm.certify(firm.cast.assessor, (INTERVIEW, day(20)), ("Another", day(10)))
    firm.certify(firm.other, (INTERVIEW, day(20)), (INTERVIEW, None))

    first, second = sorted(firm.shortlist().listed, key=lambda one: one.person != firm.other)

    assert first.ending == ()
    assert second.ending == (("structured interview", day(20)),)
    soon = {one.person: ending_soon(one) for one in registered_at(firm.cast.provider)}
    assert [one.instrument for one in soon[firm.cast.assessor]] == ["Another", INTERVIEW]
    assert [one.valid_until for one in soon[firm.other]] == [day(20)]


class WithQuestionnaire(Firm):
    """A case of a criterion that a questionnaire measures; nothing is given yet."""

    def __init__(self):
        super().__init__()
        self.case = factories.make_case(self.cast)
        self.kim = self.case.candidacies.get()
        questionnaires.lock_with_questionnaire(self.cast, self.case)


@pytest.mark.parametrize("name", [questionnaires.KEY, questionnaires.KEY.upper()])
def test_a_questionnaire_is_given_only_where_somebody_is_certified_on_it(name):
    firm = WithQuestionnaire()
    firm.certify(firm.cast.assessor, (name, day(-1)))

    with pytest.raises(GivingError, match="nobody at Provider has one that is valid"):
        questionnaires.give(firm.cast, firm.case)
    firm.certify(firm.other, (name, day(0)))

    assert questionnaires.give(firm.cast, firm.case)


def test_once_it_is_given_only_the_certified_are_asked_and_read_the_answers():
    firm = WithQuestionnaire()
    firm.certify(firm.other, (questionnaires.KEY, None))
    opinion = factories.engage(firm.cast, firm.kim, firm.cast.assessor, OpinionKind.SECOND)
    assert not isinstance(policies.is_certified(firm.other, firm.case, OpinionKind.SECOND), Denied)

    questionnaires.give(firm.cast, firm.case)

    decision = policies.may_read_answers(firm.cast.assessor, opinion)
    assert isinstance(decision, Denied)
    assert "takes a certificate here" in decision.reason
    assert policies.is_certified(firm.other, firm.case, OpinionKind.SECOND)
    assert {one.person for one in firm.shortlist().left_out} == {firm.cast.assessor}


def test_a_name_counts_whatever_its_letters_and_in_either_language(firm):
    firm.certify(firm.cast.assessor, ("Intervjuguide", None))

    assert certificates_at(firm.cast.provider).lacking(
        firm.other, [Instrument("structured interview", frozenset({"intervjuguide"}))]
    )
    assert lacks_certificate(firm.other, firm.cast.provider, "INTERVJUGUIDE")
    assert not lacks_certificate(firm.other, firm.cast.provider, "Intervju")
