"""Declaring ties, finding them on three sides of a case, and deciding on them for good."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.audit.models import Event
from second_opinion.cases.states import CaseState
from second_opinion.cli.doctor.records import record_findings
from second_opinion.opinions.errors import EngagementError
from second_opinion.opinions.selectors import around_of
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services
from second_opinion.panels.analysis import CONFLICT, QUESTION, UNDATED, conflicts_of
from second_opinion.panels.errors import RulingError, TieError
from second_opinion.panels.models import Ruling, Tie
from second_opinion.panels.selectors import reason_of
from second_opinion.panels.services import Named
from second_opinion.panels.states import Ending, RulingOutcome, Source, TieKind
from tests import factories

pytestmark = pytest.mark.django_db


class Panel:
    """A case with its criteria locked, its assessor, and what is found between the two."""

    def __init__(self):
        self.cast = factories.Cast()
        self.case = factories.make_case(self.cast, state=CaseState.PROFILE_LOCKED)
        self.kim = self.case.candidacies.get()

    def declare(self, one, other, kind=TieKind.EMPLOYMENT, ending=Ending.HOLDS, **how):
        return services.declare_tie(
            actor=self.cast.coordinator,
            provider=self.cast.provider,
            one=one,
            other=other,
            kind=kind,
            ending=ending,
            source=Source.COORDINATOR,
            **how,
        )

    def found(self, assessor=None):
        asked = [assessor or self.cast.assessor]
        return conflicts_of(self.case, asked, around=around_of(self.case))

    def rule(self, conflict, outcome=RulingOutcome.CLEARED, *, actor=None, reason="Long ago."):
        return services.rule_on_conflict(
            actor=actor or self.cast.coordinator,
            case=self.case,
            assessor=conflict.assessor,
            finding=conflict.key,
            outcome=outcome,
            reason=reason,
            around=around_of(self.case),
        )

    def engage(self, kind=OpinionKind.SECOND, assessor=None):
        return factories.engage(self.cast, self.kim, assessor or self.cast.assessor, kind)


def clear_all(coordinator, case, assessor, around=None):
    around = around or around_of(case)
    for conflict in conflicts_of(case, [assessor], around=around):
        services.rule_on_conflict(
            actor=coordinator,
            case=case,
            assessor=assessor,
            finding=conflict.key,
            outcome=RulingOutcome.CLEARED,
            reason="Another department.",
            around=around,
        )


@pytest.fixture
def panel():
    return Panel()


def test_nothing_ties_people_who_only_share_the_case(panel):
    panel.engage(OpinionKind.FIRST, panel.cast.decider)

    assert panel.found() == []
    panel.engage()
    assert record_findings() == []


def test_ties_are_found_on_all_three_sides_with_the_names_spelt_otherwise(panel):
    cast, days = panel.cast, timedelta(days=400)
    panel.engage(
        OpinionKind.FIRST,
        first := factories.make_person(
            Role.ASSESSOR, organisation=cast.client, name="Fredrika Lindqvist"
        ),
    )
    long_over = timezone.localdate() - timedelta(days=3000)
    panel.declare(panel.kim, Named(name="Nordljus AB", is_firm=True), ending=Ending.UNKNOWN)
    panel.declare(
        cast.assessor,
        Named(name="Nordljus Aktiebolag", is_firm=True),
        ending=Ending.ENDED,
        ended_on=timezone.localdate() - days,
    )
    panel.declare(cast.assessor, Named(name="Client Ltd", is_firm=True), TieKind.OWNERSHIP)
    panel.declare(cast.assessor, Named(name="F. Lindkvist"), TieKind.FAMILY)
    panel.declare(
        cast.assessor, panel.kim, TieKind.REFEREE, ending=Ending.ENDED, ended_on=long_over
    )

    found = {(one.side.value, one.target, one.verdict) for one in panel.found()}

    assert found == {
        ("candidate", "Kim Karlsson", UNDATED),
        ("client", "Client", CONFLICT),
        ("client", "Client", QUESTION),  # through her, if the initial is hers
        ("first_assessor", first.name, CONFLICT),  # who belongs to the client
        ("first_assessor", first.name, QUESTION),
    }


def test_an_assessor_with_a_tie_is_engaged_only_once_it_is_cleared(panel):
    panel.declare(panel.cast.assessor, panel.kim, TieKind.TRAINED_BY)

    with pytest.raises(EngagementError, match="may have, a conflict of interest"):
        panel.engage()
    ruling = panel.rule(panel.found()[0], reason="A course of two days.")
    panel.engage()

    assert reason_of(ruling) == "A course of two days."
    event = Event.objects.get(verb="conflict.ruled")
    assert (event.actor, event.details["outcome"]) == (panel.cast.coordinator.pseudonym, "cleared")
    assert record_findings() == []


def test_a_ruling_stands_whatever_anybody_tries(panel):
    panel.declare(panel.cast.assessor, panel.kim, TieKind.TRAINED_BY)
    (conflict,) = panel.found()
    panel.rule(conflict, RulingOutcome.UPHELD)

    with pytest.raises(RulingError, match="nobody can take it back"):
        panel.rule(panel.found()[0])
    for change in (
        lambda: Ruling.objects.update(outcome=RulingOutcome.CLEARED),
        lambda: Ruling.objects.all().delete(),
        lambda: Tie.objects.update(ending=Ending.UNKNOWN),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(EngagementError):
        panel.engage()


def test_what_is_declared_after_the_engagement_is_found_by_doctor(panel):
    opinion = panel.engage()
    tie = panel.declare(panel.cast.assessor, panel.kim)

    (finding,) = record_findings()
    assert str(opinion.pseudonym) in finding.problem
    services.correct_tie(
        actor=panel.cast.coordinator,
        tie=tie,
        reason="Another Kim.",
        ending=Ending.HOLDS,
        is_mistaken=True,
    )

    assert record_findings() == []


def test_what_was_ruled_a_conflict_stays_one_whatever_is_corrected(panel):
    tie = panel.declare(panel.cast.assessor, panel.kim)
    panel.rule(panel.found()[0], RulingOutcome.UPHELD, reason="They are cousins.")
    services.correct_tie(
        actor=panel.cast.coordinator,
        tie=tie,
        reason="It never was.",
        ending=Ending.HOLDS,
        is_mistaken=True,
    )

    assert panel.found() == []
    with pytest.raises(EngagementError, match="conflict of interest"):
        panel.engage()


def test_nobody_corrects_what_another_has_said_of_them(panel):
    tie = panel.declare(panel.cast.assessor, panel.kim)

    with pytest.raises(NotAllowedError, match="tell a coordinator"):
        services.correct_tie(
            actor=panel.cast.assessor,
            tie=tie,
            reason="It never was.",
            ending=Ending.HOLDS,
            is_mistaken=True,
        )


def test_an_unknown_end_blocks_until_somebody_declares_it(panel):
    tie = panel.declare(panel.cast.assessor, panel.kim, ending=Ending.UNKNOWN)
    with pytest.raises(RulingError, match="whether it has ended"):
        panel.rule(panel.found()[0])

    corrected = services.correct_tie(
        actor=panel.cast.coordinator,
        tie=tie,
        reason="I looked it up.",
        ending=Ending.ENDED,
        ended_on=timezone.localdate() - timedelta(days=300),
    )

    assert [one.verdict for one in panel.found()] == [CONFLICT]
    with pytest.raises(TieError, match="in the meantime"):
        services.correct_tie(
            actor=panel.cast.coordinator, tie=tie, reason="No.", ending=Ending.HOLDS
        )
    assert corrected.replaces == tie


@pytest.mark.parametrize("kind", [TieKind.FAMILY, TieKind.OWNERSHIP, TieKind.RIVAL])
def test_a_tie_as_close_as_these_is_never_cleared(panel, kind):
    panel.declare(panel.cast.assessor, panel.kim, kind)

    with pytest.raises(RulingError, match="cannot be cleared"):
        panel.rule(panel.found()[0])


def test_nobody_clears_themselves(panel):
    cast = panel.cast
    both = factories.make_person(
        Role.COORDINATOR, Role.ASSESSOR, organisation=cast.provider, name="Bo Both"
    )
    panel.declare(both, panel.kim)

    with pytest.raises(NotAllowedError, match="clear yourself"):
        panel.rule(panel.found(both)[0], actor=both)


def test_an_earlier_candidate_and_a_mail_domain_are_questions(panel):
    cast = panel.cast
    factories.make_case(cast, candidates=["Anna Assessor"], reference="earlier")
    type(cast.client).objects.filter(pk=cast.client.pk).update(mail_domains="client.example")
    outside = factories.make_person(Role.ASSESSOR, organisation=cast.provider, name="Ulf Ute")
    type(outside).objects.filter(pk=outside.pk).update(email="ulf@client.example")
    outside.refresh_from_db()

    assert {one.verdict for one in panel.found()} == {QUESTION}
    assert {one.verdict for one in panel.found(outside)} == {QUESTION}


def test_how_far_is_looked_is_the_providers_own(panel):
    firm = Named(name="Nordljus AB", is_firm=True)
    for one in (panel.kim, panel.cast.assessor):
        panel.declare(one, firm)
    assert len(panel.found()) == 1

    services.set_tie_rule(
        actor=panel.cast.coordinator, provider=panel.cast.provider, longest=1, years=5
    )

    assert panel.found() == []
    with pytest.raises(TieError, match="1 to 3 ties"):
        services.set_tie_rule(
            actor=panel.cast.coordinator, provider=panel.cast.provider, longest=4, years=5
        )


def test_that_two_assess_in_each_others_cases_is_found(panel):
    cast, anna, disa = panel.cast, panel.cast.assessor, panel.cast.decider
    panel.engage(OpinionKind.FIRST, disa)
    earlier = factories.make_case(cast, state=CaseState.PROFILE_LOCKED, candidates=["Moa Ek"])
    elsewhere = factories.make_organisation("Kontrast")
    other = SimpleNamespace(
        client=cast.provider,
        provider=elsewhere,
        orderer=factories.make_person(Role.ORDERER, organisation=cast.provider),
        coordinator=factories.make_person(Role.COORDINATOR, organisation=elsewhere),
        decider=None,
    )
    factories.accounts.give_role(
        actor=None, person=disa, organisation=elsewhere, role=Role.ASSESSOR
    )
    reverse = factories.make_case(other, state=CaseState.PROFILE_LOCKED, candidates=["Bea Dal"])
    for who, case, first, second in ((cast, earlier, disa, anna), (other, reverse, anna, disa)):
        factories.engage(who, case.candidacies.get(), first, OpinionKind.FIRST)
        clear_all(who.coordinator, case, second)  # Disa's firm orders from Anna's
        factories.engage(who, case.candidacies.get(), second, OpinionKind.SECOND)

    kinds = {step.kind for one in panel.found() for step in one.steps}

    assert TieKind.EACH_OTHERS_CASES in kinds
